"""What YAML loses without a word: text cut by a comment, odd colons and indentation, folded Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policypress.core import languages
from policypress.core.diagnostics import Finding, Place, Position
from policypress.read.nodes import Located, Node, Scalar, Sequence

_ODD_INDENT = re.compile(r"^ *(?P<odd>[\xa0\u2002-\u200b\u3000])[\s\u200b]*(?=\S)")
_FULL_WIDTH_KEY = re.compile(r"^ *(?:- +)?(?P<key>[A-Za-z][A-Za-z0-9_-]*)\s*(?P<colon>\uff1a)")
_CUT = re.compile(r"[ \t]#|[ \t]+#\S")


_NEVER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def unreadable(file: str, lines: list[str]) -> list[Located]:
    """Characters on which YAML readers differ or give up: line breaks of other systems, tabs, controls."""
    found = []
    for number, line in enumerate(lines):
        for match in _NEVER.finditer(line):
            indents = match[0] == "\t" and not line[: match.start()].strip()
            code = "Y109" if indents else "C601"
            found.append(_at(file, code, (number, match.start()), f"{_name(match[0])} stands here"))
    return found


def before_parsing(file: str, lines: list[str]) -> Iterator[Located]:
    """Lints that explain why a file may not parse, or parses to something else than it shows."""
    for number, line in enumerate(lines):
        if match := _ODD_INDENT.match(line):
            yield _at(file, "Y109", (number, match.start("odd")), f"{_name(match['odd'])} in the indentation")
        if match := _FULL_WIDTH_KEY.match(line):
            mark = number, match.start("colon")
            yield _at(file, "Y111", mark, f"`{match['key']}` is followed by a full-width colon")


def after_parsing(file: str, tree: Node, lines: list[str]) -> Iterator[Located]:
    """Lints that need to know which scalar a line belongs to."""
    yield from _walk(file, tree, lines, None)


def inside_text(tree: Node) -> set[int]:
    """The numbers, from 0, of the lines that are text and not YAML."""
    found: set[int] = set()
    for scalar in _scalars(tree):
        if scalar.style in {"|", ">"}:
            found.update(range(scalar.start[0] + 1, scalar.end[0] + (1 if scalar.end[1] else 0)))
        else:
            found.update(range(scalar.start[0] + 1, scalar.end[0] + 1))
    return found


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for value in node.items.values():
            yield from _scalars(value)


def _walk(file: str, node: Node, lines: list[str], tag: str | None) -> Iterator[Located]:
    if isinstance(node, Scalar):
        if tag is not None:
            yield from _text(file, node, lines, tag)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _walk(file, item, lines, None)
    else:
        by_language = all(languages.is_tag(key) for key in node.items)
        for key, value in node.items.items():
            yield from _walk(file, value, lines, key if by_language else None)


def _text(file: str, scalar: Scalar, lines: list[str], tag: str) -> Iterator[Located]:
    if not scalar.style and not scalar.is_absent and scalar.end[0] < len(lines):
        rest = lines[scalar.end[0]][scalar.end[1] :]
        # Two spaces and a space after the mark are how people set off a comment that they mean.
        if _CUT.match(rest):
            yield _at(file, "Y110", scalar.end, f"the text ends before `{rest.strip()[:20]}`")
    if scalar.style != "|" and languages.is_spaceless(tag) and _has_lines(scalar, lines):
        yield _at(file, "Y112", scalar.start, f"the lines of this `{tag}` text are joined with spaces")


def _has_lines(scalar: Scalar, lines: list[str]) -> bool:
    if scalar.style == ">":
        body = lines[scalar.start[0] + 1 : scalar.end[0] + (1 if scalar.end[1] else 0)]
        return len([line for line in body if line.strip()]) > 1
    return scalar.end[0] > scalar.start[0]


def _at(file: str, code: str, mark: tuple[int, int], message: str) -> Located:
    return Located(Finding(code, Place(file), message), Position(mark[0] + 1, mark[1] + 1))


def _name(character: str) -> str:
    return "a tab" if character == "\t" else f"U+{ord(character):04X}"
