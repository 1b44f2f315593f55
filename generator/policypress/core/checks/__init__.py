"""Cross-checks of a draft: all that one file's schema cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from policypress.core.checks import characters, facts, inline, languages, structure
from policypress.core.checks.texts import clause_texts
from policypress.core.diagnostics import Finding
from policypress.core.source import Draft


def check(draft: Draft) -> Iterator[Finding]:
    """Every finding about the draft, in no particular order."""
    texts = tuple(clause_texts(draft))
    yield from structure.check(draft)
    yield from languages.check(draft)
    yield from inline.check(draft, texts)
    yield from characters.check(draft, texts)
    yield from facts.check(draft)
