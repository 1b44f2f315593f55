"""From places to lines and columns, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.diagnostics import Path, Place, Position
from policypress.read.decode import decode
from policypress.read.nodes import parse, plain
from policypress.read.positions import locate

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])


def at(
    text: str, path: Path, offset: int | None = None, *, on_key: bool = False, pure: bool = False
) -> Position:
    tree, found = parse("f.yaml", text, pure=pure)
    assert tree is not None, found
    return locate(tree, text.split("\n"), Place("f.yaml", path, offset, on_key))


def marked(text: str, path: Path, *, pure: bool = False, mark: str = "§") -> None:
    """The mark in the text is found at its line and column, by its offset in the value."""
    tree, found = parse("f.yaml", text, pure=pure)
    assert tree is not None, found
    value = plain(tree)
    for part in path:
        value = value[part]
    before = text[: text.index(mark)]
    expected = Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert locate(tree, text.split("\n"), Place("f.yaml", path, value.index(mark))) == expected


@BOTH
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: b§c", ("a",)),
        ("a:   §b", ("a",)),
        ("a: 'b§c'", ("a",)),
        ('a: "b§c"', ("a",)),
        ("{a: {b: c§}}", ("a", "b")),
        ("a: [b, c§, d]", ("a", 1)),
        ("- a\n- - b\n  - c: d§\n", (1, 1, "c")),
        ("a:\n  b:\n    - c\n    - 中文§\n", ("a", "b", 1)),
        ("a: |\n  b§\n", ("a",)),
        ("a: |\n  b\n  c§\n", ("a",)),
        ("a: |\n  b\n\n  \n  c§d\n", ("a",)),
        ("a: |\n\n\n  b§\n", ("a",)),
        ("a: |\n      deep\n      b§\n", ("a",)),
        ("a: |\n  b\n    more§\n", ("a",)),
        ("a: |-\n  b\n  c§", ("a",)),
        ("a: |+\n  b§\n\n\nc: d\n", ("a",)),
        ("a: |2\n    b§\n", ("a",)),
        ("a: |2-\n    b\n  c§\n", ("a",)),
        ("a: |  # a comment\n  b§\n", ("a",)),
        ("# before\n\na:\n  # between\n  en: |\n    b\n    c§\n  zh: |\n    d\n", ("a", "en")),
        ("a: |\n 第一句。\n 第二§句。\n", ("a",)),
        ("a: |\n  \U0001f600§\n", ("a",)),
    ],
)
def test_a_character_is_found_where_it_stands(text: str, path: Path, pure: bool) -> None:
    marked(text, path, pure=pure)


LINES = st.lists(
    st.one_of(st.just(""), st.text(st.sampled_from("ab中#:- '\"{}[]|>&*!%@`\\"), min_size=1)), min_size=1
).filter(lambda lines: lines[0].strip(" ") != "" and not lines[0].startswith(" "))


@given(LINES, st.integers(1, 9), st.data())
def test_a_mark_anywhere_in_any_literal_text_is_found(
    lines: list[str], indent: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[number])))
    lines = [*lines[:number], lines[number][:column] + "§" + lines[number][column:], *lines[number + 1 :]]
    body = "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)
    marked(f"x:\n  en: |\n  {body.replace(chr(10), chr(10) + '  ')}\nb: c\n", ("x", "en"))


PART = st.text(st.sampled_from("ab中 .,()/?\\'"))


@given(st.builds("{}§{}".format, PART, PART), st.sampled_from("'\""), st.integers(0, 9))
def test_a_quoted_text_is_exact_or_points_at_its_start(words: str, quote: str, indent: int) -> None:
    written = words.replace("'", "''") if quote == "'" else words.replace("\\", "\\\\")
    text = f"x:\n {' ' * indent}en: {quote}{written}{quote}\n"
    start = Position(2, indent + 6)
    exact = Position(2, indent + 7 + words.index("§"))
    escaped = written != words
    assert at(text, ("x", "en"), words.index("§")) == (start if escaped else exact)


@BOTH
@pytest.mark.parametrize(
    ("path", "on_key", "position"),
    [
        (("a",), True, (1, 1)),
        (("a", "b"), True, (2, 3)),
        (("a", "b"), False, (2, 7)),  # inside the quotes
        (("a", "c"), False, (4, 5)),
        (("a", "c", 1), False, (5, 7)),
        (("a", "c", 1, "d"), True, (5, 7)),
        (("a", "c", 1, "d"), False, (5, 10)),
        (("a", "none"), False, (6, 8)),
        ((), False, (1, 1)),
    ],
)
def test_keys_lists_and_maps(path: Path, on_key: bool, position: tuple[int, int], pure: bool) -> None:
    text = "a:\n  b: 'x'\n  c:\n    - x\n    - d: x\n  none:\n"
    assert at(text, path, on_key=on_key, pure=pure) == Position(*position)


@pytest.mark.parametrize(
    ("path", "position"),
    [(("a", "x"), (2, 3)), (("a", 7), (2, 3)), (("x",), (1, 1)), (("a", "b", "x"), (2, 6))],
)
def test_a_path_that_leads_nowhere_ends_at_what_is_there(path: Path, position: tuple[int, int]) -> None:
    assert at("a:\n  b: c\n", path) == Position(*position)


def test_without_a_tree_it_is_the_start_of_the_file() -> None:
    assert locate(None, [], Place("f.yaml", ("a",), 3)) == Position(1, 1)


@pytest.mark.parametrize("text", ["a: >\n  b\n  c§\n", "a: >-\n\n  b§\n"])
def test_folded_text_points_at_its_first_line(text: str) -> None:
    assert at(text, ("a",), 2).line == 2


@pytest.mark.parametrize("text", ["a: 'b\n  c§'\n", "a: b\n  c§\n", 'a: "b\\\n  c§"\n'])
def test_flow_text_of_many_lines_points_at_its_start(text: str) -> None:
    assert at(text, ("a",), 3) == Position(1, 4)


@pytest.mark.parametrize("offset", range(12))
def test_an_offset_at_or_past_the_end_stays_in_the_file(offset: int) -> None:
    text = "a: |\n  bc\n  d\ne: f\n"
    position = at(text, ("a",), offset)
    assert 2 <= position.line <= 4
    assert position.column >= 1


def test_the_line_ends_of_windows_count_like_others() -> None:
    text = decode("f.yaml", "a: 1\r\nb: |\r\n  c\r\n  d§\r\n".encode())
    assert isinstance(text, str)
    marked(text, ("b",))
    assert text == "a: 1\nb: |\n  c\n  d§\n"
