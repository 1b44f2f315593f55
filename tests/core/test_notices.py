"""Who is held and why, how long to wait, and what a notice is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.addresses import is_address, is_recipient_id
from policypress.core.notices import Event, Kind, Known, Recipient, Retries, plain_reason, reference

KNOWN = Known({"1.0.0", "1.1.0"}, {"en", "zh-Hans"})
EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)


@pytest.mark.parametrize(
    ("language", "version", "accepted", "why"),
    [
        ("en", "1.0.0", "en", ""),
        ("en", "1.0.0", "zh-Hans", ""),
        ("en", "1.0.0", "", ""),
        ("en", "2.0.0", "en", "the version '2.0.0' is not known"),
        ("en", "", "en", "no version is given"),
        ("fr", "1.0.0", "en", "the language 'fr' is not known"),
        ("", "1.0.0", "en", "no language is given"),
        (" en", "1.0.0", "en", "the language ' en' is not known"),
        ("en", "1.0.0", "fr", "the accepted language 'fr' is not known"),
    ],
)
def test_who_is_held_and_why(language: str, version: str, accepted: str, why: str) -> None:
    assert KNOWN.why_held(Recipient("c1", "a@example.com", language, version, accepted)) == why


def test_each_wait_is_twice_as_long_up_to_the_longest() -> None:
    retries = Retries(first=60, longest=600)
    assert [retries.delay(attempts, 1.0) for attempts in range(1, 7)] == [60, 120, 240, 480, 600, 600]
    assert retries.delay(10_000, 0.0) == 300


@given(st.integers(1, 100), st.floats(0, 1, exclude_max=True))
def test_chance_moves_a_wait_within_its_upper_half(attempts: int, jitter: float) -> None:
    retries = Retries()
    assert (
        0.5 * retries.delay(attempts, 1.0) <= retries.delay(attempts, jitter) <= retries.delay(attempts, 1.0)
    )


def test_a_notice_has_one_name_and_others_have_others() -> None:
    ann = Recipient("c1", "a@example.com")
    assert reference(EVENT, ann) == reference(EVENT, Recipient("c1", "new@example.com", "en"))
    others = {
        reference(EVENT, Recipient("c2", "a@example.com")),
        reference(Event("privacy", "1.1.0", Kind.REMINDER), ann),
        reference(Event("privacy", "1.1", Kind.ANNOUNCE), ann),
        reference(Event("privacy 1.1.0", "", Kind.ANNOUNCE), ann),
    }
    assert len(others | {reference(EVENT, ann)}) == 5


@given(st.text(), st.text())
def test_a_reason_is_one_line_without_the_address(before: str, after: str) -> None:
    said = plain_reason(f"{before}Ann.O'Hara@Example.com{after}", "ann.o'hara@example.com")
    assert "ann.o'hara" not in said.lower()
    assert len(said) <= 200
    assert len(said.splitlines()) <= 1


@given(st.text())
def test_no_id_is_an_address_and_both_fit_on_a_line(text: str) -> None:
    assert not (is_recipient_id(text) and is_address(text))
    for fits in (is_recipient_id, is_address):
        if fits(text):
            assert text.isascii()
            assert text.isprintable()
            assert " " not in text
