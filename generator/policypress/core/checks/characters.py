"""Suspicious characters and sentences that stop short. Nothing is ever changed, only pointed at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from policypress.core import languages
from policypress.core.checks.texts import TextAt, policy_texts
from policypress.core.diagnostics import Finding, Place
from policypress.core.kinds import Kind
from policypress.core.languages import HAN
from policypress.core.source import Draft
from policypress.core.text import parse, plain

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ODD = re.compile(
    r"[\xa0\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u202f\u205f\u2060-\u2065\u206a-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\ue000-\uf8ff"
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_FULL_WIDTH = re.compile(
    r"[\u3000-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_HALF_WIDTH = re.compile(rf"(?<=[{HAN}])[,.;:!?()]|[,;:!?()](?=[{HAN}])")
_SPACED_HAN = re.compile(rf"(?<=[{HAN}]) +|(?<=\S) +(?=[{HAN}])")
_STRAY_SPACE = re.compile(r"^[ \t]+(?=\S)|(?<=\S)[ \t]+$|(?<=\S)  +(?=\S)", re.MULTILINE)
_OTHER_RULES = re.compile(r"\]\([^()\s]*\)|(?<=[0-9)])\([0-9A-Za-z]{1,4}\)")  # an address; 1.1(a)
_BESIDE_HAN = re.compile(rf"[{HAN}]")

_ENDS = ".!?:;…。！？：；"
_CLOSES = "\"'”’)）]】」』》〉»"
_LIST_WORD = re.compile(r"(?:;|,|；|，)\s*(?:and|or|and/or|和|或|或者|以及|及)\Z")


def check(draft: Draft, texts: Iterable[TextAt]) -> Iterator[Finding]:
    """Findings about the characters of all texts."""
    for text in chain(policy_texts(draft), texts):
        yield from _always_odd(text)
        yield from _punctuation(text)
        if text.role in {"text", "closing"}:
            yield from _ending(text)


def _always_odd(text: TextAt) -> Iterator[Finding]:
    if text.value.isascii() and not _CONTROL.search(text.value):
        yield from _spaces(text)
        return
    yield from forbidden(text.value, text.place)
    yield from _matches("C606", _ODD, text.value, text.place)
    if not unicodedata.is_normalized("NFC", text.value):
        yield from _not_composed(text)
    yield from _spaces(text)


def forbidden(value: str, place: Place) -> Iterator[Finding]:
    """What no published word may hold: it cannot be seen, or makes words seem what they are not."""
    yield from _matches("C601", _CONTROL, value, place)
    yield from _matches("C602", _BIDI, value, place)


def _matches(code: str, pattern: re.Pattern[str], value: str, place: Place) -> Iterator[Finding]:
    for match in pattern.finditer(value):
        yield Finding(code, place.at(match.start()), f"{_name(match[0])} stands here")


def _name(character: str) -> str:
    point = f"U+{ord(character):04X}"
    return f"{point} {unicodedata.name(character, '')}".strip()


def _not_composed(text: TextAt) -> Iterator[Finding]:
    composed = unicodedata.normalize("NFC", text.value)
    pairs = enumerate(zip(text.value, composed, strict=False))
    offset = next((at for at, (ours, theirs) in pairs if ours != theirs), 0)
    yield Finding("C606", text.place.at(offset), "a character and its accent are written apart (not NFC)")


def _spaces(text: TextAt) -> Iterator[Finding]:
    if not _may_stray(text.value):
        return
    for match in _STRAY_SPACE.finditer(text.value):
        yield Finding("C607", text.place.at(match.start()), "white space at the edge of a line, or doubled")


def _may_stray(value: str) -> bool:
    """Whether a look with the pattern pays: it is slow, and most texts are tidy."""
    return "  " in value or "\n " in value or " \n" in value or "\t" in value or value != value.strip(" ")


def _punctuation(text: TextAt) -> Iterator[Finding]:
    value = _OTHER_RULES.sub(lambda match: "x" * len(match[0]), text.value)
    if languages.is_han(text.tag):
        for match in _HALF_WIDTH.finditer(value):
            yield Finding("C604", text.place.at(match.start()), f"`{match[0]}` beside a Chinese character")
        for match in _SPACED_HAN.finditer(value):
            yield Finding("C608", text.place.at(match.start()), "a space beside a Chinese character")
    elif languages.is_latin(text.tag) and not text.value.isascii():
        for match in _FULL_WIDTH.finditer(value):
            around = text.value[max(match.start() - 1, 0) : match.end() + 1]
            if not _BESIDE_HAN.search(around):
                yield Finding("C603", text.place.at(match.start()), f"`{match[0]}` is full-width")


def _ending(text: TextAt) -> Iterator[Finding]:
    for paragraph in text.paragraphs:
        shown = plain(parse(paragraph.text).runs).rstrip()
        if not _is_ended(shown, text.kind):
            offset = paragraph.source_offset(max(len(paragraph.text.rstrip()) - 1, 0))
            yield Finding("C605", text.place.at(offset), f"ends with `{_last_words(shown)}`")


def _is_ended(shown: str, kind: Kind | None) -> bool:
    ending = shown.rstrip(_CLOSES)
    if not ending or ending[-1] in _ENDS or _LIST_WORD.search(ending):
        return True
    return kind is Kind.ITEM and ending[-1] not in ",，、"


def _last_words(shown: str) -> str:
    return shown if len(shown) <= 24 else "…" + shown[-24:].lstrip()
