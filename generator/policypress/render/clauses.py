"""Clauses as the templates print them: in one language, with safe HTML, in lists where they are labelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from policypress.core.kinds import Kind
from policypress.core.languages import is_spaceless
from policypress.core.model import Label, Node, Same
from policypress.core.text import Runs, plain
from policypress.render.inline import html

NO_LABEL = Label()
DEEPEST = 6


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One clause. It equals itself alone: what is printed of it can be kept without reading it again.

    `name` is what a link to it is called, `level` that of its heading; `joint` follows a run-in title.
    """

    id: str
    kind: Kind
    label: str
    name: str
    heading: Markup
    level: int
    joint: str
    reserved: bool
    text: tuple[Markup, ...]
    closing: tuple[Markup, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Siblings in a row that are all labelled, and so make a list, or all not."""

    listed: bool
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list."""

    id: str
    label: str
    heading: str
    children: tuple[Entry, ...] = ()


def clauses(nodes: tuple[Node, ...], tag: str, level: int = 2) -> tuple[Clause, ...]:
    """The nodes in a language; `level` is that of the next heading."""
    return tuple(_clause(Same(node), tag, level) for node in nodes)


@lru_cache(maxsize=8192)
def _clause(same: Same, tag: str, level: int) -> Clause:
    node = same.node
    heading = node.heading.get(tag, ())
    below = clauses(node.children, tag, min(level + bool(heading), DEEPEST))
    return Clause(
        id=node.id,
        kind=node.kind,
        label=label(node, tag).text,
        name=label(node, tag).cite or plain(heading),
        heading=html(heading),
        level=level,
        joint="" if is_spaceless(tag) else " ",
        reserved=node.reserved,
        text=_paragraphs(node.text.get(tag, ())),
        closing=_paragraphs(node.closing.get(tag, ())),
        groups=tuple(_grouped(below)),
    )


def label(node: Node, tag: str) -> Label:
    """The node's label in a language, empty where it has none."""
    return node.labels.get(tag, NO_LABEL)


def _paragraphs(texts: tuple[Runs, ...]) -> tuple[Markup, ...]:
    return tuple(html(runs) for runs in texts)


def _grouped(siblings: tuple[Clause, ...]) -> Iterator[Group]:
    for listed, group in groupby(siblings, key=_is_listed):
        yield Group(listed, tuple(group))


def _is_listed(clause: Clause) -> bool:
    return bool(clause.label) and clause.kind != Kind.NOTE


def contents(nodes: tuple[Node, ...], tag: str) -> tuple[Entry, ...]:
    """The top level and, below it, the sections that have a heading."""
    return tuple(_entry(node, tag) for node in nodes)


def _entry(node: Node, tag: str) -> Entry:
    children = tuple(_entry(child, tag) for child in node.children if _is_titled_section(child, tag))
    return Entry(node.id, label(node, tag).text, plain(node.heading.get(tag, ())), children)


def _is_titled_section(node: Node, tag: str) -> bool:
    return node.kind == Kind.SECTION and bool(node.heading.get(tag))
