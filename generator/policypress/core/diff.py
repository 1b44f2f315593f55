"""The typed changes between two documents: pure, deterministic, total, in any direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policypress.core import rewording
from policypress.core.alignment import Spot, Takeover, lineage, moved_among_siblings, spots, takeovers
from policypress.core.applying import edits
from policypress.core.canonical import digest
from policypress.core.changes import Change, ChangeSet
from policypress.core.digests import said, titled
from policypress.core.fields import Tongues, document_changes, field_digests, value_rules
from policypress.core.languages import is_han
from policypress.core.model import Document, Node
from policypress.core.rules import RULES, worst_first
from policypress.core.severity import Rule

__all__ = ["ENGINE", "Change", "ChangeSet", "diff"]

ENGINE = "1"
Digests = dict[str, str]
Nodes = tuple[Node, ...]


def diff(old: Document, new: Document) -> ChangeSet:
    """What changed from one document to another; clauses are aligned by id.

    >>> diff(document, document).is_empty
    True
    """
    return _Comparison(old, new).changes()


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.before, self.after = spots(old), spots(new)
        self.tongues = Tongues.of(old, new)
        self.tags = self.tongues.common
        self.moved = moved_among_siblings(self.before, self.after)
        found = takeovers(lineage(self.before), lineage(self.after))
        self.takeovers = {takeover.after[0]: takeover for takeover in found}
        self.taken = {name for takeover in found for name in (*takeover.before, *takeover.after)}
        self.explained: set[str] = set()

    def changes(self) -> ChangeSet:
        found = [*document_changes(self.old, self.new, self.tongues)]
        for name, spot in self.after.items():
            if name in self.takeovers:
                found.append(self._takeover(self.takeovers[name]))
            if name in self.before:
                found += self._clause(self.before[name], spot)
            elif name not in self.taken:
                found.append(self._added(spot.node))
        gone = (name for name in self.before if name not in self.after and name not in self.taken)
        found += [self._removed(self.before[name].node) for name in gone]
        return ChangeSet(tuple(found), edits(self.old, self.new, self.before, self.after))

    # --- Clauses that came, went, or took over from others

    def _added(self, node: Node) -> Change:
        whole = _whole((node,), self.new.tags)
        return _change("added", ((), (node,)), (RULES["clause.added"],), ({}, whole))

    def _removed(self, node: Node) -> Change:
        whole = _whole((node,), self.old.tags)
        return _change("removed", ((node,), ()), (RULES["clause.removed"],), (whole, {}))

    def _takeover(self, takeover: Takeover) -> Change:
        before = tuple(self.before[name].node for name in takeover.before)
        after = tuple(self.after[name].node for name in takeover.after)
        rules = {RULES["clause.split" if takeover.kind == "split" else "clause.merged"]}
        old, new = _whole(before, self.tags), _whole(after, self.tags)
        weighed = {tag: rewording.all_rules(before, after, tag) for tag in self.tags if old[tag] != new[tag]}
        changed = {tag: found for tag, found in weighed.items() if found != (RULES["text.punctuation"],)}
        if changed:
            rules |= set(self.tongues.weigh(changed))
        facts = [[fact for node in nodes for fact in node.facts] for nodes in (before, after)]
        if set(facts[0]) != set(facts[1]):
            rules.add(rewording.fact_rule(*facts, with_text=bool(changed)))
        return _change(takeover.kind, (before, after), worst_first(rules), (old, new))

    # --- A clause that stayed

    def _clause(self, old: Spot, new: Spot) -> Iterator[Change]:
        moved = self._moved(old, new)
        yield from moved
        yield from self._words(old.node, new.node)
        if self._renumbered(old, new) and not moved:
            numbers = (
                {tag: digest([label.text, label.cite]) for tag, label in spot.node.labels.items()}
                for spot in (old, new)
            )
            yield _stayed("renumbered", old.node, new.node, (RULES["clause.renumbered"],), *numbers)

    def _moved(self, old: Spot, new: Spot) -> list[Change]:
        rules = []
        if old.parent != new.parent:
            rules.append(RULES["clause.moved-parent"])
        elif new.node.id in self.moved:
            rules.append(RULES["clause.moved"])
        if old.node.kind is not new.node.kind:
            rules.append(RULES["clause.kind"])
        if not rules:
            return []
        places = ({"": digest([spot.parent, spot.node.kind.value])} for spot in (old, new))
        return [_stayed("moved", old.node, new.node, worst_first(rules), *places)]

    def _renumbered(self, old: Spot, new: Spot) -> bool:
        """Whether its number changed, or how others cite it, for no reason that is told elsewhere."""
        settled = old.parent == new.parent and new.parent not in self.explained
        if settled and old.node.labels == new.node.labels:
            return False
        labels = [
            [(label.text, label.cite) for label in map(spot.node.labels.get, self.tags) if label]
            for spot in (old, new)
        ]
        if settled and labels[0] == labels[1]:
            return False
        numbers = [[text for text, _ in found] for found in labels]
        told = numbers[0] != numbers[1] or not settled
        told = told or any(rewording.retitled(old.node, new.node, tag) for tag in self.tags)
        if told:
            self.explained.add(new.node.id)
        return numbers[0] != numbers[1] or not told

    def _words(self, old: Node, new: Node) -> Iterator[Change]:
        reworded = [tag for tag in self.tags if rewording.reworded(old, new, tag)]
        if new.id not in self.taken:
            if reworded or old.reserved != new.reserved:
                yield self._reworded(old, new, reworded)
            retitled = [tag for tag in self.tags if rewording.retitled(old, new, tag)]
            if retitled:
                rules = {tag: rewording.heading_rules(old, new, tag) for tag in retitled}
                digests = ({tag: digest(titled(node, tag)) for tag in self.tags} for node in (old, new))
                yield _stayed("retitled", old, new, self.tongues.weigh(rules), *digests)
            yield from self._refacted(old, new, with_text=bool(reworded))
        yield from self._variables(old, new)

    def _reworded(self, old: Node, new: Node, tags: list[str]) -> Change:
        digests = [_body(node, self.tags, flagged=old.reserved != new.reserved) for node in (old, new)]
        rules = {tag: rewording.body_rules((old,), (new,), tag) for tag in tags}
        weighed = self.tongues.weigh(rules) if tags else ()
        if old.reserved != new.reserved:
            weighed = worst_first((RULES["clause.reserved"], *weighed))
        return _stayed("reworded", old, new, weighed, *digests)

    def _refacted(self, old: Node, new: Node, *, with_text: bool) -> Iterator[Change]:
        rules = []
        if old.facts != new.facts:
            rules.append(rewording.fact_rule(old.facts, new.facts, with_text=with_text))
        if (old.replaces, old.restores) != (new.replaces, new.restores):
            rules.append(RULES["lineage.annotated"])
        if rules:
            digests = (_tags(node) for node in (old, new))
            yield _stayed("refacted", old, new, worst_first(rules), *digests)

    def _variables(self, old: Node, new: Node) -> Iterator[Change]:
        if self.old.variables == self.new.variables:
            return
        for name in sorted(rewording.variables(old) & rewording.variables(new)):
            before, after = (self._values(document, name) for document in (self.old, self.new))
            changed = [tag for tag in self.tags if before.get(tag) != after.get(tag)]
            if changed:
                rules = {tag: value_rules(before.get(tag, ""), after.get(tag, ""), tag) for tag in changed}
                digests = field_digests(before), field_digests(after)
                made = _stayed("variable", old, new, self.tongues.weigh(rules), *digests)
                yield replace(made, field=name, old_values=before, new_values=after)

    def _values(self, document: Document, name: str) -> Digests:
        values = document.variables.get(name, {})
        return {tag: values[tag] for tag in self.tags if tag in values}


def _stayed(kind: str, old: Node, new: Node, rules: tuple[Rule, ...], *digests: Digests) -> Change:
    before, after = digests
    return _change(kind, ((old,), (new,)), rules, (before, after))


def _change(
    kind: str, nodes: tuple[Nodes, Nodes], rules: tuple[Rule, ...], digests: tuple[Digests, Digests]
) -> Change:
    before, after = nodes
    name = (before if kind == "split" else after or before)[0].id
    return Change(kind, name, rules, "", *digests, _labels(before), _labels(after), before, after)


def _labels(nodes: Nodes) -> dict[str, str]:
    """What numbers them in each language, as one text where they are several."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        for tag, label in node.labels.items():
            if label.text:
                found.setdefault(tag, []).append(label.text)
    return {tag: ("、" if is_han(tag) else ", ").join(texts) for tag, texts in found.items()}


def _whole(nodes: Nodes, tags: tuple[str, ...]) -> Digests:
    return {tag: digest([[titled(node, tag), said(node, tag)] for node in nodes]) for tag in tags}


def _body(node: Node, tags: tuple[str, ...], *, flagged: bool) -> Digests:
    """What a text says; where that is not all of the difference, whether the number is reserved."""
    digests = {tag: digest(said(node, tag)) for tag in tags}
    return digests | {"": digest(node.reserved)} if flagged else digests


def _tags(node: Node) -> Digests:
    facts = [[fact.key, fact.term] for fact in node.facts]
    return {"": digest([facts, list(node.replaces), node.restores])}
