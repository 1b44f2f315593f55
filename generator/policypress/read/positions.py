"""From a place in the source to its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from policypress.core.diagnostics import Place, Position, Spot
from policypress.read.nodes import Mapping, Mark, Node, Scalar, Sequence

_ESCAPES = {"'": "''", '"': "\\"}


def spots(file: str, tree: Node | None) -> Iterator[tuple[str, Spot]]:
    """The clauses of a file by id, the nested ones too."""
    if not isinstance(tree, Mapping):
        return
    name, children = tree.items.get("id"), tree.items.get("children")
    if isinstance(name, Scalar):
        yield name.value, Spot(file, _position(name.start))
    if isinstance(children, Sequence):
        for child in children.items:
            yield from spots(file, child)


def locate(tree: Node | None, lines: list[str], place: Place) -> Position:
    """Where a place is; the nearest enclosing value where the path leads nowhere."""
    node, key = _follow(tree, place)
    if place.on_key and key is not None:
        return _position(key.start)
    if node is None:
        return Position()
    if isinstance(node, Scalar):
        return _position(_in_scalar(node, lines, place.offset or 0))
    return _position(node.start)


def _position(mark: Mark) -> Position:
    return Position(mark[0] + 1, mark[1] + 1)


def _follow(tree: Node | None, place: Place) -> tuple[Node | None, Scalar | None]:
    """The node at the path and the last key on it; parts that name nothing are passed over."""
    node, key = tree, None
    for part in place.path:
        if isinstance(node, Mapping) and isinstance(part, str) and part in node.items:
            key = node.keys[part]
            node = node.items[part]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
    return node, key


def _in_scalar(scalar: Scalar, lines: list[str], offset: int) -> Mark:
    if scalar.style in {"|", ">"}:
        return _in_block(scalar, lines, offset)
    line, column = scalar.start
    if scalar.start[0] != scalar.end[0]:
        return scalar.start
    written = lines[line][column : scalar.end[1]] if line < len(lines) else ""
    if scalar.style and _ESCAPES[scalar.style] in written:
        return scalar.start
    return line, column + offset + (1 if scalar.style else 0)


def _in_block(scalar: Scalar, lines: list[str], offset: int) -> Mark:
    """Literal blocks keep their lines, so the n-th line of the value is the n-th after the header."""
    first = scalar.start[0] + 1
    starts = _line_starts(scalar.value)
    nth = bisect_right(starts, offset, hi=len(starts) - 1) - 1
    line = first + nth
    if scalar.style == ">" or line >= len(lines):
        return first, _indent(lines, first)
    length = starts[nth + 1] - 1 - starts[nth]
    return line, len(lines[line]) - length + offset - starts[nth]


@lru_cache(maxsize=4)
def _line_starts(value: str) -> list[int]:
    """Where each line of a text starts, and where one after the last would."""
    return [0, *(match.end() for match in re.finditer("\n", value)), len(value) + 1]


def _indent(lines: list[str], line: int) -> int:
    return len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
