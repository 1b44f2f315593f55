"""A redline over styled text: the paragraphs of a clause, cut where what a reader sees was edited."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from policypress.core.matching import Block
from policypress.core.redline import Op
from policypress.core.spans import Side, spans
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, plain


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one paragraph and what happened to it; without runs, the end of a paragraph."""

    op: Op
    runs: Runs


def marked(old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str) -> tuple[Piece, ...]:
    """The redline of what a reader sees, in the runs of the side that each part is from.

    Equal parts look as in the new text. Nothing is cut inside the printed text of a reference or variable.
    """
    before, after = _Clause.of(old), _Clause.of(new)
    return tuple(_pieces(before, after, spans(before.side, after.side, tag)))


def marked_by(old: tuple[Runs, ...], new: tuple[Runs, ...], kept: Sequence[Block]) -> tuple[Piece, ...]:
    """The same where it is known which parts of the flat texts stayed."""
    return tuple(_pieces(_Clause.of(old), _Clause.of(new), kept))


@dataclass(frozen=True, slots=True)
class _Clause:
    """Paragraphs, where each starts in the flat text, and that text."""

    paragraphs: tuple[Runs, ...]
    starts: tuple[int, ...]
    side: Side

    @classmethod
    def of(cls, paragraphs: tuple[Runs, ...]) -> _Clause:
        lines = [plain(runs) for runs in paragraphs]
        starts = tuple(accumulate((len(line) + 1 for line in lines), initial=0))
        closed = (
            range(first + 1, last)
            for runs, start in zip(paragraphs, starts, strict=False)
            for first, last in _wholes(runs, start)
        )
        return cls(paragraphs, starts, Side("\n".join(lines), frozenset(chain.from_iterable(closed))))

    def pieces(self, op: Op, first: int, last: int) -> Iterator[Piece]:
        """The characters from one offset to another, paragraph by paragraph."""
        if first == last:
            return
        at = bisect_left(self.starts, first + 1) - 1
        while True:
            begin, stop = self.starts[at], self.starts[at + 1] - 1
            if runs := tuple(_cut(self.paragraphs[at], max(first - begin, 0), min(last, stop) - begin)):
                yield Piece(op, runs)
            if last <= stop:
                return
            yield Piece(op, ())
            at += 1


def _wholes(runs: Runs, start: int) -> Iterator[tuple[int, int]]:
    """Where the references and variables are, nested or not."""
    for run in runs:
        end = start + len(plain((run,)))
        if isinstance(run, Strong | Link):
            yield from _wholes(run.children, start)
        elif isinstance(run, Ref | Var):
            yield start, end
        start = end


def _pieces(old: _Clause, new: _Clause, kept: Sequence[Block]) -> Iterator[Piece]:
    left = right = 0
    for block in (*kept, Block(len(old.side.text), len(new.side.text), 0)):
        yield from old.pieces(Op.DELETE, left, block.old)
        yield from new.pieces(Op.INSERT, right, block.new)
        left, right = block.old + block.size, block.new + block.size
        yield from new.pieces(Op.EQUAL, block.new, right)


def _cut(runs: Runs, start: int, end: int) -> Iterator[Run]:
    """The characters from one offset to another, with the styles they have."""
    at = 0
    for run in runs:
        size = len(plain((run,)))
        first, last = max(start - at, 0), min(end - at, size)
        if first < last:
            yield run if (first, last) == (0, size) else _part(run, first, last)
        at += size


def _part(run: Run, start: int, end: int) -> Run:
    match run:
        case Text(value):
            return Text(value[start:end])
        case Strong(children) | Link(children):
            return replace(run, children=tuple(_cut(children, start, end)))
        case _:
            raise AssertionError("references and variables are never cut")
