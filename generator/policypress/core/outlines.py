"""What compares any two versions without reading their texts: where each clause stands, and what knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policypress.core import contents
from policypress.core.alignment import spots
from policypress.core.changes import Change
from policypress.core.fields import Tongues, document_changes, value_rules
from policypress.core.lives import drawn, pairs
from policypress.core.model import Document
from policypress.core.text import Text

FORMAT = 1
Json = dict[str, Any]


def outline(document: Document, version: str) -> Json:
    """A version's clauses in order: id, parent, kind, key of what it holds, numbers by language."""
    return {
        "format": FORMAT,
        "policy": document.policy,
        "version": version,
        "frame": contents.frame_key(document),
        "languages": list(document.tags),
        "clauses": [
            [
                name,
                spot.parent,
                spot.node.kind.value,
                contents.key(spot.node),
                *([label.text, label.cite] for label in map(spot.node.labels.get, document.tags) if label),
            ]
            for name, spot in spots(document).items()
        ],
    }


def details(policy: str, frames: Sequence[tuple[str, Document]]) -> Json:
    """What a policy says besides its clauses: each state once, and what changed between any two."""
    return {
        "format": FORMAT,
        "policy": policy,
        "frames": [_frame(key, document) for key, document in frames],
        "changes": [
            [one, other, _changes(frames[one][1], frames[other][1])]
            for pair in pairs(len(frames))
            for one, other in (pair, pair[::-1])
        ],
    }


def _frame(key: str, document: Document) -> Json:
    alone = Tongues.of(document, document)
    return {"key": key, "authoritative": sorted(alone.official), **contents.frame_to_json(document)}


def _changes(old: Document, new: Document) -> Json:
    tongues = Tongues.of(old, new)
    return {
        "fields": [_field(change) for change in document_changes(old, new, tongues)],
        "variables": dict(_variables(old, new, tongues)),
    }


def _field(change: Change) -> Json:
    return {
        "field": change.field,
        "rules": [rule.id for rule in change.rules],
        "languages": list(change.languages),
        "values": _values(change.old_values, change.new_values),
    }


def _values(old: Mapping[str, str], new: Mapping[str, str]) -> Json:
    """Both values by language, with the redline."""
    found: Json = {}
    for tag in dict.fromkeys((*old, *new)):
        sides = [((Text(text),),) if text else () for text in (old.get(tag, ""), new.get(tag, ""))]
        found[tag] = {"old": old.get(tag, ""), "new": new.get(tag, ""), **drawn(sides[0], sides[1], tag)}
    return found


def _variables(old: Document, new: Document, tongues: Tongues) -> Iterator[tuple[str, Json]]:
    for name in dict.fromkeys((*old.variables, *new.variables)):
        before, after = (
            {tag: values[tag] for tag in tongues.common if tag in values}
            for values in (old.variables.get(name, {}), new.variables.get(name, {}))
        )
        changed = [tag for tag in tongues.common if before.get(tag) != after.get(tag)]
        if changed:
            rules = {tag: value_rules(before.get(tag, ""), after.get(tag, ""), tag) for tag in changed}
            yield (
                name,
                {
                    "rules": [rule.id for rule in tongues.weigh(rules)],
                    "languages": changed,
                    "values": _values(before, after),
                },
            )


def bare(document: Document) -> Document:
    """The document without its clauses."""
    return replace(document, nodes=())
