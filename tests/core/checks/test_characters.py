"""Suspicious characters: what must be pointed at, and above all what must not."""

from __future__ import annotations

from typing import Any

import pytest

from policypress.core.checks.characters import check
from policypress.core.checks.texts import clause_texts
from policypress.core.diagnostics import Finding
from policypress.core.source import Draft
from tests.core.drafts import both, clause, codes, draft, policy


def findings(made: Draft) -> list[Finding]:
    return list(check(made, tuple(clause_texts(made))))


def in_text(en: str = "We use it.", zh: str = "我们使用。", **more: Any) -> list[Finding]:
    return findings(draft(clause("a", en, zh, **more)))


@pytest.mark.parametrize(
    "text",
    [
        "We may collect (a) your name; (b) your email, etc.; and (c) your phone number.",
        "See section 1.1(a), 1.1(b) and 2.",
        "“Personal information” means any information, e.g., a name.",
        "He said: “Read the user’s guide.”",
        "Is this consent?",
        "It is (or may be) so…",
        "Café, naïve and Zürich – 5 €, § 3, © 2024.",
        "The following:",
        "Help you complete registration;",
        "delete your account; and",
        "delete your account; or",
        "delete your account, and/or",
        "**Read this carefully.**",
        "**“Read this carefully.”**",
        "Visit [our site](https://example.com/a?b=1,2;3).",
        "Our Chinese name is 示例公司（中国）.",
        "Line one.\nLine two.\n\nA paragraph.\n",
    ],
)
def test_well_formed_english_is_left_alone(text: str) -> None:
    assert in_text(en=text) == []


@pytest.mark.parametrize(
    "text",
    [
        "我们可能收集：（一）您的姓名；（二）您的邮箱，等等；",
        "“个人信息”是指任何信息，例如姓名、电话等。",
        "参见1.1(a)和第2.3条。",
        "使用VSO Cloud的产品，版本为1.2.3。",
        "请访问https://example.com/a?b=1,2;3#c。",
        "请访问[我们的网站](https://example.com/a?b=1,2)。",
        "请发邮件至privacy@example.com，或致电400-164-7979。",
        "时间为09:00-18:00，比例为3:1。",
        "这是否构成同意？",
        "请仔细阅读……",
        "**请仔细阅读。**您同意吗？",
        "删除您的账号；以及",
        "删除您的账号；或者",
        "《隐私政策》与《用户协议》（统称“协议”）。",
        "第一句。\n第二句。\n\n另一段。\n",
        "使用Cookie\nAPI接口。",
    ],
)
def test_well_formed_chinese_is_left_alone(text: str) -> None:
    assert in_text(zh=text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b.", ["C601"]),
        ("a\x85b.", ["C601"]),
        ("a\u2028b.", ["C601"]),
        ("a\uffffb.", ["C601"]),
        ("a\ufffeb.", ["C601"]),
        ("a\u202eb.", ["C602"]),
        ("a\u2066b.", ["C602"]),
        ("a\u200bb.", ["C606"]),
        ("a\xadb.", ["C606"]),
        ("a\ue000b.", ["C606"]),
        ("a\U000e0041b.", ["C606"]),
        ("a\ufffdb.", ["C606"]),
        ("cafe\u0301.", ["C606"]),
        ("a。", ["C603"]),
        ("a，b.", ["C603"]),
        ("（a).", ["C603"]),
        ("One.  Two.", ["C607"]),
        ("One. \nTwo.", ["C607"]),
        ("One.\tTwo.", ["C601"]),
        ("It stops", ["C605"]),
        ("It stops,", ["C605"]),
        ("It stops and", ["C605"]),
        ("One.\n\nIt stops\n\nThree.", ["C605"]),
        ("**It stops**", ["C605"]),
    ],
)
def test_english_is_pointed_at(text: str, expected: list[str]) -> None:
    assert codes(in_text(en=text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您的姓名,邮箱。", ["C604"]),
        ("您的姓名.", ["C604"]),
        ("您好!", ["C604"]),
        ("收集(一)姓名。", ["C604", "C604"]),
        ("使用 Cookie。", ["C608"]),
        ("Cookie 接口。", ["C608"]),
        ("我们收集", ["C605"]),
        ("我们收集，", ["C605"]),
        ("我们收集和", ["C605"]),
    ],
)
def test_chinese_is_pointed_at(text: str, expected: list[str]) -> None:
    assert codes(in_text(zh=text)) == expected


def test_it_points_at_the_character() -> None:
    (found,) = in_text(en="One.\nTwo\u200b.\n")
    assert found.place.path == ("text", "en")
    assert found.place.offset == 8
    assert "ZERO WIDTH SPACE" in found.message


def test_the_end_of_a_paragraph_is_pointed_at_in_the_source() -> None:
    (found,) = in_text(en="One.\n\nIt\nstops\n\nThree.\n")
    assert found.place.offset == len("One.\n\nIt\nstop")


def test_headings_and_list_items_need_no_full_stop() -> None:
    item = {"id": "a.b", "kind": "item", "text": both("your name", "您的姓名")}
    assert in_text(children=[item]) == []


def test_a_list_item_may_not_stop_at_a_comma() -> None:
    item = {"id": "a.b", "kind": "item", "text": both("your name,", "您的姓名，")}
    assert codes(in_text(children=[item])) == ["C605", "C605"]


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ({"title": both("Privacy\u200b", "隐私")}, ("title", "en")),
        ({"variables": {"x": "a\u200b"}}, ("variables", "x")),
        ({"variables": {"x": both("a", "某\u200b")}}, ("variables", "x", "zh-Hans")),
        (
            {"publisher": {"name": both("a\u200b", "某"), "contact": both("a", "某")}},
            ("publisher", "name", "en"),
        ),
    ],
)
def test_the_texts_of_the_policy_are_looked_at_too(field: dict[str, Any], path: tuple[str, ...]) -> None:
    (found,) = findings(draft(clause("a"), **field))
    assert (found.code, found.place.path) == ("C606", path)


def test_languages_that_are_neither_latin_nor_chinese_are_not_judged_by_those_rules() -> None:
    languages = {"en": {"status": "official"}, "ru": {"status": "official"}}
    made = draft(
        {"id": "a", "text": {"en": "We use it.", "ru": "Мы используем（это）."}}, languages=languages
    )
    assert tuple(policy(languages=languages).languages) == ("en", "ru")
    assert findings(made) == []
