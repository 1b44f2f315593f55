"""Text on a terminal: how wide it is there, where its lines may break, and nothing that a terminal obeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WIDE = 140  # columns, from which on two texts fit beside each other
_ANSI = {
    "delete": "31;9",
    "insert": "32;4",
    "bold": "1",
    "dim": "2",
    "material": "1;31",
    "minor": "1;33",
    "editorial": "1;36",
}
_NO_BREAK_BEFORE = {"Pe", "Pf", "Po"}
_NO_BREAK_AFTER = {"Ps", "Pi"}


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style. What `opens` or `closes` is never parted from what it stands at."""

    text: str
    style: str = ""
    opens: bool = False
    closes: bool = False


Line = list[Span]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the text is for: so many columns, in colour or not, old beside new or in one."""

    width: int = 100
    colour: bool = False
    side_by_side: bool = False


def visible(text: str) -> str:
    """A text with everything written out that cannot be seen, or that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


@lru_cache(maxsize=4096)
def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def cells(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> cells("条款 1")
    6
    """
    return sum(map(_cell, text))


def painted(line: Iterable[Span], *, colour: bool) -> str:
    """A line as the terminal takes it."""
    return "".join(_paint(span) if colour else span.text for span in line)


def _paint(span: Span) -> str:
    code = _ANSI.get(span.style)
    return f"\x1b[{code}m{span.text}\x1b[0m" if code and span.text else span.text


def width_of(line: Iterable[Span]) -> int:
    """How many columns a line takes."""
    return sum(cells(span.text) for span in line)


def wrapped(spans: Iterable[Span], width: int) -> list[Line]:
    """Lines of at most so many columns, broken as a reader expects: at spaces, between Han characters."""
    characters = [(char, span) for span in spans for char in span.text]
    return [_spans(line) for line in _broken(characters, max(width, 8))] or [[]]


_Character = tuple[str, Span]


def _broken(characters: list[_Character], width: int) -> Iterator[list[_Character]]:
    start = taken = at = 0
    last_break = 0
    while at < len(characters):
        if at > start and _may_break(characters[at - 1], characters[at]):
            last_break = at
        taken += _cell(characters[at][0])
        if taken > width and characters[at][0] != " ":
            end = last_break if last_break > start else max(at, start + 1)
            yield _without_end(characters[start:end])
            start = at = end
            taken = 0
            continue
        at += 1
    if start < len(characters):
        yield _without_end(characters[start:])


def _without_end(line: list[_Character]) -> list[_Character]:
    """Without the space at which it was broken; one that was edited is shown."""
    while line and line[-1][0] == " " and not line[-1][1].style:
        line = line[:-1]
    return line


def _may_break(before: _Character, after: _Character) -> bool:
    (left, left_span), (right, right_span) = before, after
    if left_span is not right_span and (left_span.opens or right_span.closes):
        return False
    if left == " ":
        return right != " "
    if right == " " or not _cell(right) or not (_cell(left) == 2 or _cell(right) == 2):
        return False
    return (
        unicodedata.category(right) not in _NO_BREAK_BEFORE
        and unicodedata.category(left) not in _NO_BREAK_AFTER
    )


def _spans(line: list[_Character]) -> Line:
    found: Line = []
    last: Span | None = None
    for char, span in line:
        if span is last:
            found[-1] = Span(found[-1].text + char, span.style)
        else:
            found.append(Span(char, span.style))
        last = span
    return found
