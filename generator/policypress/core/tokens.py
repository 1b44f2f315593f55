"""Text cut into tokens that a redline never cuts again: words, runs of space, marks of punctuation.

Lossless: the tokens joined are the text. A line's end is always a token of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from policypress.core.languages import is_han, is_spaceless
from policypress.installed import version

_Cut: TypeAlias = Callable[[str], list[str]]
_cut: _Cut | None
try:
    from rjieba import cut as _cut
except ImportError:  # its wheels do not cover every machine; characters are merged into phrases as well
    _cut = None

_PARTS = r"\n|[^\S\n]+|[0-9]+(?:[.,-][0-9]+)*(?![^\W_])|{word}|."
_WORDS = re.compile(_PARTS.format(word=r"\w+(?:['’]\w+)*"), re.DOTALL)
_CHARACTERS = re.compile(_PARTS.format(word=r"[a-zA-Z0-9_]+(?:['’][a-zA-Z0-9_]+)*"), re.DOTALL)
_LINES = re.compile(r"\n|[^\n]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# What may belong to the character before it: combining marks, joiners, skin tones, tags of flags.
_EXTENDS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u109f"
    r"\u135d-\u1cff\u1dc0-\u1dff\u200d\u20d0-\u20f0\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufe00-\ufe2f"
    r"\U00010a00-\U00011fff\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]"
)
_JOINER = "\u200d"


def tokens(text: str, tag: str) -> tuple[str, ...]:
    """The tokens of a text in a language.

    >>> tokens("It isn't 1,000.", "en")
    ('It', ' ', "isn't", ' ', '1,000', '.')
    """
    if is_han(tag) and _cut is not None:
        found = _han(text, _cut)
    elif is_spaceless(tag):
        found = _CHARACTERS.findall(text)
    else:
        found = _WORDS.findall(text)
    if _EXTENDS.search(text):
        found = list(_whole(found, words=not is_spaceless(tag)))
    return tuple(found)


def tokeniser(tag: str) -> str:
    """The name and version of what cuts a language's text."""
    if is_han(tag) and _cut is not None:
        return f"rjieba {version('rjieba')}"
    return "characters 1" if is_spaceless(tag) else "words 1"


def _han(text: str, cut: _Cut) -> list[str]:
    """Words by rjieba, line by line, as no word of its spans two."""
    found: list[str] = []
    for line in _LINES.findall(text):
        if _SURROGATE.search(line):  # what no encoding has: cut as if another character stood there
            found += _lengths_of(line, cut(_SURROGATE.sub("\ufffd", line)))
        else:
            found += cut(line)
    return found


def _lengths_of(line: str, words: Iterable[str]) -> Iterator[str]:
    start = 0
    for word in words:
        yield line[start : start + len(word)]
        start += len(word)


def _whole(found: Iterable[str], *, words: bool) -> Iterator[str]:
    """Tokens with what extends a character put to it; `words`: a mark inside a word does not end it."""
    held = ""
    for token in found:
        if held and _belongs(token, held, words=words):
            held += token
        else:
            yield from filter(None, (held,))
            held = token
    yield from filter(None, (held,))


def _belongs(token: str, held: str, *, words: bool) -> bool:
    if held == "\n":
        return False
    return _extends(token[0]) or held[-1] == _JOINER or (words and _goes_on(held, token))


def _goes_on(held: str, token: str) -> bool:
    return token[0].isalnum() and held[0].isalnum() and unicodedata.category(held[-1])[0] == "M"


def _extends(character: str) -> bool:
    return bool(_EXTENDS.match(character)) and (
        unicodedata.category(character)[0] == "M"
        or character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or character >= "\U000e0020"
    )
