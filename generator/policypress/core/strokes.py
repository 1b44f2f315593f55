"""A redline as a script reads it: `=12-3+5` is twelve that stayed, three deleted, five inserted.

Counted in UTF-16 units of the two texts, paragraphs joined by a line feed: what JavaScript's strings count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from policypress.core.marked import Piece, marked
from policypress.core.redline import Op
from policypress.core.text import Runs, Text, markup, plain

SIGNS = {Op.EQUAL: "=", Op.DELETE: "-", Op.INSERT: "+"}


@dataclass(frozen=True, slots=True)
class Strokes:
    """The edits; of the `source` of the markup where a reader's eye sees no difference."""

    edits: str
    source: bool = False


@lru_cache(maxsize=4096)
def strokes(
    old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str, *, markup_too: bool = True
) -> Strokes | None:
    """The redline of two texts that are not the same; None if there is nothing to see."""
    edits = _written(marked(old, new, tag))
    if _differs(edits):
        return Strokes(edits)
    if not markup_too:
        return None
    edits = _written(marked(_sources(old), _sources(new), tag))
    return Strokes(edits, source=True) if _differs(edits) else None


def mirrored(edits: str) -> str:
    """The same edits the other way round."""
    swapped = edits.translate(str.maketrans("+-", "-+"))
    return re.sub(r"(\+\d+)(-\d+)", r"\2\1", swapped)


def _differs(edits: str) -> bool:
    return "-" in edits or "+" in edits


def _sources(paragraphs: Iterable[Runs]) -> tuple[Runs, ...]:
    texts = map(markup, paragraphs)
    return tuple((Text(text),) if text else () for text in texts)


def _written(pieces: Iterable[Piece]) -> str:
    found: list[tuple[Op, int]] = []
    for piece in pieces:
        size = _units(plain(piece.runs)) if piece.runs else 1
        if found and found[-1][0] is piece.op:
            size += found.pop()[1]
        found.append((piece.op, size))
    return "".join(f"{SIGNS[op]}{size}" for op, size in found)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
