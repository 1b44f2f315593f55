"""What an app is told since a version: cases by hand, and beside a plain recomputation for random ledgers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from policypress.core import ledger
from policypress.core.heads import Head, head
from policypress.core.heads import timeline as head_timeline
from policypress.core.ledger import Predecessor, Record, Release, Withdrawal
from policypress.core.model import Document, walk
from policypress.core.since import Answer, Paths
from tests.support.documents import document, node

START = datetime(2026, 1, 1, tzinfo=UTC)
SEVERITIES = ("editorial", "minor", "material")
ACTIONS = ("none", "notify", "acknowledge", "consent")
Texts = tuple[tuple[str, str], ...]


@cache
def _document(texts: Texts) -> Document:
    nodes = (node(name, text={"en": text, "zh-Hans": text}) for name, text in texts)
    return replace(document(), nodes=tuple(nodes), variables={})


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, as both sides put it."""

    verdict: str
    target: str
    severity: str = ""
    action: str = ""
    releases: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    scopes: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


# --- What the program says


def heads_of(records: Sequence[Record]) -> list[Head]:
    return [head(one, f"{one.sequence:064}") for one in records if isinstance(one, Release)]


def paths(records: Sequence[Record], at: datetime, heads: Sequence[Head] = ()) -> Paths:
    heads = heads or heads_of(records)
    withdrawn = {one.version: one.recorded for one in records if isinstance(one, Withdrawal)}
    return Paths(heads, head_timeline(heads, withdrawn), at)


def told(answer: Answer) -> Told:
    return Told(
        answer.verdict,
        answer.target.version,
        answer.severity,
        answer.action,
        tuple(one.version for one in answer.releases),
        frozenset(answer.net.added),
        frozenset(answer.net.removed),
        frozenset(answer.net.changed),
        {scope.id: (scope.version, scope.clauses) for scope in answer.scopes},
    )


def said(found: Paths, version: str) -> list[Told | None]:
    since = found.since(version)
    return [told(since.now) if since.now else None, *map(told, since.upcoming)]


# --- The same, from the records, as one would do it by hand


class ByHand:
    def __init__(self, records: Sequence[Record], at: datetime) -> None:
        self.releases = {one.version: one for one in records if isinstance(one, Release)}
        self.withdrawn = {one.version for one in records if isinstance(one, Withdrawal)}
        self.at = at
        self.order = sorted((one for one in self.releases.values() if self.stands(one)), key=self.key)

    def stands(self, release: Release) -> bool:
        return release.version not in self.withdrawn

    def key(self, release: Release) -> tuple[datetime, int]:
        start = release.effective or release.known_since
        assert start
        return start, release.sequence

    def in_force(self, at: datetime) -> Release | None:
        started = [one for one in self.order if self.key(one)[0] <= at]
        return max(started, key=self.key, default=None)

    def said(self, version: str) -> list[Told | None]:
        accepted = self.releases[version]
        now = self.in_force(self.at)
        later = [one for one in self.order if self.key(one)[0] > self.at]
        binding = [one for one in later if self.in_force(self.key(one)[0]) is one]
        first = self.answer(accepted, now) if now else None
        return [first, *(self.answer(accepted, one) for one in binding)]

    def lineage(self, release: Release | None) -> list[Release]:
        if release is None:
            return []
        return [release, *self.lineage(self.releases.get(release.based_on or ""))]

    def answer(self, accepted: Release, target: Release) -> Told:
        anchor = next((one for one in self.lineage(accepted) if self.stands(one)), None)
        if anchor and self.key(anchor) > self.key(target):
            return Told("ahead", target.version)
        if accepted is target:
            return Told("same", target.version)
        after = [one for one in self.order if anchor is None or self.key(one) > self.key(anchor)]
        way = [one for one in after if self.key(one) <= self.key(target)]
        aim = self.lineage(target)
        undone = [one for one in self.lineage(accepted) if all(one is not other for other in aim)]
        old, new = self.texts(accepted), self.texts(target)
        return Told(
            "changed",
            target.version,
            worst([one.severity for one in (*way, *undone)], SEVERITIES),
            worst([note["action"] for one in way for note in one.notes], ACTIONS),
            tuple(one.version for one in way),
            frozenset(new.keys() - old.keys()),
            frozenset(old.keys() - new.keys()),
            frozenset(name for name in old.keys() & new.keys() if old[name] != new[name]),
            self.scopes(way, new),
        )

    def texts(self, release: Release) -> dict[str, Any]:
        return {one.id: one.text for one in walk(release.document.nodes)}

    def scopes(self, way: list[Release], new: Mapping[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
        found = {}
        for release in way:
            for note in release.notes:
                for scope in note["scopes"] if note["action"] == "consent" else ():
                    found[scope["id"]] = (release.version, tuple(scope["clauses"]))
        return {name: scope for name, scope in found.items() if set(scope[1]) & set(new)}


def worst(words: Sequence[str], order: tuple[str, ...]) -> str:
    return max(words, key=order.index, default=order[0])


# --- Random ledgers


class History:
    """A ledger to which things happen at random, as the program would let them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.records: list[Record] = []
        self.now = START
        self.texts: dict[str, str] = dict.fromkeys("abcd", "a")
        self.release(base=None)
        for _ in range(self.chance.randint(1, 9)):
            self.now += timedelta(days=self.chance.choice((0, 1, 10, 40)))
            self.chance.choice((self.amend, self.amend, self.urgent, self.withdraw))()

    @property
    def timeline(self) -> Any:
        return ledger.timeline(self.records)

    def amend(self) -> None:
        standing = self.timeline.standing
        self.release(base=standing[-1] if standing else None)

    def urgent(self) -> None:
        self.release(base=self.timeline.in_force(self.now))

    def withdraw(self) -> None:
        if waiting := self.timeline.scheduled(self.now):
            version = self.chance.choice(waiting).version
            self.records.append(
                Withdrawal("privacy", version, self.number, self.now, "It was a mistake.", self.last)
            )

    @property
    def number(self) -> int:
        return len(self.records) + 1

    @property
    def last(self) -> Predecessor:
        return Predecessor("before.json", "0" * 64)

    def release(self, base: Any) -> None:
        if base:
            before = next(
                one for one in self.records if isinstance(one, Release) and one.version == base.version
            )
            self.texts = {one.id: _word(one) for one in before.document.nodes}
        for name in self.chance.sample("abcdef", self.chance.randint(0, 3)):
            # Few words, so that a text often comes back to what it was.
            if word := self.chance.choice(("a", "b", "")):
                self.texts[name] = word
            else:
                self.texts.pop(name, None)
        earliest = base.applies_from if base else self.now
        effective: datetime | None = max(
            earliest, self.now + timedelta(days=self.chance.choice((0, 0, 5, 30, 90)))
        )
        known_since = None
        if self.chance.random() < 0.1 and earliest <= self.now:
            effective, known_since = None, self.now
        self.records.append(
            Release(
                policy="privacy",
                version=f"1.{self.number}.0",
                sequence=self.number,
                recorded=self.now,
                published=self.now,
                effective=effective,
                known_since=known_since,
                document=_document(tuple(sorted(self.texts.items()))),
                severity=self.chance.choice(SEVERITIES),
                previous=self.last,
                based_on=base.version if base else None,
                notes=tuple(self.note() for _ in range(self.chance.randint(0, 2))),
            )
        )

    def note(self) -> dict[str, Any]:
        scopes = [
            {"id": name, "clauses": self.chance.sample("abcdef", 2), "declining": {"en": "Nothing."}}
            for name in self.chance.sample(("ads", "share", "move"), self.chance.randint(0, 2))
        ]
        return {"summary": {"en": "It changed."}, "action": self.chance.choice(ACTIONS), "scopes": scopes}

    def instants(self) -> list[datetime]:
        """The starts and ends of everything, and some others."""
        spans = [entry.applies_from for entry in self.timeline.entries]
        exact = self.chance.sample(spans, min(2, len(spans)))
        return [*exact, START + timedelta(days=self.chance.uniform(-5, 300))]


def _word(one: Any) -> str:
    (run,) = one.text["en"][0]
    return str(run.value)


@pytest.mark.parametrize("batch", range(10))
def test_random_ledgers_get_the_answers_that_one_finds_by_hand(batch: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(batch * 100, batch * 100 + 100):
        history = History(seed)
        heads = heads_of(history.records)
        for at in history.instants():
            found, by_hand = paths(history.records, at, heads), ByHand(history.records, at)
            for version in by_hand.releases:
                answers = said(found, version)
                assert answers == by_hand.said(version), (seed, at, version)
                seen.update(told.verdict for told in answers if told)
                seen["not yet"] += answers[0] is None
                seen["upcoming"] += len(answers) > 1
                seen["withdrawn"] += version in by_hand.withdrawn
                seen["scopes"] += any(told.scopes for told in answers if told)
                seen["unknown"] += any(one.effective is None for one in by_hand.releases.values())
    cases = ("same", "changed", "ahead", "not yet", "upcoming", "withdrawn", "scopes", "unknown")
    assert min(seen[case] for case in cases) > 5, seen


# --- By hand


def release(number: int, text: str, effective: int, **changes: Any) -> Release:
    made = Release(
        policy="privacy",
        version=f"{number}.0.0",
        sequence=number,
        recorded=START,
        published=START,
        effective=START + timedelta(days=effective),
        document=_document((("a", text), ("b", "b"))),
        severity="minor",
        based_on=f"{number - 1}.0.0" if number > 1 else None,
    )
    return replace(made, **changes)


def asking(action: str, *scopes: str) -> dict[str, Any]:
    return {
        "summary": {"en": "Because."},
        "action": action,
        "scopes": [{"id": name, "clauses": ["a"], "declining": {"en": "Nothing."}} for name in scopes],
    }


FORTH = release(2, "y", 10, severity="material", notes=(asking("consent", "ads"),))
BACK = release(3, "x", 20, severity="editorial", notes=(asking("notify"),))
THERE_AND_BACK = [release(1, "x", 0), FORTH, BACK]


def on_day(records: Sequence[Record], version: str, day: int) -> list[Told | None]:
    return said(paths(records, START + timedelta(days=day)), version)


def test_what_was_changed_and_changed_back_still_counts_but_is_no_change_of_the_text() -> None:
    found = told_of(on_day(THERE_AND_BACK, "1.0.0", 25))
    assert (found.verdict, found.severity, found.action) == ("changed", "material", "consent")
    assert not found.changed
    assert found.releases == ("2.0.0", "3.0.0")


def told_of(answers: list[Told | None]) -> Told:
    assert answers[0]
    return answers[0]


def test_a_text_accepted_ahead_of_force_is_never_compared_backwards() -> None:
    now, second, third = on_day(THERE_AND_BACK, "2.0.0", 5)
    assert now == Told("ahead", "1.0.0")
    assert second == Told("same", "2.0.0")
    assert third
    assert (third.verdict, third.releases) == ("changed", ("3.0.0",))


def test_a_scope_whose_clauses_are_gone_need_not_be_agreed() -> None:
    gone = release(3, "x", 20, document=_document((("b", "b"),)))
    assert told_of(on_day([*THERE_AND_BACK[:2], gone], "1.0.0", 15)).scopes == {"ads": ("2.0.0", ("a",))}
    found = told_of(on_day([*THERE_AND_BACK[:2], gone], "1.0.0", 25))
    assert (found.action, found.scopes) == ("consent", {})


def test_a_scope_asked_for_twice_is_asked_once_as_the_later_release_puts_it() -> None:
    again = release(3, "z", 20, notes=(asking("consent", "ads"),))
    assert told_of(on_day([*THERE_AND_BACK[:2], again], "1.0.0", 25)).scopes == {"ads": ("3.0.0", ("a",))}


def test_who_accepted_a_withdrawn_version_is_told_how_far_the_text_goes_back() -> None:
    withdrawal = Withdrawal("privacy", "2.0.0", 4, START, "A mistake.", Predecessor("3.0.0.json", ""))
    records: list[Record] = [release(1, "x", 0), FORTH, withdrawal]
    found = told_of(on_day(records, "2.0.0", 25))
    assert (found.verdict, found.severity, found.action) == ("changed", "material", "none")
    assert found.changed == {"a"}


def test_what_an_urgent_release_had_said_and_a_later_text_undoes_counts() -> None:
    """2.0.0 was scheduled first; 3.0.0 came before it, for 1.0.0, and 2.0.0 does not have what it says."""
    urgent = release(3, "z", 5, severity="material", based_on="1.0.0")
    later = replace(FORTH, severity="editorial", notes=())
    found = told_of(on_day([release(1, "x", 0), later, urgent], "3.0.0", 25))
    assert (found.target, found.severity) == ("2.0.0", "material")


def test_before_the_first_text_is_in_force_there_is_no_answer_about_now() -> None:
    now, *upcoming = on_day(THERE_AND_BACK, "1.0.0", -5)
    assert now is None
    assert [one and one.verdict for one in upcoming] == ["same", "changed", "changed"]


def test_without_any_text_that_binds_there_is_nothing_to_say() -> None:
    withdrawal = Withdrawal("privacy", "1.0.0", 2, START, "A mistake.", Predecessor("1.0.0.json", ""))
    assert on_day([release(1, "x", 10), withdrawal], "1.0.0", 25) == [None]
