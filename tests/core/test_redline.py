"""The redline of two texts: exact whatever they are, and readable."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policypress.core.redline import Edit, Op, redline
from tests.support.paths import ROOT

TAGS = ["en", "zh-Hans", "th"]
ODD = [
    "\U0001f469\u200d\U0001f467",
    "e\u0301",
    "\u0301",
    "\r\n",
    "\u2028",
    "\ud800",
    "\x00",
    "\u3000",
    "\ufdfa",
]
ENGLISH = ["we", "may", "will", " ", "  ", "\n", ",", ".", "30", "2.5"]
CHINESE = ["我们", "可以", "三十日", "保存", "，", "。"]
PARTS = [*ENGLISH, *CHINESE, *ODD]
strings = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=60).map("".join),
    st.text(st.characters(exclude_categories=())),
)


def side(edits: tuple[Edit, ...], op: Op) -> str:
    return "".join(edit.text for edit in edits if edit.op in (Op.EQUAL, op))


@given(strings, strings, st.sampled_from(TAGS))
@example("", "", "en")
@example("a", "", "en")
@example("a\n\nb", "a\nb", "en")
@example("a\r\nb\u2028c", "a\nb c", "zh-Hans")
@example("\ud800保存", "保存\udfff", "zh-Hans")
def test_it_is_exact_whatever_the_texts_are(old: str, new: str, tag: str) -> None:
    edits = redline(old, new, tag)
    assert side(edits, Op.DELETE) == old
    assert side(edits, Op.INSERT) == new
    assert all(edit.text for edit in edits)
    for before, after in pairwise(edits):
        assert before.op != after.op
        assert (before.op, after.op) != (Op.INSERT, Op.DELETE)


@given(strings, st.sampled_from(TAGS))
def test_a_text_beside_itself_is_one_equal_run(text: str, tag: str) -> None:
    assert redline(text, text, tag) == ((Edit(Op.EQUAL, text),) if text else ())


@given(strings, strings, st.sampled_from(TAGS))
def test_the_same_texts_give_the_same_edits(old: str, new: str, tag: str) -> None:
    assert redline(old, new, tag) == redline(old, new, tag)


def cases() -> Iterator[tuple[str, str, str, str, str]]:
    """Name, language, old, new and drawn redline; `¶` is a line's end and `␍` a carriage return."""
    for path in sorted((ROOT / "tests/cases/redline").glob("*.txt")):
        for case in path.read_text("utf-8").rstrip("\n").split("\n\n"):
            name, *lines = (line[2:] for line in case.split("\n"))
            old, new, expected = (line.replace("¶", "\n").replace("␍", "\r") for line in lines)
            yield name, path.stem, old, new, expected


def drawn(edits: tuple[Edit, ...]) -> str:
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(marks[edit.op].format(edit.text) for edit in edits)


@pytest.mark.parametrize(
    ("tag", "old", "new", "expected"), [pytest.param(*case, id=name) for name, *case in cases()]
)
def test_a_person_reads_whole_phrases(tag: str, old: str, new: str, expected: str) -> None:
    assert drawn(redline(old, new, tag)) == expected


def test_there_are_cases_of_each_language() -> None:
    counted = Counter(case[1] for case in cases())
    assert min(counted["en"], counted["zh-Hans"]) >= 20


HARD = {
    "no common token": ("ab " * 3000, "cd " * 3000),
    "one long word": ("a" * 10_000, "b" * 10_000),
    "repeats": ("a b " * 2500, "b a c " * 2500),
    "all alike, one more": ("a " * 5000, "a " * 5001),
    "line ends": ("\n" * 10_000, "\n\n.\n" * 2500),
    "Chinese repeats": ("保存信息" * 2500, "信息不保存" * 2500),
    "shuffled": (" ".join(map(str, range(2500))), " ".join(str(i * 7 % 2500) for i in range(2500))),
}


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
@pytest.mark.parametrize(("old", "new"), HARD.values(), ids=HARD)
def test_hard_texts_are_quick_and_exact(old: str, new: str, tag: str) -> None:
    start = time.process_time()
    edits = redline(old, new, tag)
    assert time.process_time() - start < 2
    assert (side(edits, Op.DELETE), side(edits, Op.INSERT)) == (old, new)
