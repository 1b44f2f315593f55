"""A change as its release keeps it: what happened to which clause, and how far it moved; none of the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change about clauses. `before` and `after` name those of a split or merger, `field` a variable.

    `rules` are ids, the one that weighs the most first; the labels are of that time, by language.
    """

    kind: str
    clause: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rules: tuple[str, ...]
    severity: str
    languages: tuple[str, ...]
    fingerprint: str
    old_labels: Texts
    new_labels: Texts

    @property
    def clauses(self) -> tuple[str, ...]:
        """All clauses that it is about."""
        return tuple(dict.fromkeys((*self.before, *self.after))) or (self.clause,)


def pack(changes: Iterable[Mapping[str, Any]]) -> str:
    """Those about clauses as one short text, of what a release's file says of them."""
    found = [_packed(change) for change in changes if change.get("clause")]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def _packed(change: Mapping[str, Any]) -> list[Any]:
    old, new = change.get("old_labels", {}), change.get("new_labels", {})
    return [
        change["kind"],
        change["clause"],
        change.get("field", ""),
        change.get("from", []),
        change.get("into", []),
        change.get("rules", []),
        change.get("severity", ""),
        change.get("languages", []),
        change["fingerprint"],
        old,
        *([new] if new != old else []),
    ]


def unpack(text: str) -> tuple[Recorded, ...]:
    """The changes that `pack` made this of."""
    return tuple(_unpacked(*one) for one in json.loads(text)) if text else ()


def _unpacked(  # noqa: PLR0913, PLR0917
    kind: str,
    clause: str,
    field: str,
    before: list[str],
    after: list[str],
    rules: list[str],
    severity: str,
    languages: list[str],
    fingerprint: str,
    old: Texts,
    new: Texts | None = None,
) -> Recorded:
    return Recorded(
        kind,
        clause,
        field,
        tuple(before),
        tuple(after),
        tuple(rules),
        severity,
        tuple(languages),
        fingerprint,
        old,
        old if new is None else new,
    )
