"""The inline grammar."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, markup, parse, plain, walk

# Strings that are mostly marks of the grammar, and some that are anything.
marked = st.lists(
    st.sampled_from(
        ["**", "*", "[", "]", "(", ")", "](", "{", "}", "@", "\\", "use", "a", "。", " ", "\n", "https:x"]
    )
).map("".join)
strings = st.one_of(marked, st.text())

texts = st.builds(Text, st.one_of(st.text(min_size=1), marked.filter(bool)))
variables = st.builds(Var, st.from_regex(r"[a-z][a-z0-9_-]*", fullmatch=True))
references = st.builds(Ref, st.from_regex(r"[a-z0-9][a-z0-9.-]*", fullmatch=True))
addresses = st.from_regex(r"[^()\s]+", fullmatch=True)


def with_merged_texts(runs: list[Run]) -> Runs:
    merged: list[Run] = []
    for run in runs:
        if merged and isinstance(run, Text) and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.value + run.value)
        else:
            merged.append(run)
    return tuple(merged)


def normal(*kinds: st.SearchStrategy[Run], least: int = 0) -> st.SearchStrategy[Runs]:
    return st.lists(st.one_of(*kinds), min_size=least, max_size=6).map(with_merged_texts)


def strong(*kinds: st.SearchStrategy[Run]) -> st.SearchStrategy[Run]:
    return st.builds(Strong, normal(*kinds, least=1))


links = st.builds(Link, normal(texts, variables, strong(texts, variables), least=1), addresses)
all_runs = normal(texts, variables, references, links, strong(texts, variables, references, links))


@given(strings)
@example("\\")
@example("**")
@example("****")
@example("[](")
@example("[**](x)")
@example("**[**](x)")
def test_any_string_parses_to_runs_that_write_back(source: str) -> None:
    runs = parse(source).runs
    again = parse(markup(runs))
    assert again.runs == runs
    assert again.problems == ()


@given(all_runs)
def test_runs_survive_being_written_and_parsed(runs: Runs) -> None:
    parsed = parse(markup(runs))
    assert parsed.runs == runs
    assert parsed.problems == ()


@given(strings)
def test_escaped_text_is_that_text(source: str) -> None:
    assert plain(parse(markup((Text(source),))).runs) == source


@given(strings)
def test_problems_lie_inside_the_string_and_in_order(source: str) -> None:
    offsets = [problem.offset for problem in parse(source).problems]
    assert all(0 <= offset < len(source) for offset in offsets)
    assert offsets == sorted(offsets)


@given(strings)
def test_writing_back_changes_nothing_but_escapes(source: str) -> None:
    parsed = parse(source)
    if not parsed.problems:
        assert markup(parsed.runs).replace("\\", "") == source.replace("\\", "")


@given(strings)
@example("[{a}](x)")
@example("**[b {a}](x) {@c}**")
@example("[{a}]()")
def test_marks_name_every_link_reference_and_variable_where_it_is_written(source: str) -> None:
    parsed = parse(source)
    nested = [run for run in walk(parsed.runs) if isinstance(run, Link | Ref | Var)]
    assert [run for run, _ in parsed.marks] == nested
    for run, offset in parsed.marks:
        written = f"]({run.href})" if isinstance(run, Link) else markup((run,))
        assert source[offset:].startswith(written)


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("", ()),
        ("Plain.", (Text("Plain."),)),
        ("a **b** c", (Text("a "), Strong((Text("b"),)), Text(" c"))),
        ("**重要。**您", (Strong((Text("重要。"),)), Text("您"))),
        ("您**重要。**您", (Text("您"), Strong((Text("重要。"),)), Text("您"))),
        ("**a****b**", (Strong((Text("a"),)), Strong((Text("b"),)))),
        ("[site](https://x.org/?a=1&b=[2])", (Link((Text("site"),), "https://x.org/?a=1&b=[2]"),)),
        ("[**a** {b}](https://x)", (Link((Strong((Text("a"),)), Text(" "), Var("b")), "https://x"),)),
        (
            "**[a](x) {b} {@c}**",
            (Strong((Link((Text("a"),), "x"), Text(" "), Var("b"), Text(" "), Ref("c"))),),
        ),
        ("{@use.security-2}", (Ref("use.security-2"),)),
        ("{hot_line}", (Var("hot_line"),)),
        (r"\*\*a\*\* \[b\] \{c\} \\", (Text(r"**a** [b] {c} " + "\\"),)),
        (r"[a\]b](x)", (Link((Text("a]b"),), "x"),)),
        ("5 * 3 * 2", (Text("5 * 3 * 2"),)),
        ("[1] and [a] (b)", (Text("[1] and [a] (b)"),)),
        ("a\nb", (Text("a\nb"),)),
    ],
)
def test_grammar(source: str, runs: Runs) -> None:
    assert parse(source).runs == runs
    assert parse(source).problems == ()


@pytest.mark.parametrize(
    ("source", "faults", "shown"),
    [
        ("a **b", [("T501", 2)], "a **b"),
        ("a **b** c **", [("T501", 10)], "a b c **"),
        ("a **** b", [("T501", 2)], "a **** b"),
        ("[a **b](x)", [("T501", 3)], "a **b"),
        ("[a](b c)", [("T502", 2)], "[a](b c)"),
        ("[a]()", [("T502", 0)], "[a]()"),
        ("[](x)", [("T502", 0)], "[](x)"),
        ("a](x)", [("T502", 1)], "a](x)"),
        ("[a [b](x)](y)", [("T502", 9)], "[a b](y)"),
        ("{@Use}", [("T505", 0)], "{@Use}"),
        ("a {} b", [("T505", 2)], "a {} b"),
        ("{@use", [("T505", 0)], "{@use"),
        ("use}", [("T505", 3)], "use}"),
        ("[{@use}](x)", [("T505", 1)], "{@use}"),
        ("{a\nb}", [("T505", 0), ("T505", 4)], "{a\nb}"),
        (r"\n", [("T508", 0)], r"\n"),
        ("end\\", [("T508", 3)], "end\\"),
        ("{ **a", [("T505", 0), ("T501", 2)], "{ **a"),
    ],
)
def test_faulty_markup_is_reported_and_shown_as_written(
    source: str, faults: list[tuple[str, int]], shown: str
) -> None:
    parsed = parse(source)
    assert [(problem.code, problem.offset) for problem in parsed.problems] == faults
    assert plain(parsed.runs) == shown


def test_plain_shows_labels_and_values() -> None:
    runs = (Strong((Ref("use", "Article 4"),)), Text(", "), Link((Var("hotline", "400"),), "tel:400"))
    assert plain(runs) == "Article 4, 400"


def seconds(work: Callable[[str], object], source: str) -> float:
    def once() -> float:
        start = time.process_time()
        work(source)
        return time.process_time() - start

    gc.disable()  # a collection walks through all that other tests left
    try:
        return min(once() for _ in range(3))
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "part",
    ["[", "]", "](", "**", "**a", "{", "}", "{a}", "\\", "\\*", "[a](", "[a](x)", "[\\[", "[a](x", "[**a]("],
)
def test_parsing_takes_linear_time(part: str) -> None:
    source = part * (100_000 // len(part))
    quarter = max(seconds(parse, source[: len(source) // 4]), 0.002)
    assert seconds(parse, source) < 10 * quarter  # sixteen times, were it quadratic
