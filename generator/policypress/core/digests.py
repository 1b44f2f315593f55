"""What a text says, without the numbers of the day: the basis of comparisons, digests and fingerprints."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from policypress.core.model import Node
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var


def said(node: Node, tag: str) -> list[Any]:
    """Text and closing in one language: a reference by its target, a variable by its name."""
    return [[_runs(runs) for runs in part.get(tag, ())] for part in (node.text, node.closing)]


def titled(node: Node, tag: str) -> list[Any]:
    """The heading in one language."""
    return _runs(node.heading.get(tag, ()))


def _runs(runs: Runs) -> list[Any]:
    return [_run(run) for run in runs]


def _run(run: Run) -> Any:
    match run:
        case Text(value):
            return value
        case Strong(children):
            return {"strong": _runs(children)}
        case Link(children, href):
            return {"link": _runs(children), "href": href}
        case Ref(target):
            return {"ref": target}
        case Var(name):
            return {"var": name}


def digest(data: Any) -> str:
    """SHA-256, in hex, of the canonical JSON of some data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
