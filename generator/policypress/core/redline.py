"""What was taken out of a text and what was put in: lossless runs that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policypress.core.phrases import align
from policypress.core.tokens import tokens


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
    return tuple(edit for edit in _edits(tokens(old, tag), tokens(new, tag)) if edit.text)


def _edits(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Edit]:
    left = right = 0
    for block in align(old, new):
        yield Edit(Op.DELETE, "".join(old[left : block.old]))
        yield Edit(Op.INSERT, "".join(new[right : block.new]))
        left, right = block.old + block.size, block.new + block.size
        yield Edit(Op.EQUAL, "".join(old[block.old : left]))
    yield Edit(Op.DELETE, "".join(old[left:]))
    yield Edit(Op.INSERT, "".join(new[right:]))
