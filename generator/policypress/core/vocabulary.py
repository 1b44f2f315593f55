"""The published vocabulary of facts: W3C DPV terms where they fit, own terms where DPV has none."""

from __future__ import annotations

import re
from functools import cache

from policypress.core.vocabulary_terms import PATTERNS, TERMS

KEYS: tuple[str, ...] = (*TERMS, *PATTERNS)


@cache
def terms(key: str) -> tuple[str, ...]:
    """The terms of a kind of fact; none for one that takes a pattern."""
    return tuple(TERMS.get(key, ()))


def is_term(key: str, term: str) -> bool:
    """Whether the vocabulary knows this statement."""
    if key in PATTERNS:
        return re.fullmatch(PATTERNS[key], term) is not None
    return term in TERMS.get(key, {})
