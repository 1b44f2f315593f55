"""Markup inside texts."""

from __future__ import annotations

from typing import Any

import pytest

from policypress.core.checks.inline import check, is_safe
from policypress.core.checks.texts import clause_texts
from policypress.core.diagnostics import Finding
from policypress.core.source import Draft
from tests.core.drafts import both, clause, draft


def findings(made: Draft) -> list[Finding]:
    return list(check(made, tuple(clause_texts(made))))


def in_text(en: str, **more: Any) -> list[Finding]:
    return findings(draft(clause("a", en, **more)))


@pytest.mark.parametrize(
    "text",
    [
        "See [our site](https://example.com) and **read** {@a}.",
        "If x < 3 and y > 2, then a & b.",
        "AT&T; R&D; Q&A.",
        "See 1.1(a) or [1].",
        "1.1 As said above.",
        "10 days after, we - or others - may act.",
        "-30 degrees and #1.",
        "It costs 5 * 3 euros, or file_name_x.",
        "Don`t quote.",
        r"Braces \{x\}, brackets \[y\], stars \*\*z\*\*.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert in_text(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<b>x</b>",
            "<script>",
            "</p>",
            "&nbsp;",
            "&#160;",
            "# Title",
            "- item",
            "* item",
            "1. item",
            "> quote",
        ),
        *("`code`", "__strong__", "One.\n- item", "One.\n1. item"),
    ],
)
def test_what_looks_like_markup_is_pointed_at(text: str) -> None:
    assert {found.code for found in in_text(text)} == {"T510"}


@pytest.mark.parametrize(
    "text", ["{nope}", "**{nope}**", "[{nope}](https://x.org)", "a {nope} b", "**[{nope}](tel:1)**"]
)
def test_an_undefined_variable_is_found_wherever_it_stands(text: str) -> None:
    (found,) = in_text(text)
    assert (found.code, found.place.offset) == ("T506", text.index("{nope}"))


@pytest.mark.parametrize("text", ["{@nope}", "**{@nope}**", "a {@nope} b"])
def test_a_reference_to_nothing_is_found_wherever_it_stands(text: str) -> None:
    (found,) = in_text(text)
    assert (found.code, found.place.offset) == ("T504", text.index("{@nope}"))


@pytest.mark.parametrize("text", ["[a](data:x)", "**[a](data:x)**", "a [b](data:x) c"])
def test_an_unsafe_link_is_found_wherever_it_stands(text: str) -> None:
    (found,) = in_text(text)
    assert (found.code, found.place.offset) == ("T503", text.index("](data:x)"))


def test_each_use_of_an_undefined_variable_is_reported_at_its_own_place() -> None:
    text = "\\{nope} {nope}\nand {nope}."
    at = [found.place.offset for found in in_text(text) if found.code == "T506"]
    assert at == [8, 19]


def test_a_place_is_that_in_the_source_and_not_in_the_joined_paragraph() -> None:
    made = draft(clause("a", "One.", "第一句。\n第二句{nope}。\n\n第三句{nope}。"))
    assert [found.place.offset for found in findings(made)] == [8, 20]


def test_a_variable_that_stands_alone_is_used() -> None:
    assert findings(draft(clause("a", "{hotline}", "{hotline}"), variables={"hotline": "400"})) == []


def test_an_unused_variable_is_pointed_at_by_its_key() -> None:
    (found,) = findings(draft(clause("a", r"\{hotline\}"), variables={"hotline": "400"}))
    assert (found.code, found.place.path, found.place.on_key) == ("T507", ("variables", "hotline"), True)


def test_in_an_incomplete_draft_a_missing_clause_or_use_proves_nothing() -> None:
    made = draft(clause("a", "See {@b}."), complete=False, variables={"hotline": "400"})
    assert findings(made) == []


def test_a_clause_with_neither_label_nor_heading_cannot_be_referred_to() -> None:
    loose = {"id": "a.b", "kind": "paragraph", "text": both("One.", "一。")}
    (found,) = in_text("See {@a.b}.", children=[loose])
    assert found.code == "T509"


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com",
        "http://example.com/a?b=c&d=%20#e",
        "mailto:a@b.org",
        "tel:+86-400-164-7979",
        "HTTPS://x.org",
    ],
)
def test_safe_addresses(href: str) -> None:
    assert is_safe(href)


@pytest.mark.parametrize(
    "href",
    [
        *(
            "javascript:alert",
            "JavaScript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://x.org",
        ),
        *(
            "//evil.org",
            "/relative",
            "relative",
            "#a",
            "?a",
            "",
            "https:",
            "https:///x",
            "https:x",
            "mailto:",
            "tel:",
        ),
        *(
            "https://[::1",
            "java\tscript:x",
            "https://x.org/<b>",
            'https://x.org/"',
            "https://x.org/\x00",
            " https://x.org",
        ),
        *("https://x.org/\\", "blob:https://x.org/1"),
    ],
)
def test_unsafe_addresses(href: str) -> None:
    assert not is_safe(href)
