"""A change as a value: what differs between two documents, in one place and of one kind.

In memory it holds the clauses themselves, so that they can be shown; a release keeps digests alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policypress.core import rules as weighing
from policypress.core.canonical import digest
from policypress.core.model import Document, Node
from policypress.core.severity import Rule, Severity

Texts = Mapping[str, str]
OPPOSITES = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `clause` is "" for a field of the document; `field` names that, or a variable.

    `old` and `new` are digests of what was said, by language; under "" of what is in no language. `before`
    and `after` are the clauses themselves: one each, none where it was added or removed, several where
    clauses were split or merged. `old_values` and `new_values` are the words of a field or a variable.
    """

    kind: str
    clause: str
    rules: tuple[Rule, ...]
    field: str = ""
    old: Texts = dataclasses.field(default_factory=dict)
    new: Texts = dataclasses.field(default_factory=dict)
    old_labels: Texts = dataclasses.field(default_factory=dict)
    new_labels: Texts = dataclasses.field(default_factory=dict)
    before: tuple[Node, ...] = ()
    after: tuple[Node, ...] = ()
    old_values: Texts = dataclasses.field(default_factory=dict)
    new_values: Texts = dataclasses.field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The rule that weighs the most; `rules` has all."""
        return self.rules[0]

    @property
    def floor(self) -> Severity:
        """How far it moved at least."""
        return self.rule.floor

    @property
    def old_node(self) -> Node | None:
        """The clause before, if there was one; the first, if there were several."""
        return self.before[0] if self.before else None

    @property
    def new_node(self) -> Node | None:
        """The clause after, if there is one; the first, if there are several."""
        return self.after[0] if self.after else None

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of all clauses that it is about."""
        return tuple(dict.fromkeys(node.id for node in (*self.before, *self.after)))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it shows."""
        both = dict.fromkeys((*self.old, *self.new))
        return tuple(tag for tag in both if tag and self.old.get(tag) != self.new.get(tag))

    @property
    def fingerprint(self) -> str:
        """12 hex digits that stay while the change does, whatever an engine thinks of it."""
        ends = [[node.id for node in nodes] for nodes in (self.before, self.after)]
        where = ends if self.kind in {"split", "merged"} else self.clause
        return digest([self.kind, where, self.field, dict(self.old), dict(self.new)])[:12]

    def inverse(self) -> Change:
        """The same change the other way round."""
        return replace(
            self,
            kind=OPPOSITES.get(self.kind, self.kind),
            rules=weighing.inverse(self.rules),
            old=self.new,
            new=self.old,
            old_labels=self.new_labels,
            new_labels=self.old_labels,
            before=self.after,
            after=self.before,
            old_values=self.new_values,
            new_values=self.old_values,
        )


@dataclass(frozen=True, slots=True)
class Edits:
    """All that must be done to turn one document into another, to the letter.

    Also what is no change of its own: a printed reference, say. `frame` is the document without clauses,
    `nodes` the clauses without children, by id, `orders` the ids of children by their parent's, each before
    and after; only what differs is there.
    """

    frame: tuple[Document, Document] | None = None
    nodes: Mapping[str, tuple[Node | None, Node | None]] = dataclasses.field(default_factory=dict)
    orders: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = dataclasses.field(default_factory=dict)

    def inverse(self) -> Edits:
        """The way back."""
        return Edits(
            (self.frame[1], self.frame[0]) if self.frame else None,
            {name: (new, old) for name, (old, new) in self.nodes.items()},
            {name: (new, old) for name, (old, new) in self.orders.items()},
        )


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All changes: the document's fields, the clauses as the new document has them, the removed ones."""

    changes: tuple[Change, ...] = ()
    edits: Edits = dataclasses.field(default_factory=Edits)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    @property
    def severity(self) -> Severity:
        """The worst floor."""
        return max((change.floor for change in self.changes), default=Severity.EDITORIAL)

    @property
    def is_empty(self) -> bool:
        """Whether the documents say the same."""
        return not self.changes

    def inverse(self) -> ChangeSet:
        """The changes back from the new document to the old one."""
        return ChangeSet(tuple(change.inverse() for change in self.changes), self.edits.inverse())
