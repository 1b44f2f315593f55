"""Which clause of one document is which of another: by id, by what took over from what, and by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policypress.core.model import Document, Node, walk


@dataclass(frozen=True, slots=True)
class Spot:
    """A clause and where it stands."""

    node: Node
    parent: str
    position: int


Spots = Mapping[str, Spot]
# Every clause by id, in document order, with those that it took over.
Lineage = Mapping[str, Sequence[str]]


def spots(document: Document) -> dict[str, Spot]:
    """Every clause by id, in document order."""
    found: dict[str, Spot] = {}

    def visit(siblings: Sequence[Node], parent: str) -> None:
        for position, node in enumerate(siblings):
            found[node.id] = Spot(node, parent, position)
            visit(node.children, node.id)

    visit(document.nodes, "")
    return found


@dataclass(frozen=True, slots=True)
class Takeover:
    """Clauses in whose place others stand: by `replaces`, each group of documents' orders."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    kind: str


def lineage(found: Spots) -> dict[str, Sequence[str]]:
    """What each clause took over."""
    return {name: spot.node.replaces for name, spot in found.items()}


def takeovers(before: Lineage, after: Lineage) -> tuple[Takeover, ...]:
    """The splits and merges, in the order of the new document; either document may say `replaces`."""
    told = list(_links(before, after))
    back_told = list(_links(after, before))
    found = []
    for group in groups([*told, *back_told]):
        olds = tuple(name for name in before if name in group)
        news = tuple(name for name in after if name in group)
        sides = [any(name in group for _, name in links) for links in (told, back_told)]
        is_told = (
            olds < news if all(sides) else sides[0]
        )  # each says it took over: any order that turns round
        tie = "merged" if is_told else "split"
        kind = tie if len(olds) == len(news) else "split" if len(olds) < len(news) else "merged"
        found.append(Takeover(olds, news, kind))
    order = {name: place for place, name in enumerate(after)}
    return tuple(sorted(found, key=lambda takeover: order[takeover.after[0]]))


def _links(before: Lineage, after: Lineage) -> Iterator[tuple[str, str]]:
    """Pairs of a clause that is gone and the one that says it took over."""
    for name, taken in after.items():
        for gone in taken:
            if gone in before and gone not in after:
                yield gone, name


def groups(links: Sequence[tuple[str, str]]) -> list[set[str]]:
    """The ids that hang together by any links."""
    group_of: dict[str, set[str]] = {}
    for one, other in links:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        group_of.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in group_of.values()}.values())


def moved_among_siblings(before: Spots, after: Spots) -> set[str]:
    """Among siblings that stayed with their parent, the fewest by weight that need to have moved."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for name, spot in after.items():
        if name in before and before[name].parent == spot.parent:
            groups.setdefault(spot.parent, []).append((before[name].position, name))

    def weight(name: str) -> int:
        return sum(1 for _ in walk((after[name].node,)))

    return {name for group in groups.values() for name in out_of_order(group, weight)}


def out_of_order(group: list[tuple[int, str]], weight: Callable[[str], int]) -> set[str]:
    """All but the heaviest increasing subsequence of old positions."""
    if all(before[0] < after[0] for before, after in pairwise(group)):
        return set()
    best: list[tuple[int, int, int]] = []  # position, total weight, index: both rising
    links: dict[int, int] = {}
    for index, (position, name) in enumerate(group):
        at = bisect_left(best, (position,))
        total = weight(name) + (best[at - 1][1] if at else 0)
        links[index] = best[at - 1][2] if at else -1
        end = at
        while end < len(best) and best[end][1] <= total:
            end += 1
        best[at:end] = [(position, total, index)]
    kept = set()
    index = best[-1][2]
    while index >= 0:
        kept.add(group[index][1])
        index = links[index]
    return {name for _, name in group} - kept
