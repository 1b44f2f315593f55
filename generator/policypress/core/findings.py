"""Findings as programs exchange them: what was found where, whichever command found it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policypress.core.codes import CODES
from policypress.core.diagnostics import Diagnostic, Level

Weight = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Item:
    """One finding. `rule` is its stable code, `title` the code in words, `file` relative to the repository.

    `fingerprint` stays while the finding does, wherever its line moves to; empty where there is none.
    `suppressed` is why it counts for nothing, if so.
    """

    file: str
    line: int
    column: int
    rule: str
    weight: Weight
    title: str
    message: str
    hint: str = ""
    fingerprint: str = ""
    suppressed: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a command found. `name` is the command; `rules` says in words what its codes mean."""

    name: str
    items: tuple[Item, ...]
    rules: Mapping[str, str] = field(default_factory=dict)

    def count(self, weight: Weight) -> int:
        """How many weigh that much."""
        return sum(item.weight == weight for item in self.items)


def of_diagnostics(diagnostics: Sequence[Diagnostic], *, prefix: str = "", strict: bool = False) -> Findings:
    """What a check found; `prefix` is the workspace's folder in the repository, strict makes all errors."""
    items = tuple(
        Item(
            prefix + found.file,
            found.line,
            found.column,
            found.code,
            "error" if strict or found.level is Level.ERROR else "warning",
            CODES[found.code].title,
            found.message,
            found.hint,
        )
        for found in diagnostics
    )
    return Findings("check", items, {item.rule: item.title for item in items})
