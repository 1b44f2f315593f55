"""How versions are named, and which release a name means."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core import refs
from policypress.core.errors import PolicypressError
from policypress.core.refs import Moment, Numbered, Ref, RefError, Revision, Word
from policypress.core.timeline import Entry, Timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def entry(version: str, sequence: int, effective: str, *, withdrawn: bool = False) -> Entry:
    start = instant(effective)
    return Entry(version, sequence, start, start, start, withdrawn=start if withdrawn else None)


# 2.0.0 was withdrawn, 3.0.0 is scheduled, and 1.1.1 was released after it, because it was urgent.
TIMELINE = Timeline(
    (
        entry("1.0.0", 1, "2026-01-05T10:00"),
        entry("1.1.0", 2, "2026-02-01T10:00"),
        entry("2.0.0", 3, "2026-06-01", withdrawn=True),
        entry("3.0.0", 5, "2027-01-01"),
        entry("1.1.1", 6, "2026-05-01"),
    )
)
NOW = instant("2026-07-01")


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("1.2.0", Numbered("1.2.0")),
        ("10.20.30", Numbered("10.20.30")),
        ("latest", Word.LATEST),
        ("in-force", Word.IN_FORCE),
        ("draft", Word.DRAFT),
        ("git:HEAD", Revision("HEAD")),
        ("git:origin/main", Revision("origin/main")),
        ("git:v1.0^{commit}~2", Revision("v1.0^{commit}~2")),
        ("git:特性/隐私", Revision("特性/隐私")),
        ("@2026-01-31", Moment("2026-01-31")),
        ("@2026-01-31T09:30+08:00", Moment("2026-01-31T09:30+08:00")),
    ],
)
def test_every_form_is_understood_and_printed_as_it_was_written(text: str, ref: Ref) -> None:
    assert refs.parse(text) == ref
    assert str(ref) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "1.2", "v1.2.0", "01.2.0", "1.2.0 ", "Latest", "inforce", "HEAD", "main", "git:", "git", "@"),
        *("@soon", "@2026-02-30", "git:--output=x", "git:a\nb", "git:\x00", "git:-", "１.２.０"),
    ],
)
def test_what_names_nothing_is_refused_in_words(text: str) -> None:
    with pytest.raises(PolicypressError) as caught:
        refs.parse(text)
    assert caught.value.exit_code == 2
    assert caught.value.hint
    assert (caught.value.message + caught.value.hint).isprintable()


@given(st.text() | st.text().map("git:".__add__) | st.text().map("@".__add__))
def test_any_text_is_a_ref_or_refused(text: str) -> None:
    with contextlib.suppress(PolicypressError):
        assert str(refs.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.1.0", "1.1.0"),
        ("2.0.0", "2.0.0"),  # withdrawn, and can still be asked for
        ("latest", "1.1.1"),
        ("in-force", "1.1.1"),
        ("@2026-01-05", "1.0.0"),  # a bare date is its last moment
        ("@2026-04-30", "1.1.0"),
        ("@2026-06-30", "1.1.1"),
        ("@2026-12-31", "1.1.1"),
        ("@2026-12-31T16:00Z", "3.0.0"),
        ("@2027-01-01", "3.0.0"),
    ],
)
def test_a_ref_finds_its_release(text: str, version: str) -> None:
    found = refs.find(refs.parse(text), TIMELINE, SHANGHAI, NOW)
    assert found is not None
    assert found.version == version


@pytest.mark.parametrize("text", ["draft", "git:HEAD"])
def test_the_draft_and_revisions_of_git_are_no_releases(text: str) -> None:
    assert refs.find(refs.parse(text), TIMELINE, SHANGHAI, NOW) is None


@pytest.mark.parametrize("text", ["9.9.9", "@2026-01-04"])
def test_where_there_is_none_the_error_lists_those_there_are(text: str) -> None:
    with pytest.raises(RefError) as caught:
        refs.find(refs.parse(text), TIMELINE, SHANGHAI, NOW)
    assert caught.value.hint == "There is 1.0.0, 1.1.0, 2.0.0, 3.0.0, 1.1.1."


@pytest.mark.parametrize("text", ["latest", "in-force", "1.0.0", "@2026-01-05"])
def test_a_policy_that_was_never_released_has_none(text: str) -> None:
    with pytest.raises(RefError) as caught:
        refs.find(refs.parse(text), Timeline(), UTC, NOW)
    assert "policypress release" in caught.value.hint


def test_a_draft_amends_what_takes_effect_last() -> None:
    found = refs.amended(TIMELINE)
    assert found is not None
    assert found.version == "3.0.0"
    assert refs.amended(Timeline()) is None
