"""What the tool must know of a language: its tag, and how the lines of its paragraphs join."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(
    r"""
    [a-z]{2,3}              # language: en, zh, yue
    (-[A-Z][a-z]{3})?       # script: Hans
    (-([A-Z]{2}|[0-9]{3}))? # region: BR, 419
    (-[a-z0-9]{5,8})*       # variants
    """,
    re.VERBOSE,
)
_HAN_WRITTEN = frozenset({"zh", "yue", "wuu", "nan", "hak", "lzh", "ja"})
_SPACELESS = _HAN_WRITTEN | {"th", "lo", "km", "my", "bo"}
_OTHER_SCRIPTS = """
    ar be bg bn el fa gu he hi hy ka kk kn ko mk ml mn mr ne pa ps ru si sr ta te ug uk ur yi
"""
_NOT_LATIN = _SPACELESS | frozenset(_OTHER_SCRIPTS.split())

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"


def is_tag(tag: str) -> bool:
    """Whether this is a well-formed BCP 47 tag in its usual letter case."""
    return _TAG.fullmatch(tag) is not None


@lru_cache(maxsize=64)
def primary(tag: str) -> str:
    """The language alone: `zh` of `zh-Hans`."""
    return tag.split("-", 1)[0].lower()


def is_spaceless(tag: str) -> bool:
    """Whether sentences of this language follow one another without a space."""
    return primary(tag) in _SPACELESS


def is_han(tag: str) -> bool:
    """Whether this language is written with Han characters and full-width punctuation."""
    return primary(tag) in _HAN_WRITTEN


def is_latin(tag: str) -> bool:
    """Whether this language is written in Latin letters (or says so by its script)."""
    return "-Latn" in tag or primary(tag) not in _NOT_LATIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's lines joined, and where each line began, here and in the source text."""

    text: str
    starts: tuple[tuple[int, int], ...]

    def source_offset(self, offset: int) -> int:
        """The offset in the source text of a character of this paragraph."""
        here, there = self.starts[bisect_right(self.starts, offset, key=lambda start: start[0]) - 1]
        return there + offset - here


def paragraphs(source: str, tag: str) -> tuple[Paragraph, ...]:
    """Split at blank lines and join the lines of each paragraph by the language's rule."""
    found: list[Paragraph] = []
    lines: list[tuple[int, str]] = []
    offset = 0
    for line in [*source.split("\n"), ""]:
        if line.strip(" \t"):
            lines.append((offset, line))
        elif lines:
            found.append(_join(lines, tag))
            lines = []
        offset += len(line) + 1
    return tuple(found)


def _join(lines: list[tuple[int, str]], tag: str) -> Paragraph:
    text = ""
    starts: list[tuple[int, int]] = []
    for offset, line in lines:
        if text:
            text += _joint(text[-1], line[0], tag)
        starts.append((len(text), offset))
        text += line
    return Paragraph(text, tuple(starts))


def _joint(before: str, after: str, tag: str) -> str:
    if not is_spaceless(tag):
        return " "
    return " " if _is_latin_word(before) and _is_latin_word(after) else ""


def _is_latin_word(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250
