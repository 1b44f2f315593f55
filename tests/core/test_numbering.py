"""Labels from positions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.assemble import label_all
from policypress.core.kinds import CHILDREN, Kind
from policypress.core.model import Label
from policypress.core.numbering import FORMATS, alpha, faults, han, label, positions, roman, template
from policypress.core.source import ClauseSource
from tests.core.drafts import policy

HAN = {
    **dict(enumerate("零一二三四五六七八九十")),
    **{10 + n: "十" + digit for n, digit in enumerate("一二三四五六七八九", 1)},
    20: "二十",
    21: "二十一",
    30: "三十",
    99: "九十九",
    100: "一百",
    101: "一百零一",
    110: "一百一十",
    111: "一百一十一",
    1000: "一千",
    1001: "一千零一",
    1010: "一千零一十",
    1100: "一千一百",
    9999: "九千九百九十九",
    10000: "一万",
    10001: "一万零一",
    10010: "一万零一十",
    11000: "一万一千",
    20000: "二万",
    100000: "十万",
    110000: "十一万",
}
ALPHA = {1: "a", 2: "b", 26: "z", 27: "aa", 28: "ab", 52: "az", 53: "ba", 702: "zz", 703: "aaa"}
ROMAN = {1: "i", 2: "ii", 3: "iii", 4: "iv", 5: "v", 6: "vi", 9: "ix", 14: "xiv", 40: "xl", 90: "xc"}
ROMAN |= {400: "cd", 900: "cm", 1994: "mcmxciv", 3999: "mmmcmxcix"}
CITIES = {"en": "Article {n}", "zh-Hans": "第{n:han}条"}


@pytest.mark.parametrize(("n", "numeral"), HAN.items())
def test_chinese_numerals(n: int, numeral: str) -> None:
    assert han(n) == numeral


@pytest.mark.parametrize("name", ["han", "alpha", "upperalpha", "upperroman"])
def test_no_two_numbers_look_alike(name: str) -> None:
    assert len({FORMATS[name](n) for n in range(1, 20_001)}) == 20_000


@pytest.mark.parametrize(("n", "letters"), ALPHA.items())
def test_letters(n: int, letters: str) -> None:
    assert alpha(n) == letters
    assert FORMATS["upperalpha"](n) == letters.upper()


@pytest.mark.parametrize(("n", "letters"), ROMAN.items())
def test_roman_numerals(n: int, letters: str) -> None:
    assert roman(n) == letters
    assert FORMATS["upperroman"](n) == letters.upper()


@pytest.mark.parametrize(
    ("made_of", "expected"),
    [
        (("Article {n}.", None, "", 4), Label("Article 4.", "Article 4", "4")),
        (("第{n:han}条", None, "", 12), Label("第十二条", "第十二条", "12")),
        (("{n}、", None, "", 3), Label("3、", "3", "3")),
        (("{parent}.{n}", None, "1.2", 5), Label("1.2.5", "1.2.5", "1.2.5")),
        (("({n})", "{parent}({n})", "1.2.5", 1), Label("(1)", "1.2.5(1)", "1")),
        (("{n:roman})", None, "9", 4), Label("iv)", "iv)", "4")),
        (("{parent}{n:alpha}", None, "2", 2), Label("2b", "2b", "2b")),
        (("{n} of {n}", None, "", 2), Label("2 of 2", "2 of 2", "2")),
    ],
)
def test_templates_are_filled(made_of: tuple[str, str | None, str, int], expected: Label) -> None:
    assert label(*made_of) == expected


@pytest.mark.parametrize(
    "good", ["{n}", "{n:han}", "{n:alpha}.", "{parent}.{n}", "({n:upperroman})", "第{n}条"]
)
def test_a_usable_template_has_no_faults(good: str) -> None:
    assert faults(good) == []


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("Article", "{n}"),
        ("", "{n}"),
        ("{parent}", "{n}"),
        ("{n:roma}", "{n:roma}"),
        ("{number}", "{number}"),
        ("{parent:han}.{n}", "{parent:han}"),
        ("{n", "`{`"),
        ("n}", "`}`"),
        ("{{n}}", "`{`"),
        ("{N}", "{N}"),
    ],
)
def test_a_fault_names_what_is_wrong(bad: str, named: str) -> None:
    assert named in faults(bad)[0]


def test_a_template_may_be_one_for_all_or_one_for_each_language() -> None:
    assert template("{n}", "en") == "{n}"
    assert template(CITIES, "zh-Hans") == "第{n:han}条"
    assert template(CITIES, "de") is None
    assert template(None, "en") is None


@given(st.lists(st.sampled_from([None, *Kind])))
def test_siblings_of_a_kind_count_from_one_without_gaps(kinds: list[Kind | None]) -> None:
    numbers: dict[Kind | None, list[int]] = defaultdict(list)
    for kind, number in zip(kinds, positions(kinds), strict=True):
        numbers[kind].append(number)
    unnumbered = numbers.pop(None, [])
    assert set(unnumbered) <= {0}
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


@st.composite
def trees(draw: st.DrawFn, parent: Kind | None = None, depth: int = 0) -> list[dict[str, Any]]:
    """Siblings with children, with ids that tell the path."""
    count = draw(st.integers(0 if depth else 1, max(1, 4 - depth)))
    siblings = []
    for _ in range(count):
        kind = draw(st.sampled_from(CHILDREN[parent]))
        children = draw(trees(kind, depth + 1)) if depth < 3 else []
        number = draw(st.sampled_from([None, None, None, "none", "reserved"]))
        siblings.append({"kind": kind, "number": number, "children": children})
    return siblings


def with_ids(siblings: list[dict[str, Any]], prefix: str = "c") -> list[dict[str, Any]]:
    return [
        {**one, "id": f"{prefix}{index}", "children": with_ids(one["children"], f"{prefix}{index}.c")}
        for index, one in enumerate(siblings)
    ]


@given(trees().map(with_ids))
def test_any_tree_is_numbered_without_gaps(tree: list[dict[str, Any]]) -> None:
    numbering = {
        kind.value: {"label": "{n}", "cite": "{parent}/{n}"} for kind in Kind if kind is not Kind.NOTE
    }
    top = [ClauseSource.model_validate(one) for one in tree]
    labels = label_all(policy(numbering=numbering), top)
    check_siblings(top, labels)
    assert len(labels) == count(top)


def check_siblings(siblings: list[ClauseSource], labels: dict[str, Any]) -> None:
    numbers: dict[Kind | None, list[str]] = defaultdict(list)
    for one in siblings:
        text = labels[one.id]["en"].text
        if one.number == "none" or one.kind is Kind.NOTE:
            assert text == ""
        else:
            numbers[one.kind].append(text)
        check_siblings(list(one.children), labels)
    assert all(found == [str(n) for n in range(1, len(found) + 1)] for found in numbers.values())


def count(siblings: list[ClauseSource]) -> int:
    return sum(1 + count(list(one.children)) for one in siblings)


def labels_of(*tree: dict[str, Any]) -> dict[str, str]:
    top = [ClauseSource.model_validate(one) for one in tree]
    return {name: labels["en"].text for name, labels in label_all(policy(), top).items()}


def test_a_note_between_two_sections_leaves_no_gap() -> None:
    children = [{"id": "a.a"}, {"id": "a.note", "kind": "note"}, {"id": "a.b"}]
    assert labels_of({"id": "a", "children": children}) == {
        "a": "Article 1.",
        "a.a": "1.1",
        "a.note": "",
        "a.b": "1.2",
    }


def test_an_unnumbered_clause_takes_no_number_and_lends_its_parents_to_its_children() -> None:
    loose = {"id": "a.b", "number": "none", "children": [{"id": "a.b.c"}]}
    found = labels_of({"id": "a", "children": [{"id": "a.a"}, loose, {"id": "a.d"}]})
    assert found == {"a": "Article 1.", "a.a": "1.1", "a.b": "", "a.b.c": "1.1", "a.d": "1.2"}


def test_a_reserved_number_is_not_given_again() -> None:
    assert labels_of({"id": "a", "number": "reserved"}, {"id": "b"}) == {"a": "Article 1.", "b": "Article 2."}


def test_a_clause_that_moves_changes_its_label_and_not_its_id() -> None:
    first, second = {"id": "a"}, {"id": "b"}
    assert labels_of(first, second)["b"] == "Article 2."
    assert labels_of(second, first)["b"] == "Article 1."
