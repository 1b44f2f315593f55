"""Splits and mergers between any two versions: which clauses took over from which, known by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policypress.core import rewording
from policypress.core.alignment import Lineage, groups, takeovers
from policypress.core.digests import said, titled
from policypress.core.heads import Head
from policypress.core.lives import drawings, pairs
from policypress.core.model import Node

Json = dict[str, Any]
Held = tuple[tuple[str, str], ...]
Read = Callable[[str, str], Node]


@dataclass(frozen=True, slots=True)
class Handover:
    """Clauses in whose place others stand, each as its id and its key."""

    before: Held
    after: Held

    @property
    def keeper(self) -> str:
        """The clause whose file tells of it: of those in only one of the texts the first by name."""
        return min({name for name, _ in self.before} ^ {name for name, _ in self.after})


def heirs(heads: Sequence[Head]) -> dict[str, tuple[str, ...]]:
    """By the id of a clause, those that ever said that they took over from it."""
    found: dict[str, dict[str, None]] = {}
    for head in heads:
        for name, taken in head.replaces.items():
            for gone in taken:
                found.setdefault(gone, {})[name] = None
    return {gone: tuple(names) for gone, names in found.items()}


def handovers(heads: Sequence[Head]) -> dict[str, tuple[Handover, ...]]:
    """All of them, from older to newer texts, by the clause that keeps them."""
    links = [(gone, name) for gone, names in heirs(heads).items() for name in names]
    found: dict[str, dict[Handover, None]] = {}
    for family in groups(links):
        for one in _within(family, heads):
            found.setdefault(one.keeper, {})[one] = None
    return {name: tuple(those) for name, those in found.items()}


_State = tuple[tuple[str, str, tuple[str, ...]], ...]


def _within(family: set[str], heads: Sequence[Head]) -> Iterator[Handover]:
    """Those among clauses that hang together; of many of their states not between any two."""
    states = list(dict.fromkeys(_state(family, head) for head in heads))
    for one, other in pairs(len(states)):
        keys = [{name: key for name, key, _ in states[at]} for at in (one, other)]
        lineages: list[Lineage] = [{name: taken for name, _, taken in states[at]} for at in (one, other)]
        for found in takeovers(lineages[0], lineages[1]):
            yield Handover(
                tuple((name, keys[0][name]) for name in found.before),
                tuple((name, keys[1][name]) for name in found.after),
            )


def _state(family: set[str], head: Head) -> _State:
    found = ((name, key) for name, key in head.contents.items() if name in family)
    return tuple((name, key, head.replaces.get(name, ())) for name, key in found)


def to_json(those: Sequence[Handover], read: Read, known: Json | None) -> list[Json]:
    """Their redlines and rules; `known` is an older file of the clause that keeps them."""
    kept = {_ends(found): found for found in (known or {}).get("handovers", ())}
    return [kept.get((one.before, one.after)) or _told(one, read) for one in those]


def _ends(found: Mapping[str, Any]) -> tuple[Held, Held]:
    before, after = (tuple((name, key) for name, key in found[side]) for side in ("before", "after"))
    return before, after


def _told(one: Handover, read: Read) -> Json:
    before, after = ([read(name, key) for name, key in held] for held in (one.before, one.after))
    tags = dict.fromkeys(tag for node in (*before, *after) for tag in node.labels)
    return {
        "before": [list(pair) for pair in one.before],
        "after": [list(pair) for pair in one.after],
        "redlines": {tag: _difference(before, after, tag) for tag in tags},
    }


def _difference(before: Sequence[Node], after: Sequence[Node], tag: str) -> Json:
    """How the texts of all differ; without rules where they are the same to the letter."""
    drawn = drawings(before, after, tag)
    words = [[[titled(node, tag), said(node, tag)] for node in nodes] for nodes in (before, after)]
    if words[0] == words[1]:
        return drawn
    return {"rules": [rule.id for rule in rewording.all_rules(before, after, tag)], **drawn}
