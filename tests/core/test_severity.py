"""How far a text moved: the floor for each language, and the words of severities."""

from __future__ import annotations

import pytest
from hypothesis import given

from policypress.core.rules import RULES
from policypress.core.severity import Rule, Severity
from policypress.core.wording import text_rules
from tests.support.documents import texts

TABLE: list[tuple[str, str, str, str]] = [
    ("en", "We keep it.", "We keep it!", "text.punctuation"),
    ("en", "We keep it.", "we KEEP  it", "text.punctuation"),
    ("en", "We keep it.", "We hold it.", "text.reworded"),
    ("en", "within 30 days", "within 31 days", "text.number"),
    ("en", "within 30 days", "within some days", "text.number"),
    ("en", "on 2026-01-01", "on 2026-01-02", "text.number"),
    ("en", "1,000 dollars", "10,00 dollars", "text.number"),
    ("en", "1.5 million", "1.6 million", "text.number"),
    ("en", "We may share.", "We must share.", "text.modality"),
    ("en", "We may share.", "We will share.", "text.modality"),
    ("en", "We shall share.", "We should share.", "text.modality"),
    ("en", "We share it.", "We do not share it.", "text.modality"),
    ("en", "We cannot.", "We can.", "text.modality"),
    ("en", "We don't share.", "We do share.", "text.modality"),
    ("en", "We don’t share.", "We do share.", "text.modality"),
    ("en", "with consent", "without consent", "text.modality"),
    ("en", "Share it.", "Share it only here.", "text.modality"),
    ("en", "the mayor", "the major", "text.reworded"),
    ("en", "MAY we", "may they", "text.reworded"),
    ("zh-Hans", "我们可以共享。", "我们可以共享！", "text.punctuation"),
    ("zh-Hans", "我们可以共享。", "我们应当共享。", "text.modality"),
    ("zh-Hans", "我们必须共享。", "我们可以共享。", "text.modality"),
    ("zh-Hans", "我们共享。", "我们不共享。", "text.modality"),
    ("zh-Hans", "我们不得共享。", "我们不会共享。", "text.modality"),
    ("zh-Hans", "经您同意", "未经您同意", "text.modality"),
    ("zh-Hans", "无需同意", "需要同意", "text.modality"),
    ("zh-Hans", "保存30天", "保存60天", "text.number"),
    ("zh-Hans", "保存三十天", "保存六十天", "text.number"),
    ("zh-Hans", "十日内", "三日内", "text.number"),
    ("zh-Hans", "我们共享。", "我们共用。", "text.reworded"),
]


def text_rule(old: str, new: str, tag: str) -> Rule:
    return text_rules(old, new, tag)[0]


@pytest.mark.parametrize(("tag", "old", "new", "rule"), TABLE)
def test_a_changed_text_has_its_rule_in_either_direction(tag: str, old: str, new: str, rule: str) -> None:
    assert text_rule(old, new, tag).id == rule
    assert text_rule(new, old, tag).id == rule


@given(texts)
def test_the_same_words_move_nothing(text: str) -> None:
    assert text_rule(text, text, "en").floor == Severity.EDITORIAL


@given(texts, texts)
def test_any_two_texts_have_the_same_rule_both_ways(one: str, other: str) -> None:
    assert text_rule(one, other, "zh-Hans") == text_rule(other, one, "zh-Hans")


def test_what_is_undecided_counts_as_material() -> None:
    assert [severity.word for severity in Severity] == ["editorial", "minor", "material", "material"]
    assert sorted(Severity) == [Severity.EDITORIAL, Severity.MINOR, Severity.DECIDE, Severity.MATERIAL]


def test_every_rule_says_why_under_its_own_id() -> None:
    assert all(rule.id == name and rule.why for name, rule in RULES.items())


def test_no_rule_was_lost() -> None:
    """Ids are in releases for ever: a new one may be added here, none may go."""
    assert set(RULES) >= {
        *("clause.added", "clause.removed", "fact.changed-with-text", "publisher.changed"),
        "prevailing.changed",
        *("text.number", "text.modality", "text.link", "text.authoritative-alone", "variable.changed"),
        *("contact.changed", "document.changed", "text.reworded", "heading.reworded", "clause.moved-parent"),
        *("clause.moved", "clause.renumbered", "text.punctuation", "text.translation-alone"),
        "fact.annotated",
    }
