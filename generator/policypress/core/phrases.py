"""Two sequences of tokens aligned: the longest common subsequence, made into few edits of whole phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel


@dataclass(frozen=True, slots=True)
class Block:
    """Tokens that both have: where they start in the old and in the new, and how many they are."""

    old: int
    new: int
    size: int


def align(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """What stays, in order; all that lies between is deleted or inserted."""
    if old == new:
        return [Block(0, 0, len(old))] if old else []
    ids: dict[str, int] = {}
    left = [ids.setdefault(token, len(ids)) for token in old]
    right = [ids.setdefault(token, len(ids)) for token in new]
    matches = Indel.editops(left, right).as_matching_blocks()
    return [Block(match.a, match.b, match.size) for match in matches if match.size]
