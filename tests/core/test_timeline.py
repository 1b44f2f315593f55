"""Which release binds when. Every file of tests/cases/timeline is a history with what must be true of it.

Instants are written as people write them, in the zone that `zone` names (Asia/Shanghai without one).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from policypress.core import instants
from policypress.core.timeline import Entry, Timeline

CASES = sorted((Path(__file__).parents[1] / "cases/timeline").glob("*.yaml"))
KEYS = {"why", "zone", "entries", "in_force", "scheduled", "next_transition", "spans"}
UTC = timezone.utc  # noqa: UP017


class History:
    """A case, read: all scalars are text until something says what they are."""

    def __init__(self, path: Path) -> None:
        self.case: dict[str, Any] = YAML(typ="base", pure=True).load(path.read_text("utf-8"))
        self.zone = ZoneInfo(self.case.get("zone", "Asia/Shanghai"))
        self.timeline = Timeline(tuple(self.entry(made, n) for n, made in enumerate(self.case["entries"], 1)))

    def at(self, text: str) -> datetime:
        return instants.parse(text, self.zone).astimezone(UTC)

    def maybe(self, text: str | None) -> datetime | None:
        return None if text in {None, "none", "unknown"} else self.at(str(text))

    def entry(self, made: dict[str, str], sequence: int) -> Entry:
        return Entry(
            version=made["version"],
            sequence=sequence,
            recorded=self.at(made["recorded"]),
            published=self.at(made.get("published", made["recorded"])),
            effective=self.maybe(made["effective"]),
            known_since=self.maybe(made.get("known_since")),
            based_on=made.get("based_on"),
            withdrawn=self.maybe(made.get("withdrawn")),
        )

    def expected(self, question: str) -> list[tuple[datetime, Any]]:
        return [(self.at(text), answer) for text, answer in self.case[question].items()]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_history_is_as_its_file_says(path: Path) -> None:
    history = History(path)
    timeline = history.timeline
    assert history.case["why"]
    assert set(history.case) <= KEYS
    for at, version in history.expected("in_force"):
        found = timeline.in_force(at)
        assert (found.version if found else "none") == version, at
    for at, versions in history.expected("scheduled"):
        assert [entry.version for entry in timeline.scheduled(at)] == versions, at
    for at, then in history.expected("next_transition"):
        assert timeline.next_transition(at) == history.maybe(then), at
    spans = [(span.entry.version, span.start, span.until) for span in timeline.spans()]
    assert spans == [
        (version, history.at(start), history.maybe(end)) for version, start, end in history.case["spans"]
    ]


def test_there_are_histories_enough() -> None:
    assert len(CASES) >= 30


# --- Properties. Few days, so that ties are common; many zones, so that instants are written in many ways.

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
INSTANTS = st.builds(
    lambda day, zone: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)).astimezone(zone),
    st.integers(0, 12),
    ZONES,
)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    entries = []
    for sequence in range(1, draw(st.integers(0, 7)) + 1):
        unknown = draw(st.booleans())
        entries.append(
            Entry(
                version=f"{sequence}.0.0",
                sequence=sequence,
                recorded=draw(INSTANTS),
                published=draw(INSTANTS),
                effective=None if unknown else draw(INSTANTS),
                known_since=draw(INSTANTS) if unknown else None,
                withdrawn=draw(st.none() | INSTANTS),
            )
        )
    return Timeline(tuple(entries))


@given(timelines(), INSTANTS)
def test_in_force_agrees_with_counting_through_the_ledger(timeline: Timeline, at: datetime) -> None:
    best: Entry | None = None
    for entry in timeline.entries:
        if (
            entry.withdrawn is None
            and entry.applies_from <= at
            and (not best or entry.applies_from >= best.applies_from)
        ):
            best = entry
    assert timeline.in_force(at) == best


@given(timelines())
def test_spans_follow_one_another_without_gap_or_overlap(timeline: Timeline) -> None:
    spans = timeline.spans()
    for before, after in pairwise(spans):
        assert before.until == after.start
        assert before.start < after.start
    assert all((span.until is None) == (span is spans[-1]) for span in spans)
    assert bool(spans) == any(entry.withdrawn is None for entry in timeline.entries)


@given(timelines(), INSTANTS)
def test_the_span_around_an_instant_is_of_what_is_in_force_then(timeline: Timeline, at: datetime) -> None:
    around = [
        span.entry
        for span in timeline.spans()
        if span.start <= at and (span.until is None or at < span.until)
    ]
    assert around == [entry for entry in [timeline.in_force(at)] if entry]


@given(timelines(), INSTANTS)
def test_what_was_withdrawn_is_never_in_force_scheduled_or_awaited(timeline: Timeline, at: datetime) -> None:
    found = timeline.in_force(at)
    assert found is None or found.withdrawn is None
    assert all(entry.withdrawn is None for entry in timeline.scheduled(at))
    assert all(span.entry.withdrawn is None for span in timeline.spans())


@given(timelines(), INSTANTS)
def test_nothing_comes_into_force_before_the_next_transition(timeline: Timeline, at: datetime) -> None:
    then = timeline.next_transition(at)
    now = timeline.in_force(at)
    if then is None:
        assert timeline.in_force(datetime(9000, 1, 1, tzinfo=UTC)) == now
    else:
        assert then > at
        assert timeline.in_force(then - timedelta(microseconds=1)) == now
        assert timeline.in_force(then) != now


def test_a_release_is_found_by_its_version_also_when_withdrawn() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry("1.0.0", 1, at, at, at, withdrawn=at)
    assert Timeline((entry,)).get("1.0.0") == entry
    assert Timeline((entry,)).get("1.0") is None


def test_an_entry_without_any_date_says_so() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match=r"1\.0\.0 has neither"):
        _ = Entry("1.0.0", 1, at, at, None).applies_from
