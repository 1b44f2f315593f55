"""A document as JSON and back, exactly: what a release file holds of it. Format 1, readable for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from policypress.core.kinds import Kind
from policypress.core.model import Document, Fact, Label, Language, Node, NoticeDays, Publisher, Same
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var

Json = dict[str, Any]


def to_json(document: Document) -> Json:
    """The document as dicts, lists and strings, in a stable order; what is empty is left out of clauses."""
    return {
        "policy": document.policy,
        "title": dict(document.title),
        "languages": [{"tag": language.tag, "status": language.status} for language in document.languages],
        "source_language": document.source_language,
        "prevailing": document.prevailing,
        "time_zone": document.time_zone,
        "publisher": {"name": dict(document.publisher.name), "contact": dict(document.publisher.contact)},
        "notice_days": {
            "material": document.notice_days.material,
            "minor": document.notice_days.minor,
            "editorial": document.notice_days.editorial,
        },
        "variables": {name: dict(values) for name, values in document.variables.items()},
        "nodes": [_node(node) for node in document.nodes],
    }


def _node(node: Node) -> Json:
    made: Json = {"id": node.id, "kind": node.kind.value}
    if node.reserved:
        made["reserved"] = True
    made["labels"] = {
        tag: {"text": label.text, "cite": label.cite, "number": label.number}
        for tag, label in node.labels.items()
    }
    parts: Json = {
        "heading": {tag: runs_to_json(runs) for tag, runs in node.heading.items()},
        "text": _paragraphs(node.text),
        "closing": _paragraphs(node.closing),
        "facts": [{fact.key: fact.term} for fact in node.facts],
        "replaces": list(node.replaces),
        "restores": node.restores,
        "children": [_node(child) for child in node.children],
    }
    return made | {name: part for name, part in parts.items() if part}


def _paragraphs(texts: Mapping[str, tuple[Runs, ...]]) -> Json:
    return {tag: [runs_to_json(runs) for runs in paragraphs] for tag, paragraphs in texts.items()}


def runs_to_json(runs: Runs) -> list[Any]:
    """Inline runs: a string is plain text, a map is markup."""
    return [_run(run) for run in runs]


def _run(run: Run) -> Any:
    match run:
        case Text(value):
            return value
        case Strong(children):
            return {"strong": runs_to_json(children)}
        case Link(children, href):
            return {"link": runs_to_json(children), "href": href}
        case Ref(target, label):
            return {"ref": target, "label": label}
        case Var(name, value):
            return {"var": name, "value": value}


def from_json(data: Json) -> Document:
    """The document that `to_json` made this of. Raises ValueError for anything else."""
    publisher = data["publisher"]
    return Document(
        policy=_string(data["policy"]),
        title=_words(data["title"]),
        languages=tuple(
            Language(_string(language["tag"]), _string(language["status"])) for language in data["languages"]
        ),
        source_language=_string(data["source_language"]),
        prevailing=_string(data["prevailing"]),
        time_zone=_string(data["time_zone"]),
        publisher=Publisher(_words(publisher["name"]), _words(publisher["contact"])),
        notice_days=NoticeDays(**{name: _number(days) for name, days in data["notice_days"].items()}),
        variables={name: _words(values) for name, values in data["variables"].items()},
        nodes=tuple(_node_from(node) for node in data["nodes"]),
    )


def _node_from(data: Json) -> Node:
    """A clause: the same object for the same clause, so that what is made of one can be kept for all."""
    own = json.dumps({name: part for name, part in data.items() if name != "children"}, ensure_ascii=False)
    children = tuple(Same(_node_from(child)) for child in data.get("children", ()))
    return _parent(Same(_own(own)), children) if children else _own(own)


@lru_cache(maxsize=4096)
def _own(own: str) -> Node:
    """A clause without its children."""
    data = json.loads(own)
    restores = data.get("restores")
    return Node(
        id=_string(data["id"]),
        kind=Kind(data["kind"]),
        reserved=bool(data.get("reserved", False)),
        labels={tag: Label(**_words(label)) for tag, label in data["labels"].items()},
        heading={tag: runs_from_json(runs) for tag, runs in data.get("heading", {}).items()},
        text=_paragraphs_from(data.get("text", {})),
        closing=_paragraphs_from(data.get("closing", {})),
        facts=tuple(Fact(key, _string(term)) for fact in data.get("facts", ()) for key, term in fact.items()),
        replaces=tuple(_string(replaced) for replaced in data.get("replaces", ())),
        restores=None if restores is None else _string(restores),
    )


@lru_cache(maxsize=1024)
def _parent(node: Same, children: tuple[Same, ...]) -> Node:
    return replace(node.node, children=tuple(child.node for child in children))


def _words(data: Any) -> dict[str, str]:
    return {tag: _string(text) for tag, text in data.items()}


def _number(data: Any) -> int:
    if type(data) is not int:
        raise ValueError(f"not a number: {data!r}")
    return data


def _string(data: Any) -> str:
    if not isinstance(data, str):
        raise ValueError(f"not a string: {data!r}")
    return data


def _paragraphs_from(texts: Json) -> dict[str, tuple[Runs, ...]]:
    return {tag: tuple(runs_from_json(runs) for runs in paragraphs) for tag, paragraphs in texts.items()}


def runs_from_json(data: list[Any]) -> Runs:
    """The runs that `runs_to_json` made this of."""
    return tuple(_run_from(run) for run in data)


def _run_from(data: Any) -> Run:
    match data:
        case str():
            return Text(data)
        case {"strong": children}:
            return Strong(runs_from_json(children))
        case {"link": children, "href": str(href)}:
            return Link(runs_from_json(children), href)
        case {"ref": str(target), "label": str(label)}:
            return Ref(target, label)
        case {"var": str(name), "value": str(value)}:
            return Var(name, value)
        case _:
            raise ValueError(f"not an inline run: {data!r}")
