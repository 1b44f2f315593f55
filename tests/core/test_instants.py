"""Instants as people write them."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.instants import InstantError, end_of, parse

SHANGHAI, BERLIN, UTC = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")

WRITTEN = {
    "2026-03-01": "2026-03-01T00:00:00+08:00",
    "20260301": "2026-03-01T00:00:00+08:00",
    "2026-03-01T09:30": "2026-03-01T09:30:00+08:00",
    "2026-03-01 09:30": "2026-03-01T09:30:00+08:00",
    "2026-03-01T09:30:05": "2026-03-01T09:30:05+08:00",
    "2026-03-01T09:30Z": "2026-03-01T09:30:00+00:00",
    "2026-03-01T09:30:00-03:30": "2026-03-01T09:30:00-03:30",
    "2028-02-29": "2028-02-29T00:00:00+08:00",
}
NONE = (
    *("", " ", "soon", "unknown", "2026", "2026-3-1", "2026-02-29", "2026-13-01", "2026-03-01T25:00"),
    *("2026-03-01Z", "2026-03-01T09:30+99:00", "2026-03-01 ", "２０２６-03-01", "0001-01-01", "9999-12-31"),
    "2026-03-01T09:30 CET",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written_is_the_instant_meant(text: str) -> None:
    assert parse(text, SHANGHAI).isoformat() == WRITTEN[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    for read in (parse, end_of):
        with pytest.raises(InstantError) as caught:
            read(text, SHANGHAI)
        assert caught.value.message == f"`{text}` is not an instant"
        assert "2026-03-01T09:30:00+08:00" in caught.value.hint
        assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", ["2026-01-31", "20260131"])
def test_a_bare_date_ends_with_its_last_moment(text: str) -> None:
    assert end_of(text, SHANGHAI).isoformat() == "2026-01-31T23:59:59.999999+08:00"


def test_an_instant_with_a_time_ends_where_it_is() -> None:
    assert end_of("2026-01-31T10:00", SHANGHAI) == parse("2026-01-31T10:00", SHANGHAI)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_is_as_long_as_the_zone_makes_it(day: str, hours: int) -> None:
    length = end_of(day, BERLIN).astimezone(UTC) - parse(day, BERLIN).astimezone(UTC)
    assert length + timedelta(microseconds=1) == timedelta(hours=hours)


LIKELY = r"\d{1,4}-\d\d-\d\d([T ]\d\d:\d\d)?([+-]\d\d:\d\d)?"


@given(st.text(max_size=30) | st.from_regex(LIKELY, fullmatch=True))
def test_any_text_is_an_instant_with_a_zone_or_is_refused(text: str) -> None:
    try:
        found = end_of(text, BERLIN)
    except InstantError:
        return
    assert found.astimezone(UTC).tzinfo is UTC
    assert found + timedelta(days=3650) > found
