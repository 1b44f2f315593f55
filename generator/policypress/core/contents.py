"""What a clause holds, apart from where it stands: its texts as printed, and what it is tagged with.

As a value it is a clause without number, kind and children; as JSON what the files of clauses publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from policypress.core import snapshot
from policypress.core.canonical import digest
from policypress.core.kinds import Kind
from policypress.core.model import Document, Fact, Label, Node
from policypress.core.snapshot import runs_from_json, runs_to_json
from policypress.core.text import Runs

_NO_LABEL = Label()


def content(node: Node) -> Node:
    """The clause without what its place gives it."""
    return replace(node, kind=Kind.CLAUSE, labels=dict.fromkeys(node.labels, _NO_LABEL), children=())


def key(node: Node) -> str:
    """What knows a content: 12 hex digits."""
    return digest([texts(node), tags(node)])[:12]


def frame_key(document: Document) -> str:
    """What knows all of a document but its clauses: 12 hex digits."""
    return digest(frame_to_json(document))[:12]


def frame_to_json(document: Document) -> dict[str, Any]:
    """All of a document but its clauses."""
    found = snapshot.to_json(replace(document, nodes=()))
    del found["nodes"], found["policy"]
    return found


def frame_from_json(data: Mapping[str, Any], policy: str) -> Document:
    """The document without clauses that `frame_to_json` made this of."""
    return snapshot.from_json({**data, "policy": policy, "nodes": []})


def texts(node: Node) -> dict[str, dict[str, Any]]:
    """What it says, by language; every language of the document is there."""
    return {tag: dict(_parts(node, tag)) for tag in node.labels}


def _parts(node: Node, tag: str) -> Iterator[tuple[str, Any]]:
    if heading := node.heading.get(tag):
        yield "heading", runs_to_json(heading)
    for name, part in (("text", node.text), ("closing", node.closing)):
        if paragraphs := part.get(tag):
            yield name, paragraphs_to_json(paragraphs)


def paragraphs_to_json(paragraphs: tuple[Runs, ...]) -> list[Any]:
    """Paragraphs, each as its runs."""
    return [runs_to_json(runs) for runs in paragraphs]


def tags(node: Node) -> dict[str, Any]:
    """What it is tagged with; what is empty is left out."""
    found = {
        "facts": [[fact.key, fact.term] for fact in node.facts],
        "replaces": list(node.replaces),
        "restores": node.restores,
        "reserved": node.reserved,
    }
    return {name: value for name, value in found.items() if value}


def from_json(name: str, said: Mapping[str, Mapping[str, Any]], tagged: Mapping[str, Any]) -> Node:
    """The content that `texts` and `tags` made these of. Raises ValueError, TypeError or LookupError."""

    def part(kind: str) -> dict[str, Any]:
        found = {tag: text[kind] for tag, text in said.items() if kind in text}
        return {tag: tuple(runs_from_json(runs) for runs in paragraphs) for tag, paragraphs in found.items()}

    return Node(
        id=name,
        kind=Kind.CLAUSE,
        reserved=bool(tagged.get("reserved", False)),
        labels=dict.fromkeys(said, _NO_LABEL),
        heading={tag: runs_from_json(text["heading"]) for tag, text in said.items() if "heading" in text},
        text=part("text"),
        closing=part("closing"),
        facts=tuple(Fact(fact, term) for fact, term in tagged.get("facts", ())),
        replaces=tuple(tagged.get("replaces", ())),
        restores=tagged.get("restores"),
    )
