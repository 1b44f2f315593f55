"""Markdown as GitHub and GitLab show it; whatever a text says, it stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&:$]|(?<=www)\.|^[-+=])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?= |$)")
_MENTION = re.compile("[@#]")
_SPACE = re.compile(r"\s*[\n\r\u2028\u2029\x0b\x0c\x85]\s*")


def text(value: str) -> str:
    """A text on one line that says just this: no markup, no link, no mention of a person or an issue.

    >>> text("a|b @use")
    'a\\\\|b <span>@</span>use'
    """
    line = _SPACE.sub(" ", printable(value))
    escaped = _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line))
    return _MENTION.sub(r"<span>\g<0></span>", escaped)


def printable(value: str) -> str:
    """A text with what no file of text may hold written out."""
    return re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]",
        lambda found: ascii(found[0])[1:-1],
        value,
    )


def html(value: str) -> str:
    """The same inside of HTML, where Markdown is not read."""
    line = escape(_SPACE.sub(" ", printable(value)), quote=True)
    return _MENTION.sub(r"<span>\g<0></span>", line.replace("&#x27;", "'"))


def code(value: str) -> str:
    """A code span; also in a table."""
    line = _SPACE.sub(" ", printable(value)).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith(("`", " ")) or line.endswith(("`", " ")) else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    return "".join(map(row, [head, ["---"] * len(head), *rows]))


def row(cells: Iterable[str]) -> str:
    """A row of one."""
    return f"| {' | '.join(cells)} |\n"
