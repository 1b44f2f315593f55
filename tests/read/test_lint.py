"""What YAML loses without a word."""

from __future__ import annotations

import pytest

from policypress.read import lint
from policypress.read.nodes import Located, parse


def told(located: list[Located]) -> list[tuple[str, int, int]]:
    return [(one.finding.code, one.position.line, one.position.column) for one in located]


def after(text: str) -> list[tuple[str, int, int]]:
    lines = text.split("\n")
    tree, found = parse("f.yaml", text)
    assert tree is not None, found
    return told(list(lint.after_parsing("f.yaml", tree, lines)))


def before(text: str) -> list[tuple[str, int, int]]:
    return told(list(lint.before_parsing("f.yaml", text.split("\n"))))


def unreadable(text: str) -> list[tuple[str, int, int]]:
    return told(lint.unreadable("f.yaml", text.split("\n")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\ta: b", [("Y109", 1, 1)]),
        ("a:\n \tb: c", [("Y109", 2, 2)]),
        ("a:\tb", [("C601", 1, 3)]),
        ("a: b\rc", [("C601", 1, 5)]),
        ("a: b\x85c", [("C601", 1, 5)]),
        ("a: b\nc: d\u2028e\u2029", [("C601", 2, 5), ("C601", 2, 7)]),
        ("a: b\ufeff", [("C601", 1, 5)]),
        ("a: \x00\x7f", [("C601", 1, 4), ("C601", 1, 5)]),
        ("a: \uffff", [("C601", 1, 4)]),
        ("a: 中文 é \U0001f600 \u00a0", []),
    ],
)
def test_characters_on_which_readers_differ(text: str, found: list[tuple[str, int, int]]) -> None:
    assert unreadable(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\u00a0a: b", [("Y109", 1, 1)]),
        ("a:\n  \u3000b: c", [("Y109", 2, 3)]),
        ("a:\n\u200bb: c", [("Y109", 2, 1)]),
        ("a:\n  b\u00a0c: d", []),
        ("  \u3000", []),
        ("a：b", [("Y111", 1, 2)]),
        ("  - id： use", [("Y111", 1, 7)]),
        ("text ：", [("Y111", 1, 6)]),
        ("a: b：c", []),
        ("注意：b", []),
    ],
)
def test_odd_indentation_and_colons(text: str, found: list[tuple[str, int, int]]) -> None:
    assert before(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("en: We are #1 in this", [("Y110", 1, 11)]),
        ("en: Call us # 5", [("Y110", 1, 12)]),
        ("text:\n  en: We are #1", [("Y110", 2, 13)]),
        ("en: We call  # this is a comment", []),
        ('en: "We are #1"', []),
        ("en: |\n  We are #1\n", []),
        ("en: We are#1", []),
        ("id: use #1\nkind: article", []),
        ("en: # nothing here", []),
    ],
)
def test_text_cut_by_a_comment(text: str, found: list[tuple[str, int, int]]) -> None:
    assert after(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zh-Hans: >\n  一。\n  二。\n", [("Y112", 1, 10)]),
        ("zh-Hans: >-\n  一。\n\n  二。\n", [("Y112", 1, 10)]),
        ("zh-Hans: 一。\n  二。\n", [("Y112", 1, 10)]),
        ("zh-Hans: '一。\n  二。'\n", [("Y112", 1, 10)]),
        ("ja: >\n  一。\n  二。\n", [("Y112", 1, 5)]),
        ("zh-Hans: >\n  一。\n", []),
        ("zh-Hans: |\n  一。\n  二。\n", []),
        ("zh-Hans: 一。\n", []),
        ("en: >\n  One.\n  Two.\n", []),
        ("en: One.\n  Two.\n", []),
        ("zh-Hans:\n  - 一\n  - 二\n", []),
        ("id: >\n  一\n  二\nkind: article", []),
    ],
)
def test_chinese_lines_that_would_be_joined_with_spaces(text: str, found: list[tuple[str, int, int]]) -> None:
    assert after(text) == found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: |\n  b\n  c\nd: e\n", {1, 2}),
        ("a: >\n  b\n\nd: e\n", {1, 2}),
        ("a: |\n  b", {1}),
        ("a: 'b\n  c'\nd: e\n", {1}),
        ("- a: |\n    b\n- c\n", {1}),
        ("a: b\nc: d\n", set()),
    ],
)
def test_the_lines_that_are_text(text: str, lines: set[int]) -> None:
    tree, _ = parse("f.yaml", text)
    assert tree is not None
    assert lint.inside_text(tree) & set(range(len(text.split("\n")) - (text[-1] == "\n"))) >= lines
    assert 0 not in lint.inside_text(tree)
