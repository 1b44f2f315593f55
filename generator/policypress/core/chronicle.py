"""The chronicle of each clause: the releases that changed it, with what their records say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policypress.core.heads import Head
from policypress.core.recorded import Recorded, unpack


@dataclass(frozen=True, slots=True)
class Step:
    """A release, the one whose text it amends, and its changes about the clause; of a first text, none."""

    head: Head
    base: Head | None
    changes: tuple[Recorded, ...]


def chronicles(heads: Sequence[Head]) -> dict[str, tuple[Step, ...]]:
    """The steps of every clause that ever was, in the order of the ledger."""
    by_version = {head.version: head for head in heads}
    found: dict[str, list[Step]] = {}
    for head in heads:
        base = by_version.get(head.based_on or "")
        for name, changes in _about(head, base):
            found.setdefault(name, []).append(Step(head, base, changes))
    return {name: tuple(steps) for name, steps in found.items()}


def _about(head: Head, base: Head | None) -> Iterator[tuple[str, tuple[Recorded, ...]]]:
    if base is None:
        yield from ((name, ()) for name in head.contents)
        return
    about: dict[str, list[Recorded]] = {}
    for change in unpack(head.changes):
        for name in change.clauses:
            about.setdefault(name, []).append(change)
    yield from ((name, tuple(changes)) for name, changes in about.items())
