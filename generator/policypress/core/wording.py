"""The rules for a text that changed: which words came or went, and what kind of words they are.

Two texts are cut into tokens, and the tokens aligned; a rule holds where a token of its kind was deleted or
inserted. So a word that only stands elsewhere counts too: `not` may not move unseen from one verb to another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from policypress.core import lexicon
from policypress.core.rules import RULES, worst_first
from policypress.core.severity import Rule

WORD = "word"
_NAME = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or name, as it is compared; punctuation is none."""

    kind: str
    key: str


def text_rules(old: str, new: str, tag: str) -> tuple[Rule, ...]:
    """The rules for one language's text that changed from one plain text to another, the worst first.

    The same either way: the two are always aligned in the same order.
    """
    one, other = (tokens(text, tag) for text in sorted((old, new)))
    kinds = {token.kind for token in _changed(one, other)}
    if not kinds:
        return (RULES["text.punctuation"],)
    found = [RULES[f"text.{kind}"] for kind in kinds - {WORD}]
    if not found and not lexicon.is_known(tag):
        return (RULES["text.unknown-language"],)
    return worst_first(found or [RULES["text.reworded"]])


def _changed(one: Sequence[Token], other: Sequence[Token]) -> Iterator[Token]:
    if one == other:
        return
    keys = [token.key for token in one], [token.key for token in other]
    for edit in Indel.editops(*keys):
        yield one[edit.src_pos] if edit.tag == "delete" else other[edit.dest_pos]


@lru_cache(maxsize=4096)
def tokens(text: str, tag: str) -> tuple[Token, ...]:
    """The tokens of a text, full-width forms as half-width ones, case aside."""
    text = lexicon.simplified(unicodedata.normalize("NFKC", text), tag)
    names = not lexicon.is_title(text)
    found: list[Token] = []
    ends = [0]
    for match in lexicon.scanner(tag).finditer(text):
        kind = _kind(match, tag, names=names)
        if kind is None:
            continue
        if match[0] in lexicon.FIRMS:
            _name_the_firm(found, ends, match.start())
        found.append(Token(kind, lexicon.key(kind, match[0])))
        ends.append(match.end())
    return tuple(found)


def _kind(match: re.Match[str], tag: str, *, names: bool) -> str | None:
    group = match.lastgroup or WORD
    if group in lexicon.WEIGHTY:
        return group
    if group == "symbol":
        return None if unicodedata.category(match[0])[0] in "PZC" else WORD
    if not names or not match[0][0].isupper():
        return WORD
    before = match.string[max(0, match.start() - 8) : match.start()]
    return "party" if lexicon.is_name(match[0], before, tag) else WORD


def _name_the_firm(found: list[Token], ends: list[int], start: int) -> None:
    """The words right before `Co., Ltd.` are a company's name, as far as such names go."""
    for back in range(1, min(_NAME, len(found)) + 1):
        token = found[-back]
        if ends[-back] != start or token.kind not in {WORD, "place"}:
            return
        found[-back] = Token("party", token.key)
        start -= len(token.key)
