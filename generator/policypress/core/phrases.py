"""Two sequences of tokens aligned so that a person reads few edits of whole phrases.

It starts from the longest common subsequence, and gives up what is common by chance only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policypress.core.matching import Block, Tokens, Words, common, grown, with_lines, word_blocks
from policypress.core.sliding import slid

# What one more edit costs a reader, in words marked: an island between edits is given up where that is less.
EDIT = 5
# What an island of a word or two costs beyond that: it is more often chance than sense.
CRUMB, CRUMBS = 2, 2
# With fewer common words than this the texts are shown whole, one after the other ...
ALIKE = 0.3
# ... unless that many of the shorter text's words are in the longer one.
WITHIN = 0.6


def align(old: Tokens, new: Tokens) -> list[Block]:
    """What stays, in order; all that lies between is deleted or inserted."""
    head = common(old, new)
    rest = min(len(old), len(new)) - head
    tail = common(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])
    left, right = _words(old, head, len(old) - tail), _words(new, head, len(new) - tail)
    found = word_blocks([old[at] for at in left], [new[at] for at in right])
    if _is_rewritten(len(left), len(right), sum(block.size for block in found), head + tail):
        return []
    islands = Words(left, right).tokens(old, new, _kept(found, len(left), len(right)))
    ends = Block(0, 0, head), Block(len(old) - tail, len(new) - tail, tail)
    blocks = grown(old, new, with_lines(old, new, (ends[0], *islands, ends[1])))
    return [block for block in slid(old, new, blocks) if block.size]


def _words(tokens: Tokens, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if not tokens[at].isspace()]


def _is_rewritten(old: int, new: int, kept: int, around: int) -> bool:
    old, new, kept = old + around, new + around, kept + around
    return 2 * kept < ALIKE * (old + new) and kept < WITHIN * min(old, new)


class _Way(NamedTuple):
    """What the edits so far cost the reader, and the islands kept, from the last one back."""

    cost: float
    island: int = -1
    before: _Way | None = None


_DELETED, _INSERTED = 1, 2
_BOTH = _DELETED | _INSERTED
_RUNS = (0, EDIT, EDIT, 2 * EDIT)


def _kept(blocks: Sequence[Block], old_size: int, new_size: int) -> list[Block]:
    """The islands that are worth an edit more: of all choices the one that costs the reader least.

    The edit that is open after each island deletes, inserts or both; the best way to each of these is known.
    """
    gaps = _gaps(blocks, old_size, new_size)
    ways = {gaps[0]: _Way(_RUNS[gaps[0]])}
    for index, (block, gap) in enumerate(zip(blocks, gaps[1:], strict=True)):
        open_edit, best = min(ways.items(), key=lambda way: way[1].cost)
        crumb = CRUMB if block.size <= CRUMBS and open_edit and gap else 0
        onwards = {gap: _Way(best.cost + _RUNS[gap] + crumb, index, best)}
        if block.size <= EDIT + CRUMB:  # a longer one never costs more than it saves
            edit, way = min(ways.items(), key=lambda way: way[1].cost - _RUNS[way[0]])
            cost = way.cost - _RUNS[edit] + _RUNS[_BOTH] + 2 * block.size
            if _BOTH not in onwards or cost < onwards[_BOTH].cost:
                onwards[_BOTH] = way._replace(cost=cost)
        ways = onwards
    return _chosen(min(ways.values(), key=lambda way: way.cost), blocks)


def _chosen(way: _Way | None, blocks: Sequence[Block]) -> list[Block]:
    found = []
    while way and way.before:
        found.append(blocks[way.island])
        way = way.before
    return found[::-1]


def _gaps(blocks: Sequence[Block], old_size: int, new_size: int) -> list[int]:
    """Which edits there are before each island and after the last."""
    found, left, right = [], 0, 0
    for old, new, size in (*blocks, (old_size, new_size, 0)):
        found.append((_DELETED if old > left else 0) | (_INSERTED if new > right else 0))
        left, right = old + size, new + size
    return found
