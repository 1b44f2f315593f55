"""Facts use the published vocabulary."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from policypress.core.diagnostics import Finding, Place
from policypress.core.source import Draft, located
from policypress.core.vocabulary import KEYS, is_term, terms


def check(draft: Draft) -> Iterator[Finding]:
    """Findings about facts."""
    for at in located(draft):
        for index, fact in enumerate(at.clause.facts):
            for key, term in fact.items():
                yield from _fact(key, term, at.place / "facts" / index / key)


def _fact(key: str, term: str, place: Place) -> Iterator[Finding]:
    if key not in KEYS:
        yield Finding("F701", place.key(), f"`{key}` is not a kind of fact{_near(key, KEYS)}")
    elif not is_term(key, term):
        yield Finding("F701", place, f"`{term}` is not a term for {key}{_near(term, terms(key))}")


def _near(word: str, words: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""
