"""Where an insertion or deletion could lie in several places, it is put where a phrase starts and ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policypress.core.matching import Block, Tokens

_SENTENCE = frozenset(".!?。！？；…")
_CLAUSE = frozenset(",;:，、：)]）】》”’")
_OPENING = frozenset("([（【《“‘-*•")


def slid(old: Tokens, new: Tokens, blocks: Sequence[Block]) -> list[Block]:
    """The same edits at better places; an island that an edit can pass over to join another is gone.

    The first block starts both texts and the last ends them, though they may be empty.
    """
    found = [blocks[0]]
    for index in range(1, len(blocks)):
        after = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        while _passes_back(old, new, found, after):
            island = found.pop()
            after = Block(after.old - island.size, after.new - island.size, after.size + island.size)
        before = found[-1]
        if following and _passes_on(old, new, before, after, following):
            found[-1] = Block(before.old, before.new, before.size + after.size)
            continue
        room = before.size if len(found) == 1 else _spare(old[before.old : before.old + before.size])
        room_on = _spare(old[after.old : after.old + after.size][::-1]) if following else after.size
        step = _best(_gap(old, new, before, after), room, room_on)
        found[-1] = Block(before.old, before.new, before.size + step)
        found.append(Block(after.old + step, after.new + step, after.size - step))
    return found


class _Gap(NamedTuple):
    """What lies between two blocks where only one text has anything there."""

    text: Tokens
    start: int
    end: int
    is_new: bool

    def back(self, most: int) -> int:
        """How far it can go to the left."""
        text, start, end = self.text, self.start, self.end
        return next((k for k in range(most) if text[start - 1 - k] != text[end - 1 - k]), most)

    def on(self, most: int) -> int:
        """How far it can go to the right."""
        text, start, end = self.text, self.start, self.end
        return next((k for k in range(most) if text[start + k] != text[end + k]), most)


def _gap(old: Tokens, new: Tokens, before: Block, after: Block) -> _Gap | None:
    left, right = before.old + before.size, before.new + before.size
    if left == after.old and right < after.new:
        return _Gap(new, right, after.new, is_new=True)
    if right == after.new and left < after.old:
        return _Gap(old, left, after.old, is_new=False)
    return None


def _has(before: Block, after: Block, *, is_new: bool) -> bool:
    """Whether one text has something between two blocks."""
    return before.new + before.size < after.new if is_new else before.old + before.size < after.old


def _passes_back(old: Tokens, new: Tokens, found: Sequence[Block], after: Block) -> bool:
    if len(found) < 2 or not (gap := _gap(old, new, found[-1], after)):
        return False
    return _has(found[-2], found[-1], is_new=gap.is_new) and gap.back(found[-1].size) == found[-1].size


def _passes_on(old: Tokens, new: Tokens, before: Block, after: Block, following: Block) -> bool:
    gap = _gap(old, new, before, after)
    return gap is not None and _has(after, following, is_new=gap.is_new) and gap.on(after.size) == after.size


def _best(gap: _Gap | None, room: int, room_on: int) -> int:
    """By how many tokens to slide what lies between two blocks, with so much room before and after it."""
    if gap is None:
        return 0
    back, on = gap.back(room), gap.on(room_on)
    if not back and not on:
        return 0
    return max(range(-back, on + 1), key=lambda step: _worth(gap, step))


def _spare(island: Tokens) -> int:
    """How many of an island's tokens can be slid over when its first word is to stay."""
    return len(island) - 1 - next((k for k, token in enumerate(island) if not token.isspace()), 0)


def _worth(gap: _Gap, step: int) -> int:
    return _break(gap.text, gap.start + step) + _break(gap.text, gap.end + step)


def _break(text: Tokens, at: int) -> int:
    """How much of a break there is before a token."""
    if at in (0, len(text)) or text[at - 1] == "\n":
        return 12
    last, following = text[at - 1], text[at]
    if following == "\n":
        return 11
    spaced = last.isspace()
    mark = text[at - 2] if spaced and at > 1 else last
    rank = 8 if mark in _SENTENCE else 6 if mark in _CLAUSE else 0
    if rank and (spaced or not mark.isascii()):
        return rank
    if following.isspace():
        return rank - 1 if rank else 1
    return 4 if following in _OPENING else 2 if spaced else 0
