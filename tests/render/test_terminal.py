"""How wide text is on a terminal, and where its lines break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.render.terminal import Span, cells, painted, visible, width_of, wrapped


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("条款", 4),
        ("，。", 4),
        ("“a”", 3),
        ("e\u0301", 1),
        ("가", 2),
        ("Ａ", 2),
        ("ｱ", 1),
        ("🏳", 1),
        ("👍", 2),
        ("\u200b", 0),
    ],
)
def test_han_characters_take_two_columns_and_marks_none(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("我们保存您的信息。", 8, ["我们保存", "您的信", "息。"]),  # no line begins with a full stop
        ("我们（保存）信息", 10, ["我们（保", "存）信息"]),
        ("我们说（保存）", 8, ["我们说", "（保存）"]),  # and none ends with an opening bracket
        ("use 我们 it", 8, ["use 我们", "it"]),
        ("incomprehensible", 10, ["incomprehe", "nsible"]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, width: int, lines: list[str]) -> None:
    assert [painted(line, colour=False) for line in wrapped([Span(text)], width)] == lines


def test_a_mark_stays_with_what_it_marks() -> None:
    spans = [Span("我们保"), Span("[-", opens=True), Span("存三"), Span("-]", closes=True), Span("日")]
    for width in range(8, 16):
        lines = [painted(line, colour=False) for line in wrapped(spans, width)]
        assert not any(line.endswith("[-") or line.startswith("-]") for line in lines)


words = st.lists(
    st.sampled_from(["use ", "information", "我们", "，", "（", "）", "e\u0301", " ", "👍"]), max_size=30
)


@given(words, st.integers(8, 40))
def test_no_line_is_too_wide_and_no_character_is_lost(parts: list[str], width: int) -> None:
    text = "".join(parts)
    lines = wrapped([Span(text)], width)
    assert all(width_of(line) <= width for line in lines)
    joined = "".join(painted(line, colour=False) for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\x1b[2J\u202e条\xa0\n") == r"a\x1b[2J\u202e条\xa0\n"
