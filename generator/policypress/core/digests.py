"""What a text says, without the numbers of the day: the basis of comparisons, digests and fingerprints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policypress.core.model import Node
from policypress.core.snapshot import runs_to_json
from policypress.core.text import Link, Ref, Run, Runs, Strong, Var


def said(node: Node, tag: str) -> list[Any]:
    """Text and closing in one language: a reference by its target, a variable by its name."""
    return [[_named(runs) for runs in part.get(tag, ())] for part in (node.text, node.closing)]


def titled(node: Node, tag: str) -> list[Any]:
    """The heading in one language."""
    return _named(node.heading.get(tag, ()))


def _named(runs: Runs) -> list[Any]:
    return runs_to_json(tuple(_without_print(run) for run in runs))


def _without_print(run: Run) -> Run:
    """A run without what was printed for it: that changes for other reasons."""
    match run:
        case Ref(target):
            return Ref(target)
        case Var(name):
            return Var(name)
        case Strong(children) | Link(children):
            return replace(run, children=tuple(_without_print(child) for child in children))
        case _:
            return run
