"""How two clauses, or groups of clauses, differ in what they say: the rules, language by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policypress.core.digests import said, titled
from policypress.core.model import Fact, Node
from policypress.core.rules import RULES, worst_first
from policypress.core.severity import Rule
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, plain, walk
from policypress.core.wording import text_rules

Nodes = Sequence[Node]


def reworded(old: Node, new: Node, tag: str) -> bool:
    """Whether a text says something else in a language."""
    if old.text.get(tag) == new.text.get(tag) and old.closing.get(tag) == new.closing.get(tag):
        return False
    return said(old, tag) != said(new, tag)


def retitled(old: Node, new: Node, tag: str) -> bool:
    """Whether a heading says something else in a language."""
    one, other = old.heading.get(tag), new.heading.get(tag)
    return one != other and titled(old, tag) != titled(new, tag)


def body_rules(old: Nodes, new: Nodes, tag: str) -> tuple[Rule, ...]:
    """The rules for changed texts."""
    before, after = ([runs for node in nodes for runs in _body(node, tag)] for nodes in (old, new))
    return _rules(before, after, tag)


def heading_rules(old: Node, new: Node, tag: str) -> tuple[Rule, ...]:
    """The rules for a changed heading."""
    rules = _rules([old.heading.get(tag, ())], [new.heading.get(tag, ())], tag)
    return worst_first(RULES["heading.reworded"] if rule.id == "text.reworded" else rule for rule in rules)


def all_rules(old: Nodes, new: Nodes, tag: str) -> tuple[Rule, ...]:
    """The rules for changed texts and headings together."""
    before, after = ([runs for node in nodes for runs in _whole(node, tag)] for nodes in (old, new))
    return _rules(before, after, tag)


def fact_rule(old: Sequence[Fact], new: Sequence[Fact], *, with_text: bool) -> Rule:
    """The rule for changed facts: in another order they state the same."""
    return RULES["fact.changed-with-text" if with_text and set(old) != set(new) else "fact.annotated"]


def variables(node: Node) -> set[str]:
    """The variables that a clause uses, in any language."""
    parts = (node.text, node.closing)
    texts = [runs for part in parts for paragraphs in part.values() for runs in paragraphs]
    return set(_values([*texts, *node.heading.values()]))


def _body(node: Node, tag: str) -> tuple[Runs, ...]:
    return (*node.text.get(tag, ()), *node.closing.get(tag, ()))


def _whole(node: Node, tag: str) -> tuple[Runs, ...]:
    return (node.heading.get(tag, ()), *_body(node, tag))


def _rules(old: Sequence[Runs], new: Sequence[Runs], tag: str) -> tuple[Rule, ...]:
    before, after = ("\n".join(_words(runs) for runs in paragraphs) for paragraphs in (old, new))
    found = [*text_rules(before, after, tag)] if before != after else []
    if _links(old) != _links(new):
        found.append(RULES["text.link"])
    if _values(old) != _values(new):
        found.append(RULES["variable.changed"])
    emphasis = RULES["text.punctuation"]
    return worst_first(found or [emphasis])


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
