"""Random ledgers, and what an app is to be told of them: found from the records, as one would by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from policypress.core import ledger
from policypress.core.ledger import Predecessor, Record, Release, Withdrawal
from policypress.core.model import Document, walk
from tests.support.documents import document, node

START = datetime(2026, 1, 1, tzinfo=UTC)
SEVERITIES = ("editorial", "minor", "material")
ACTIONS = ("none", "notify", "acknowledge", "consent")
Texts = tuple[tuple[str, str], ...]


@cache
def document_of(texts: Texts) -> Document:
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
                document=document_of(tuple(sorted(self.texts.items()))),
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
