"""The longest common subsequence of two sequences of tokens, by their words; white space then follows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from rapidfuzz.distance import Indel

Tokens: TypeAlias = Sequence[str]
_T = TypeVar("_T", str, int)


class Block(NamedTuple):
    """Tokens that both have: where they start in the old and in the new, and how many they are."""

    old: int
    new: int
    size: int


def common(left: Tokens, right: Tokens) -> int:
    """How many tokens both begin with: by slices, as comparing those is quick."""
    at, step, most = 0, 64, min(len(left), len(right))
    growing = True
    while step:
        alike = at + step <= most and left[at : at + step] == right[at : at + step]
        at += step if alike else 0
        growing = growing and alike
        step = step * 2 if growing else step // 2
    return at


def word_blocks(left: Tokens, right: Tokens) -> list[Block]:
    """An exact longest common subsequence of two sequences of words."""
    if not left or not right:
        return []
    found = list(matches(left, right))
    if any(left[old : old + size] != right[new : new + size] for old, new, size in found):
        ids: dict[str, int] = {}  # two words had one hash
        numbers = [[ids.setdefault(word, len(ids)) for word in words] for words in (left, right)]
        found = list(matches(*numbers))
    return found


def matches(left: Sequence[_T], right: Sequence[_T]) -> Iterator[Block]:
    """An exact longest common subsequence; of words, as far as their hashes tell."""
    for match in Indel.editops(left, right).as_matching_blocks():
        if match.size:
            yield Block(match.a, match.b, match.size)


class Words(NamedTuple):
    """The words among the tokens of both texts: where they are."""

    old: Sequence[int]
    new: Sequence[int]

    def tokens(self, old: Tokens, new: Tokens, blocks: Iterable[Block]) -> Iterator[Block]:
        """Blocks of words as blocks of tokens: cut where the white space between two words differs."""
        for left, right, size in blocks:
            last, end = self.old[left + size - 1] + 1, self.new[right + size - 1] + 1
            word, shift = left, right - left
            while word < left + size:
                first, start = self.old[word], self.new[word + shift]
                alike = common(old[first:last], new[start:end])
                yield Block(first, start, alike)
                word = bisect_left(self.old, first + alike, word)


def with_lines(old: Tokens, new: Tokens, blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, and the ends of lines between them where both texts have as many: edits then stay in a line."""
    left = right = 0
    for block in (*blocks, Block(len(old), len(new), 0)):
        if left < block.old and right < block.new:
            lefts, rights = _line_ends(old, left, block.old), _line_ends(new, right, block.new)
            if len(lefts) == len(rights):
                yield from (Block(*ends, 1) for ends in zip(lefts, rights, strict=True))
        yield block
        left, right = block.old + block.size, block.new + block.size


def _line_ends(tokens: Tokens, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if tokens[at] == "\n"]


def grown(old: Tokens, new: Tokens, blocks: Iterable[Block]) -> list[Block]:
    """Blocks made as long as they can be, neighbours made one.

    The first starts both texts and the last ends them, though they may be empty.
    """
    found = [Block(0, 0, 0)]
    for block in (*blocks, Block(len(old), len(new), 0)):
        left, right, size = found[-1]
        i, j = left + size, right + size
        while i < block.old and j < block.new and old[i] == new[j]:
            i, j = i + 1, j + 1
        k, m = block.old, block.new
        while k > i and m > j and old[k - 1] == new[m - 1]:
            k, m = k - 1, m - 1
        found[-1] = Block(left, right, i - left)
        this = Block(k, m, block.size + block.old - k)
        if (k, m) == (i, j):
            found[-1] = Block(left, right, i - left + this.size)
        else:
            found.append(this)
    return found
