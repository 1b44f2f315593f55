"""What was taken out of a text and what was put in: lossless runs that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policypress.core.matching import Block
from policypress.core.spans import Side, spans


class Op(StrEnum):
    """What happened to a run of text."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of text and what happened to it; never empty."""

    op: Op
    text: str


def redline(old: str, new: str, tag: str) -> tuple[Edit, ...]:
    """The edits from one text to another, in a language.

    Exact: what is equal or deleted, joined, is the old text; what is equal or inserted is the new one.
    No two neighbours have one operation, and a deletion stands before the insertion that replaces it.

    >>> redline("within 30 days", "within 60 days", "en")[1]
    Edit(op=<Op.DELETE: 'delete'>, text='30')
    """
    if old == new:
        return (Edit(Op.EQUAL, old),) if old else ()
    return tuple(edit for edit in _edits(old, new, tag) if edit.text)


def _edits(old: str, new: str, tag: str) -> Iterator[Edit]:
    left = right = 0
    for block in (*spans(Side(old), Side(new), tag), Block(len(old), len(new), 0)):
        yield Edit(Op.DELETE, old[left : block.old])
        yield Edit(Op.INSERT, new[right : block.new])
        left, right = block.old + block.size, block.new + block.size
        yield Edit(Op.EQUAL, old[block.old : left])
