"""A redline as a script reads it: `=12-3+5` is twelve that stayed, three deleted, five inserted.

Counted in UTF-16 units of the two texts, paragraphs joined by a line feed: what JavaScript's strings count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policypress.core.marked import Piece, marked, marked_by
from policypress.core.matching import Block
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


def drawn(old: tuple[Runs, ...], new: tuple[Runs, ...], edits: str) -> tuple[Piece, ...]:
    """The redline that these edits of two texts are of."""
    return marked_by(old, new, tuple(_kept(old, new, edits)))


def _kept(old: tuple[Runs, ...], new: tuple[Runs, ...], edits: str) -> Iterator[Block]:
    places = [_places("\n".join(map(plain, side))) for side in (old, new)]
    left = right = 0
    for sign, digits in re.findall(r"([=+-])(\d+)", edits):
        size = int(digits)
        if sign == "=":
            start = places[0](left)
            yield Block(start, places[1](right), places[0](left + size) - start)
        left += size if sign != "+" else 0
        right += size if sign != "-" else 0


def _places(text: str) -> Callable[[int], int]:
    """From UTF-16 units to characters."""
    if _units(text) == len(text):
        return lambda units: units
    data = text.encode("utf-16-le", "surrogatepass")
    return lambda units: len(data[: 2 * units].decode("utf-16-le", "surrogatepass"))


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
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
