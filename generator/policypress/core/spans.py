"""What two texts have in common, by the offsets of its characters: line by line first, then word by word.

Equal lines are found before anything is cut into tokens, so that only what changed is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from policypress.core.matching import Block, matches
from policypress.core.phrases import align
from policypress.core.tokens import tokens

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Side:
    """A text, and the offsets where no edit may start or end."""

    text: str
    closed: frozenset[int] = frozenset()


def spans(old: Side, new: Side, tag: str) -> list[Block]:
    """The characters that stay, in order, each block as long as it can be; none is cut inside a token."""
    found: list[Block] = []
    for block in _found(old, new, tag):
        last = found[-1] if found else Block(0, 0, 0)
        if (last.old + last.size, last.new + last.size) == (block.old, block.new):
            found[-1:] = [Block(last.old, last.new, last.size + block.size)]
        else:
            found.append(block)
    return found


def _found(old: Side, new: Side, tag: str) -> Iterator[Block]:
    left = right = 0
    for block in (*_lines(old, new), Block(len(old.text), len(new.text), 0)):
        if left < block.old and right < block.new:
            yield from _between(old, new, tag, Block(left, right, 0), block)
        if block.size:
            yield block
        left, right = block.old + block.size, block.new + block.size


def _lines(old: Side, new: Side) -> Iterator[Block]:
    """The lines that both have, each once, in the order they keep."""
    left, right = _starts(old.text), _starts(new.text)
    both = [line for line in left if line in right]
    places = {line: place for place, line in enumerate(both)}
    others = [places[line] for line in right if line in places]
    for first, second, size in matches(list(range(len(both))), others):
        for line, place in zip(both[first : first + size], others[second : second + size], strict=True):
            block = Block(left[line], right[both[place]], len(line))
            if _is_open(old, block.old, len(line)) and _is_open(new, block.new, len(line)):
                yield block


def _starts(text: str) -> dict[str, int]:
    """Where the lines with words start that a text has once."""
    lines = _LINE.findall(text)
    once = {line for line, count in Counter(lines).items() if count == 1 and not line.isspace()}
    return {
        line: at
        for line, at in zip(lines, accumulate(map(len, lines), initial=0), strict=False)
        if line in once
    }


def _is_open(side: Side, start: int, size: int) -> bool:
    return not side.closed or (start not in side.closed and start + size not in side.closed)


def _between(old: Side, new: Side, tag: str, before: Block, after: Block) -> Iterator[Block]:
    """What is equal by tokens between two places, less the ends that are closed."""
    left_text, right_text = old.text[before.old : after.old], new.text[before.new : after.new]
    if left_text == right_text and not (old.closed or new.closed):
        yield Block(before.old, before.new, len(left_text))  # mostly the blank lines between equal ones
        return
    left, right = tokens(left_text, tag), tokens(right_text, tag)
    lefts = tuple(accumulate(map(len, left), initial=before.old))
    rights = tuple(accumulate(map(len, right), initial=before.new))
    for at, to, size in align(left, right):
        first, last = 0, size
        while first < last and (lefts[at + first] in old.closed or rights[to + first] in new.closed):
            first += 1
        while first < last and (lefts[at + last] in old.closed or rights[to + last] in new.closed):
            last -= 1
        if first < last:
            yield Block(lefts[at + first], rights[to + first], lefts[at + last] - lefts[at + first])
