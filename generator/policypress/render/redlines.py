"""A passage's edits as paragraphs, as every output shows them: unchanged paragraphs are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policypress.core.comparison import Entry, Passage
from policypress.core.redline import Op

Edits = tuple[tuple[Op, str], ...]
BREAK = "¶"


def paragraphs(passage: Passage) -> Iterator[Edits | None]:
    """The edited paragraphs; in a text None once for any number that stayed between them.

    Where a paragraph's end itself came or went, a mark says so.
    """
    left_out = False
    for paragraph in _split(passage.edits):
        if any(op is not Op.EQUAL for op, _ in paragraph):
            yield paragraph
            left_out = False
        elif passage.part == "text" and not left_out and any(text for _, text in paragraph):
            yield None
            left_out = True


def _split(edits: Sequence[tuple[Op, str]]) -> Iterator[Edits]:
    current: list[tuple[Op, str]] = []
    for op, text in edits:
        *whole, rest = text.split("\n")
        for part in whole:
            mark = "" if op is Op.EQUAL or not _is_inside(edits, op) else BREAK
            current.append((op, part + mark))
            yield _filled(current)
            current = []
        current.append((op, rest))
    yield _filled(current)


def _filled(edits: list[tuple[Op, str]]) -> Edits:
    return tuple((op, text) for op, text in edits if text)


def _is_inside(edits: Sequence[tuple[Op, str]], op: Op) -> bool:
    """Whether not all of the text came or went: there a paragraph's end is no news."""
    return any(other is not op for other, _ in edits)


def tags_of(entry: Entry, tags: Sequence[str]) -> tuple[str, ...]:
    """The languages in which an entry has redlines, in order; at last what is in none."""
    return tuple(tag for tag in (*tags, "") if tag in entry.redlines)
