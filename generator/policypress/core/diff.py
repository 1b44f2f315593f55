"""The typed changes between two documents: pure, deterministic, total, in any direction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from policypress.core.digests import digest, said, titled
from policypress.core.model import Document, Node
from policypress.core.model import walk as walk_nodes
from policypress.core.severity import RULES, Rule, Severity, text_rule
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, plain, walk

ENGINE = "1"
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `clause` is "" for a field of the document, which `field` then names.

    `old` and `new` are digests of what was said, by language, where there is something to say.
    """

    kind: str
    clause: str
    rule: Rule
    field: str
    old: Texts
    new: Texts
    old_labels: Texts
    new_labels: Texts

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it shows."""
        both = [*self.old, *(tag for tag in self.new if tag not in self.old)]
        return tuple(tag for tag in both if self.old.get(tag) != self.new.get(tag))

    @property
    def fingerprint(self) -> str:
        """12 hex digits that stay while the change does, whatever an engine thinks of it."""
        return digest([self.kind, self.clause, self.field, dict(self.old), dict(self.new)])[:12]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All changes: the document's fields, the clauses as the new document has them, the removed ones."""

    changes: tuple[Change, ...] = ()

    @property
    def severity(self) -> Severity:
        """The worst floor."""
        return max((change.rule.floor for change in self.changes), default=Severity.EDITORIAL)

    @property
    def is_empty(self) -> bool:
        """Whether the documents say the same."""
        return not self.changes


def diff(old: Document, new: Document) -> ChangeSet:
    """What changed from one document to another; clauses are aligned by id.

    >>> diff(document, document).is_empty
    True
    """
    return ChangeSet(tuple(_Comparison(old, new).changes()))


@dataclass(frozen=True, slots=True)
class _Spot:
    node: Node
    parent: str
    position: int


def _spots(document: Document) -> dict[str, _Spot]:
    found: dict[str, _Spot] = {}

    def visit(siblings: Sequence[Node], parent: str) -> None:
        for position, node in enumerate(siblings):
            found[node.id] = _Spot(node, parent, position)
            visit(node.children, node.id)

    visit(document.nodes, "")
    return found


def _authoritative(document: Document) -> set[str]:
    """The languages whose text counts; without an official one, that from which the others are translated."""
    official = {language.tag for language in document.languages if language.status == "official"}
    return official or {document.source_language}


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.before, self.after = _spots(old), _spots(new)
        self.tags = tuple(dict.fromkeys((*old.tags, *new.tags)))
        self.official = _authoritative(old) | _authoritative(new)
        self.moved = self._moved_among_siblings()

    def changes(self) -> Iterator[Change]:
        yield from self._document()
        for name, spot in self.after.items():
            if name in self.before:
                yield from self._clause(self.before[name], spot)
            else:
                yield self._change("added", None, spot.node, RULES["clause.added"])
        for name, spot in self.before.items():
            if name not in self.after:
                yield self._change("removed", spot.node, None, RULES["clause.removed"])

    def _clause(self, old: _Spot, new: _Spot) -> Iterator[Change]:
        found = [*self._position(old, new), *self._words(old.node, new.node)]
        yield from found
        if not any(change.kind == "moved" for change in found) and _labels(old.node) != _labels(new.node):
            yield self._change("renumbered", old.node, new.node, RULES["clause.renumbered"], said_too=False)

    def _position(self, old: _Spot, new: _Spot) -> Iterator[Change]:
        if old.parent != new.parent:
            yield self._change("moved", old.node, new.node, RULES["clause.moved-parent"], said_too=False)
        elif new.node.id in self.moved:
            yield self._change("moved", old.node, new.node, RULES["clause.moved"], said_too=False)

    def _words(self, old: Node, new: Node) -> Iterator[Change]:
        reworded = [tag for tag in self.tags if said(old, tag) != said(new, tag)]
        retitled = [tag for tag in self.tags if titled(old, tag) != titled(new, tag)]
        if reworded:
            rules = {tag: _text_rule(old, new, tag) for tag in reworded}
            yield self._change("reworded", old, new, self._worst(rules))
        if retitled:
            rules = {tag: _heading_rule(old, new, tag) for tag in retitled}
            yield self._change("retitled", old, new, self._worst(rules))
        if sorted(old.facts, key=str) != sorted(new.facts, key=str):
            rule = RULES["fact.changed-with-text"] if reworded else RULES["fact.annotated"]
            yield self._change("refacted", old, new, rule)
        yield from self._variables(old, new)

    def _worst(self, rules: Mapping[str, Rule]) -> Rule:
        """Of the rules by language: what is not authoritative weighs nothing, nor does it excuse the rest."""
        official = {tag: rule for tag, rule in rules.items() if tag in self.official}
        if not official:
            return RULES["text.translation-alone"]
        worst = max(official.values(), key=lambda rule: rule.floor)
        alone = len(self.new.tags) > 1 and len(rules) == 1 and worst.floor > Severity.EDITORIAL
        if alone and worst.floor < Severity.DECIDE:
            return RULES["text.authoritative-alone"]
        return worst

    def _variables(self, old: Node, new: Node) -> Iterator[Change]:
        for name in sorted(_used(old) & _used(new)):
            before, after = (dict(document.variables.get(name, {})) for document in (self.old, self.new))
            if before != after:
                yield self._change(
                    "variable", old, new, RULES["variable.changed"], field=name, values=(before, after)
                )

    def _document(self) -> Iterator[Change]:
        before, after = _fields(self.old), _fields(self.new)
        for field in before:
            if before[field] != after[field]:
                rule = _FIELD_RULES.get(field, RULES["document.changed"])
                values = {"": str(before[field])}, {"": str(after[field])}
                yield self._change("document", None, None, rule, field=field, values=values)

    def _change(  # noqa: PLR0913
        self,
        kind: str,
        old: Node | None,
        new: Node | None,
        rule: Rule,
        *,
        field: str = "",
        values: tuple[Texts, Texts] | None = None,
        said_too: bool = True,
    ) -> Change:
        node = new or old
        before, after = values or (_digests(kind, old, said_too), _digests(kind, new, said_too))
        return Change(kind, node.id if node else "", rule, field, before, after, _labels(old), _labels(new))

    def _moved_among_siblings(self) -> set[str]:
        """Among siblings that stayed with their parent, the fewest that need to have moved."""
        groups: dict[str, list[tuple[int, str]]] = {}
        for name, spot in self.after.items():
            if name in self.before and self.before[name].parent == spot.parent:
                groups.setdefault(spot.parent, []).append((self.before[name].position, name))
        return {name for group in groups.values() for name in _out_of_order(group, self._weight)}

    def _weight(self, name: str) -> int:
        return sum(1 for _ in walk_nodes((self.after[name].node,)))


def _out_of_order(group: list[tuple[int, str]], weight: Callable[[str], int]) -> set[str]:
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


def _labels(node: Node | None) -> Texts:
    return {tag: label.text for tag, label in node.labels.items() if label.text} if node else {}


def _digests(kind: str, node: Node | None, said_too: bool) -> Texts:
    if node is None or not said_too:
        return {}
    if kind == "refacted":
        return {"": digest(sorted(f"{fact.key}:{fact.term}" for fact in node.facts))}
    tags = node.labels
    if kind == "retitled":
        return {tag: digest(titled(node, tag)) for tag in tags}
    if kind == "reworded":
        return {tag: digest(said(node, tag)) for tag in tags}
    return {tag: digest([titled(node, tag), said(node, tag)]) for tag in tags}


def _text_rule(old: Node, new: Node, tag: str) -> Rule:
    return _runs_rule(_paragraphs(old, tag), _paragraphs(new, tag), tag)


def _heading_rule(old: Node, new: Node, tag: str) -> Rule:
    rule = _runs_rule((old.heading.get(tag, ()),), (new.heading.get(tag, ()),), tag)
    return RULES["heading.reworded"] if rule.id == "text.reworded" else rule


def _paragraphs(node: Node, tag: str) -> tuple[Runs, ...]:
    return (*node.text.get(tag, ()), *node.closing.get(tag, ()))


def _runs_rule(old: Sequence[Runs], new: Sequence[Runs], tag: str) -> Rule:
    if _links(old) != _links(new):
        return RULES["text.link"]
    if _values(old) != _values(new):
        return RULES["variable.changed"]
    before, after = ("\n".join(_words(runs) for runs in paragraphs) for paragraphs in (old, new))
    return text_rule(before, after, tag)


def _words(runs: Runs) -> str:
    """The words of a text, with neither labels nor values: those change for other reasons."""
    return plain(tuple(run for run in _flat(runs) if isinstance(run, Text)))


def _flat(runs: Runs) -> Iterator[Run]:
    return (run for run in walk(runs) if not isinstance(run, Strong | Link))


def _links(paragraphs: Sequence[Runs]) -> list[str]:
    """Where a text points to: addresses and clauses."""
    runs = [run for paragraph in paragraphs for run in walk(paragraph)]
    return [
        run.href if isinstance(run, Link) else f"@{run.target}" for run in runs if isinstance(run, Link | Ref)
    ]


def _values(paragraphs: Sequence[Runs]) -> list[str]:
    return [run.name for paragraph in paragraphs for run in walk(paragraph) if isinstance(run, Var)]


def _used(node: Node) -> set[str]:
    texts = [
        runs for part in (node.text, node.closing) for paragraphs in part.values() for runs in paragraphs
    ]
    return set(_values((*texts, *node.heading.values())))


_FIELD_RULES = {
    "publisher.name": RULES["publisher.changed"],
    "publisher.contact": RULES["contact.changed"],
    "prevailing": RULES["prevailing.changed"],
}


def _fields(document: Document) -> dict[str, Any]:
    days = document.notice_days
    return {
        "title": dict(document.title),
        "publisher.name": dict(document.publisher.name),
        "publisher.contact": dict(document.publisher.contact),
        "prevailing": document.prevailing,
        "source_language": document.source_language,
        "languages": {language.tag: language.status for language in document.languages},
        "time_zone": document.time_zone,
        "notice_days": {"material": days.material, "minor": days.minor, "editorial": days.editorial},
    }
