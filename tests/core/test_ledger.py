"""Records as bytes and back, and what every past format must go on meaning."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policypress.core import ledger
from policypress.core.ledger import (
    Predecessor,
    Record,
    RecordError,
    Release,
    Withdrawal,
    from_bytes,
    to_bytes,
)
from tests.support.documents import document, documents, texts
from tests.support.histories import at

FIXTURE = Path(__file__).parents[1] / "fixtures/format-1/release.json"
NOW = at("2026-05-01T12:00")
RELEASE = Release(
    policy="privacy",
    version="1.0.0",
    sequence=1,
    recorded=NOW,
    published=NOW,
    effective=NOW,
    document=document(),
    severity="material",
)
BEFORE = Predecessor("1.0.0.json", "0" * 64)
WITHDRAWAL = Withdrawal("privacy", "1.0.0", 2, NOW, "No need.", BEFORE)

instants = st.datetimes(timezones=st.timezones()).filter(lambda at: 2 < at.year < 9990 and at.fold == 0)
releases = st.builds(
    lambda made, document, effective, previous, reasons, note: replace(
        RELEASE,
        recorded=made,
        document=document,
        effective=effective,
        known_since=None if effective else made,
        previous=previous,
        reasons=reasons,
        notes=(note,) if note else (),
    ),
    instants,
    documents,
    st.none() | instants,
    st.none() | st.builds(Predecessor, texts, texts),
    st.dictionaries(texts, texts, max_size=2),
    st.dictionaries(texts, texts, max_size=2),
)


def plainly(record: Record) -> Record:
    """With offsets for zones: a file keeps the instant and its offset, not the zone's name."""
    if isinstance(record, Withdrawal):
        return record
    fixed: dict[str, Any] = {
        name: ledger._instant(value.isoformat())
        for name in ("recorded", "published", "effective", "known_since")
        if (value := getattr(record, name))
    }
    return replace(record, **fixed)


@settings(max_examples=30)
@given(releases)
def test_any_release_survives_its_file(release: Release) -> None:
    assert from_bytes(to_bytes(release)) == plainly(release)


@given(texts)
def test_any_withdrawal_survives_its_file(reason: str) -> None:
    record = replace(WITHDRAWAL, reason=reason)
    assert from_bytes(to_bytes(record)) == record


@settings(max_examples=30)
@given(releases)
def test_the_bytes_are_stable_and_end_in_one_newline(release: Release) -> None:
    data = to_bytes(release)
    assert to_bytes(from_bytes(data)) == data
    assert data.endswith(b"}\n")
    assert not data.endswith(b"\n\n")
    assert b"\r" not in data


def test_the_offset_of_an_instant_is_kept() -> None:
    assert b'"recorded": "2026-05-01T12:00:00+08:00"' in to_bytes(RELEASE)


def test_a_release_of_another_engine_keeps_its_name() -> None:
    older = replace(RELEASE, engine="0")
    assert from_bytes(to_bytes(older)) == older


def test_an_unknown_date_is_written_as_such() -> None:
    release = replace(RELEASE, effective=None, known_since=NOW)
    assert b'"effective": "unknown"' in to_bytes(release)


def test_the_digest_is_that_of_the_bytes() -> None:
    assert ledger.sha256(b"x\n") == hashlib.sha256(b"x\n").hexdigest()
    lines = [f"{ledger.sha256(b'x')}  a", f"{ledger.sha256(b'')}  b"]
    assert ledger.sums({"b": b"", "a": b"x"}).splitlines() == lines


def test_the_timeline_has_releases_only_and_marks_the_withdrawn() -> None:
    other = replace(RELEASE, version="2.0.0", sequence=3, effective=None, known_since=NOW)
    entries = ledger.timeline((RELEASE, WITHDRAWAL, other)).entries
    assert [(entry.version, entry.withdrawn, entry.applies_from) for entry in entries] == [
        ("1.0.0", NOW, NOW),
        ("2.0.0", None, NOW),
    ]


def test_a_release_of_format_1_is_read_and_written_as_it_always_was() -> None:
    """The fixture is kept for ever. If this fails, old releases would be called tampered with."""
    data = FIXTURE.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert digest == "7d2e004e37759fd5861513cc3cf1a1819b5d3e7069cc75aab4f993e95ad120a2"
    assert to_bytes(from_bytes(data)) == data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "format 2 is not known here"),
        ({"type": "draft"}, "'draft' is not a type"),
        ({"version": "1.0"}, "'1.0' is not a version"),
        ({"based_on": "x"}, "'x' is not a version"),
        ({"sequence": "1"}, "'1' is not a number"),
        ({"recorded": "2026-05-01T12:00:00"}, "has no zone"),
        ({"recorded": "soon"}, "soon"),
        ({"effective": "unknown"}, "neither `effective` nor `known_since`"),
        ({"document": None}, "NoneType"),
    ],
)
def test_what_is_no_record_is_refused_in_words(change: dict[str, Any], message: str) -> None:
    data = json.loads(to_bytes(RELEASE)) | change
    with pytest.raises(RecordError, match=message):
        from_bytes(json.dumps(data).encode())


def test_a_missing_field_is_named() -> None:
    data = json.loads(to_bytes(RELEASE))
    needed = (
        "format",
        "type",
        "policy",
        "version",
        "sequence",
        "recorded",
        "published",
        "effective",
        "engine",
    )
    for name in needed:
        without = {key: value for key, value in data.items() if key != name}
        with pytest.raises(RecordError, match=f"'{name}' is missing"):
            from_bytes(json.dumps(without).encode())


def test_a_withdrawal_needs_the_record_before_it() -> None:
    data = {**json.loads(to_bytes(WITHDRAWAL)), "previous": None}
    with pytest.raises(RecordError, match="no predecessor"):
        from_bytes(json.dumps(data).encode())
