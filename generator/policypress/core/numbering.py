"""Labels from positions: "Article 4.", "第四条", "1.2.5", "(1)". A label is never identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from policypress.core.kinds import Kind
from policypress.core.model import Label

_PLACEHOLDER = re.compile(r"\{(parent|n)(?::([a-z]+))?\}")
_ANY_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_FULL_STOPS = " .:：。、"

# What {n} takes when it is not 1, 2, 3.
FORMATS: dict[str, Callable[[int], str]] = {}


def template(value: str | Mapping[str, str] | None, tag: str) -> str | None:
    """The template for a language."""
    return value if value is None or isinstance(value, str) else value.get(tag)


def faults(template: str) -> list[str]:
    """What keeps a template from being used."""
    found = [
        f"`{braces[0]}` is not a placeholder"
        for braces in _ANY_BRACES.finditer(template)
        if not _is_placeholder(braces[0])
    ]
    if not found and "{n" not in template:
        found.append("{n} is missing")
    return found


def _is_placeholder(braces: str) -> bool:
    match = _PLACEHOLDER.fullmatch(braces)
    return match is not None and (match[2] is None or (match[1] == "n" and match[2] in FORMATS))


def label(template: str, cite: str | None, parent: str, n: int) -> Label:
    """Fill the templates. A label without {parent} starts a new count: its number is n alone.

    >>> label("Article {n}.", None, "", 4)
    Label(text='Article 4.', cite='Article 4', number='4')
    """
    text = _fill(template, parent, n)
    cited = _fill(cite, parent, n) if cite else text.rstrip(_FULL_STOPS)
    return Label(text, cited, text if "{parent}" in template else str(n))


def _fill(template: str, parent: str, n: int) -> str:
    def value(match: re.Match[str]) -> str:
        return parent if match[1] == "parent" else FORMATS.get(match[2], str)(n)

    return _PLACEHOLDER.sub(value, template)


def positions(kinds: Sequence[Kind | None]) -> list[int]:
    """Each sibling's number among those of its kind, from 1; 0 for None, the unnumbered.

    Kinds count apart, so a note between two sections leaves no gap.
    """
    counts: Counter[Kind] = Counter()
    found = []
    for kind in kinds:
        if kind is not None:
            counts[kind] += 1
        found.append(counts[kind] if kind is not None else 0)
    return found


_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def han(n: int) -> str:
    """A Chinese numeral, as articles are counted: 十, 十一, 二十, 一百零一."""
    if n >= 10_000:
        rest = n % 10_000
        one = "一" if 10 <= rest < 20 else ""  # 十 alone only at the very beginning: 一万零一十
        return han(n // 10_000) + "万" + (("零" if rest < 1_000 else "") + one + han(rest) if rest else "")
    digits = [int(digit) for digit in reversed(str(n))]
    text, gap = "", False
    for place in range(len(digits) - 1, -1, -1):
        digit = digits[place]
        if digit == 0:
            gap = bool(text)
            continue
        one_ten = digit == 1 and place == 1 and not text
        text += ("零" if gap else "") + ("" if one_ten else _DIGITS[digit]) + _UNITS[place]
        gap = False
    return text or _DIGITS[0]


def alpha(n: int) -> str:
    """a, b, ... z, aa, ab: letters as columns are counted."""
    text = ""
    while n > 0:
        n, digit = divmod(n - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(n: int) -> str:
    """i, ii, iii, iv."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (n // value)
        n %= value
    return text


FORMATS.update(
    han=han,
    alpha=alpha,
    roman=roman,
    upperalpha=lambda n: alpha(n).upper(),
    upperroman=lambda n: roman(n).upper(),
)
