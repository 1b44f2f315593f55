"""What changed since a version was accepted, and what its reader must do: made from heads alone.

The order is that in which releases take effect. The way from an accepted version leads over every release
that takes effect after it, up to another one, so what was changed and changed back counts as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from policypress.core.heads import Head
from policypress.core.severity import Severity
from policypress.core.timeline import Timeline

ACTIONS = ("none", "notify", "acknowledge", "consent")


@dataclass(frozen=True, slots=True)
class Net:
    """The clauses in which two texts differ."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenScope:
    """Something still to be agreed, and the release that asks for it."""

    id: str
    version: str
    clauses: tuple[str, ...]
    separate: bool
    declining: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """From an accepted version to another one, the target.

    `verdict` is same, changed or ahead; only `changed` has more to say. `releases` are those on the way.
    """

    verdict: str
    target: Head
    severity: str = ""
    action: str = ""
    releases: Sequence[Head] = ()
    net: Net = field(default_factory=Net)
    scopes: tuple[OpenScope, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What there is to say to somebody who accepted a version."""

    accepted: Head
    now: Answer | None
    upcoming: tuple[Answer, ...]


def action(head: Head) -> str:
    """What a release asks of a reader: the most that any of its notes does."""
    asked = (note.get("action", ACTIONS[0]) for note in head.notes)
    return max(asked, key=ACTIONS.index, default=ACTIONS[0])


@dataclass(frozen=True, slots=True)
class _Way:
    """What lies between a place in the order and the target."""

    severity: Severity = Severity.EDITORIAL
    action: int = 0
    scopes: tuple[OpenScope, ...] = ()

    def over(self, release: Head) -> _Way:
        """The way that begins one release earlier; what is asked for twice is so as it was asked last."""
        scopes = {scope.id: scope for scope in (*_scopes(release), *self.scopes)}
        return _Way(
            max(self.severity, Severity.of(release.severity)),
            max(self.action, ACTIONS.index(action(release))),
            tuple(scopes.values()),
        )


def _scopes(release: Head) -> Iterator[OpenScope]:
    """What a release asks consent for."""
    for note in release.notes:
        if note.get("action") == "consent":
            yield from (_scope(scope, release) for scope in note.get("scopes", ()))


def _scope(data: Mapping[str, Any], release: Head) -> OpenScope:
    return OpenScope(
        data["id"],
        release.version,
        tuple(data["clauses"]),
        bool(data.get("separate", False)),
        data["declining"],
    )


def net(old: Head, new: Head) -> Net:
    """The clauses in which two texts differ, in any language, in the order of the text."""
    before, after = old.clauses, new.clauses
    if before.keys() == after.keys():  # as nearly always
        return Net(changed=tuple(name for name, said in after.items() if before[name] != said))
    return Net(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        tuple(name for name, said in after.items() if before.get(name, said) != said),
    )


class Paths:
    """All ways of a policy's versions to the text in force at an instant, and to those that will be."""

    def __init__(self, heads: Sequence[Head], timeline: Timeline, at: datetime) -> None:
        self.heads = {head.version: head for head in heads}
        self.order = [self.heads[entry.version] for entry in timeline.standing]
        self.place = {head.version: place for place, head in enumerate(self.order)}
        current = timeline.in_force(at)
        self.now = self.heads[current.version] if current else None
        self.upcoming = [
            self.heads[span.entry.version] for span in timeline.spans() if span.entry.applies_from > at
        ]
        self._targets = {
            head.version: _Target(head, self) for head in chain([self.now] if self.now else [], self.upcoming)
        }

    def since(self, version: str) -> Since:
        """The answer about a version, withdrawn or not."""
        accepted = self.heads[version]
        answers = {name: target.answer(accepted) for name, target in self._targets.items()}
        return Since(
            accepted,
            answers[self.now.version] if self.now else None,
            tuple(answers[head.version] for head in self.upcoming),
        )

    def start(self, head: Head) -> int:
        """The place in the order where a reader of this text stands: its own or, withdrawn, its base's."""
        at: Head | None = head
        while at and at.version not in self.place:
            at = self.base(at)
        return self.place[at.version] if at else -1

    def base(self, head: Head) -> Head | None:
        """The release whose text it amends; always an earlier one."""
        found = self.heads.get(head.based_on or "")
        return found if found and found.sequence < head.sequence else None


class _Target:
    """The ways of all versions to one release."""

    def __init__(self, head: Head, paths: Paths) -> None:
        self.head, self.paths = head, paths
        self.place = paths.place[head.version]

    @cached_property
    def ways(self) -> list[_Way]:
        """From each place before the target's, and from before the first: at its place plus one."""
        ways = [_Way()]
        for release in reversed(self.paths.order[: self.place + 1]):
            ways.append(ways[-1].over(release))
        return ways[::-1]

    @cached_property
    def line(self) -> dict[str, Severity]:
        """How far the text moved in the releases that are undone between a version and the target.

        Nothing is undone of those whose text the target goes on from.
        """
        found: dict[str, Severity] = {}
        at: Head | None = self.head
        while at:
            found[at.version] = Severity.EDITORIAL
            at = self.paths.base(at)
        for head in sorted(self.paths.heads.values(), key=lambda one: one.sequence):
            if head.version not in found:
                base = self.paths.base(head)
                before = found[base.version] if base else Severity.EDITORIAL
                found[head.version] = max(Severity.of(head.severity), before)
        return found

    def answer(self, accepted: Head) -> Answer:
        """The way from one version."""
        start = self.paths.start(accepted)
        if start > self.place:
            return Answer("ahead", self.head)
        if accepted.version == self.head.version:
            return Answer("same", self.head)
        way = self.ways[start + 1]
        return Answer(
            "changed",
            self.head,
            max(way.severity, self.line[accepted.version]).word,
            ACTIONS[way.action],
            self.paths.order[start + 1 : self.place + 1],
            net(accepted, self.head),
            tuple(scope for scope in way.scopes if not self.head.clauses.keys().isdisjoint(scope.clauses)),
        )
