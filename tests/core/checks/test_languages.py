"""Languages: all that are declared, and the same shape in each."""

from __future__ import annotations

from typing import Any

import pytest

from policypress.core.checks.languages import check
from tests.core.drafts import POLICY, both, clause, codes, draft

THREE = {**POLICY["languages"], "de": {"status": "convenience"}}


def test_a_policy_in_all_its_languages_is_left_alone() -> None:
    assert list(check(draft(clause("a")))) == []


def test_a_policy_in_one_language_is_left_alone() -> None:
    one: dict[str, Any] = {key: {"en": POLICY[key]["en"]} for key in ("title", "languages")}
    publisher = {"name": {"en": "Example"}, "contact": {"en": "a@b.org"}}
    made = draft(
        {"id": "a", "text": {"en": "One."}},
        **one,
        publisher=publisher,
        numbering={"article": {"label": "{n}"}},
    )
    assert list(check(made)) == []


def test_a_third_language_is_missed_wherever_texts_stand() -> None:
    places = {
        found.place.path for found in check(draft(clause("a"), languages=THREE)) if found.code == "L401"
    }
    assert places == {
        ("title",),
        ("publisher", "name"),
        ("publisher", "contact"),
        ("numbering", "article", "label"),
        ("numbering", "item", "label"),
        ("numbering", "item", "cite"),
        ("heading",),
        ("text",),
    }


def test_a_language_that_is_not_declared_is_pointed_at_by_its_key() -> None:
    (found,) = check(draft(clause("a", heading={**both("Use", "使用"), "fr": "Usage"})))
    assert (found.code, found.place.path, found.place.on_key) == ("L402", ("heading", "fr"), True)


@pytest.mark.parametrize(
    "texts",
    [
        both("One. {@a} {x}\n\nTwo.", "一。\n\n二。{x}{@a}"),
        both("One.\nTwo.\nThree.", "一。"),
        both(r"A \{brace\}.", "一。"),
        both("{@a} and {@a}", "{@a}"),
    ],
)
def test_the_same_paragraphs_references_and_variables_in_any_order_are_the_same_shape(
    texts: dict[str, str],
) -> None:
    assert list(check(draft({"id": "a", "text": texts}, variables={"x": "1"}))) == []


@pytest.mark.parametrize(
    ("texts", "code", "message"),
    [
        (both("One.\n\nTwo.", "一。"), "L407", "1 paragraph here, 2 paragraphs in `en`"),
        (both("See {@a}.", "见上。"), "L408", "{@a} stands in only one of `en` and `zh-Hans`"),
        (both("Call.", "致电{x}。"), "L408", "{x} stands in only one of `en` and `zh-Hans`"),
        (both("**[{x}](tel:1)**", "致电。"), "L408", "{x} stands in only one of `en` and `zh-Hans`"),
    ],
)
def test_shapes_that_differ_are_pointed_at_in_the_translation(
    texts: dict[str, str], code: str, message: str
) -> None:
    (found,) = check(draft({"id": "a", "text": texts}, variables={"x": "1"}))
    assert (found.code, found.message, found.place.path) == (code, message, ("text", "zh-Hans"))


def test_an_empty_translation_is_one_fault_and_not_three() -> None:
    assert codes(check(draft({"id": "a", "text": both("See {@a}.\n\nTwo.", " \n")}))) == ["L403"]


def test_an_empty_source_is_one_fault_and_not_one_in_each_translation() -> None:
    assert codes(check(draft({"id": "a", "text": both(" \n", "见{@a}。\n\n二。")}))) == ["L403"]


@pytest.mark.parametrize("prevailing", ["en", "zh-Hans", "equal", "unstated"])
def test_what_may_prevail(prevailing: str) -> None:
    assert list(check(draft(clause("a"), prevailing=prevailing))) == []


@pytest.mark.parametrize(
    "change", [{"prevailing": "de"}, {"source_language": "de"}, {"source_language": "equal"}]
)
def test_only_a_declared_language_prevails_or_is_the_source(change: dict[str, Any]) -> None:
    assert codes(check(draft(clause("a"), **change))) == ["L405"]
