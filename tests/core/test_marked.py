"""Redlines over styled text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policypress.core.marked import Piece, marked
from policypress.core.redline import Op
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var, parse, plain, walk

WORDS = st.sampled_from(["we ", "keep ", "30", "30 days", " ", ".", "第三条", "我们保存", "。", "a\nb"])
texts = st.builds(Text, WORDS)
references = st.builds(Ref, st.just("use"), st.sampled_from(["", "3.1", "第三条", "Article 3"]))
variables = st.builds(Var, st.just("n"), st.sampled_from(["", "30", "30 days", "我们"]))
leaves = st.lists(st.one_of(texts, references, variables), min_size=1, max_size=4).map(tuple)
runs: st.SearchStrategy[Runs] = st.lists(
    st.one_of(
        texts, references, variables, st.builds(Strong, leaves), st.builds(Link, leaves, st.just("https:x"))
    ),
    max_size=8,
).map(tuple)
clauses = st.lists(runs, max_size=4).map(tuple)


def printed(pieces: tuple[Piece, ...], op: Op) -> str:
    kept = (piece for piece in pieces if piece.op in (Op.EQUAL, op))
    return "".join(plain(piece.runs) if piece.runs else "\n" for piece in kept)


def flat(paragraphs: tuple[Runs, ...]) -> str:
    return "\n".join(plain(each) for each in paragraphs)


def atoms(paragraphs: tuple[Runs, ...]) -> set[Run]:
    return {run for each in paragraphs for run in walk(each) if isinstance(run, Ref | Var)}


@given(clauses, clauses, st.sampled_from(["en", "zh-Hans"]))
def test_it_is_exact_whatever_the_clauses_are(old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str) -> None:
    pieces = marked(old, new, tag)
    assert printed(pieces, Op.DELETE) == flat(old)
    assert printed(pieces, Op.INSERT) == flat(new)
    shown = tuple(piece.runs for piece in pieces)
    assert atoms(shown) <= atoms(old) | atoms(new)


def drawn(pieces: tuple[Piece, ...]) -> str:
    """`[-deleted-]{+inserted+}`, a paragraph's end as `¶`."""
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(marks[piece.op].format(source(piece.runs) if piece.runs else "¶") for piece in pieces)


def source(runs: Runs) -> str:
    return "".join(
        f"<{run.label}>"
        if isinstance(run, Ref)
        else f"<{run.value}>"
        if isinstance(run, Var)
        else f"**{source(run.children)}**"
        if isinstance(run, Strong)
        else f"[{source(run.children)}]({run.href})"
        if isinstance(run, Link)
        else run.value
        for run in runs
    )


def styled(*paragraphs: str) -> tuple[Runs, ...]:
    return tuple(parse(each).runs for each in paragraphs)


def test_styles_are_cut_with_the_text() -> None:
    pieces = marked(styled("We **never share** it."), styled("We **share** it."), "en")
    assert drawn(pieces) == "We [-**never **-]**share** it."


def test_equal_text_looks_as_in_the_new_clause() -> None:
    pieces = marked(styled("See [here](https://a) now."), styled("See [here](https://b) **then**."), "en")
    assert drawn(pieces) == "See [here](https://b) [-now-]{+**then**+}."


def test_paragraphs_end_as_pieces_without_runs() -> None:
    pieces = marked(styled("One.", "Two."), styled("One.", "New.", "Two."), "en")
    assert drawn(pieces) == "One.¶{+New.+}{+¶+}Two."


def test_a_reference_is_never_cut() -> None:
    old = ((Text("See "), Ref("use", "Article 3"), Text(" now.")),)
    new = ((Text("See "), Ref("use", "Article 4"), Text(" now.")),)
    assert drawn(marked(old, new, "en")) == "See [-<Article 3>-]{+<Article 4>+} now."


def test_text_beside_a_reference_that_prints_the_same_is_equal() -> None:
    old, new = ((Text("See Article 3 now."),),), ((Text("See "), Ref("use", "Article 3"), Text(" now.")),)
    assert drawn(marked(old, new, "en")) == "See <Article 3> now."


def test_text_beside_a_variable_that_prints_more_gives_way_to_all_of_it() -> None:
    old, new = ((Text("for 30 days"),),), ((Text("for "), Var("term", "60 days")),)
    assert drawn(marked(old, new, "en")) == "for [-30 days-]{+<60 days>+}"
