"""Changes put into effect: `apply(diff(old, new), old) == new`, and back by their inverse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from policypress.core.alignment import Spots, spots
from policypress.core.changes import ChangeSet, Edits
from policypress.core.model import Document, Node

_words = attrgetter(
    "kind", "reserved", "labels", "heading", "text", "closing", "facts", "replaces", "restores"
)


class MismatchError(ValueError):
    """The changes are not about this document."""


def edits(old: Document, new: Document, before: Spots, after: Spots) -> Edits:
    """All that must be done to turn one document into the other."""
    frames = replace(old, nodes=()), replace(new, nodes=())
    nodes = {}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one is None or other is None or not _same(one.node, other.node):
            nodes[name] = (_bare(one.node) if one else None, _bare(other.node) if other else None)
    orders = _orders(old, before), _orders(new, after)
    changed = {
        parent: (orders[0].get(parent, ()), orders[1].get(parent, ()))
        for parent in dict.fromkeys((*orders[0], *orders[1]))
        if orders[0].get(parent, ()) != orders[1].get(parent, ())
    }
    return Edits(None if frames[0] == frames[1] else frames, nodes, changed)


def _same(one: Node, other: Node) -> bool:
    """Whether two clauses are the same, their children aside."""
    return one is other or _words(one) == _words(other)


def _bare(node: Node) -> Node:
    return replace(node, children=())


def _orders(document: Document, found: Spots) -> dict[str, tuple[str, ...]]:
    below = {
        name: tuple(child.id for child in spot.node.children)
        for name, spot in found.items()
        if spot.node.children
    }
    return below | {"": tuple(node.id for node in document.nodes)}


def apply(changes: ChangeSet, old: Document) -> Document:
    """The new document. Raises MismatchError where the old one is another than the changes were made of."""
    made = changes.edits
    before = spots(old)
    nodes: dict[str, Node] = {name: spot.node for name, spot in before.items()}
    orders = _orders(old, before)
    frame = _frame(made, old)
    for name, (was, becomes) in made.nodes.items():
        _expect(name in nodes if was is None else name not in nodes or not _same(nodes[name], was), name)
        if becomes is None:
            del nodes[name]
        else:
            nodes[name] = becomes
    for parent, (was_order, new_order) in made.orders.items():
        _expect(orders.get(parent, ()) != was_order, parent)
        orders[parent] = new_order
    return replace(frame, nodes=_built("", nodes, orders))


def _frame(made: Edits, old: Document) -> Document:
    if made.frame is None:
        return old
    _expect(replace(old, nodes=()) != made.frame[0], "")
    return made.frame[1]


def _expect(differs: bool, name: str) -> None:
    if differs:
        raise MismatchError(f"`{name}` is not as it was" if name else "the document is not as it was")


def _built(parent: str, nodes: Mapping[str, Node], orders: Mapping[str, tuple[str, ...]]) -> tuple[Node, ...]:
    return tuple(
        replace(nodes[name], children=_built(name, nodes, orders)) for name in orders.get(parent, ())
    )
