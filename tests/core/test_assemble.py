"""This repository's policy, assembled, and its releases: numbers, references and words are the source's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from policypress.core.assemble import assemble
from policypress.core.diff import diff
from policypress.core.model import Document, Label, Node, walk
from policypress.core.text import Link, Ref, Runs, Strong, Text, Var, plain
from policypress.core.text import walk as walk_runs
from policypress.read.ledger import read_release
from policypress.read.workspace import read_policy
from tests.core.drafts import both, clause, draft
from tests.support.paths import ROOT

SOURCE = (ROOT / "tests/fixtures/vso-cloud-privacy-policy.en.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def document() -> Document:
    read = read_policy(ROOT, ROOT / "policy_src/privacy")
    assert read.draft is not None
    return assemble(read.draft)


@pytest.fixture(scope="module")
def nodes(document: Document) -> dict[str, Node]:
    return {node.id: node for node in walk(document.nodes)}


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("notice", "", ""),
        ("collect", "Article 1.", "第一条"),
        ("use", "Article 4.", "第四条"),
        ("supplementary", "Article 10.", "第十条"),
        ("collect.usage.tips", "1.2.5", "1.2.5"),
        ("collect.usage.tips.association", "(1)", "（1）"),
        ("collect.usage.tips.refusal", "(2)", "（2）"),
        ("collect.provided.sensitive.note", "", ""),
        ("share.affiliates", "5.1.1", "5.1.1"),
    ],
)
def test_labels_are_those_of_the_source(nodes: dict[str, Node], name: str, en: str, zh: str) -> None:
    assert {tag: label.text for tag, label in nodes[name].labels.items()} == both(en, zh)


def test_a_reference_prints_the_label_of_its_target_in_the_readers_language(nodes: dict[str, Node]) -> None:
    text = nodes["share.affiliates"].text
    assert "the objectives listed in Article 4, we will" in plain(text["en"][0])
    assert "为实现第四条所列目的" in plain(text["zh-Hans"][0])
    assert Ref("use", "Article 4") in text["en"][0]


def test_a_variable_prints_its_value(nodes: dict[str, Node]) -> None:
    text = nodes["notice.about"].text
    assert "customer service hotline 400-164-7979 for" in plain(text["en"][0])
    assert "客服热线400-164-7979联系" in plain(text["zh-Hans"][0])


def shown(document: Document, tag: str) -> Iterator[str]:
    """All that a reader sees, in order."""
    yield document.title[tag]
    for node in document.nodes:
        yield from shown_of(node, tag)


def shown_of(node: Node, tag: str) -> Iterator[str]:
    yield node.labels[tag].text
    yield plain(node.heading.get(tag, ()))
    yield from (plain(runs) for runs in node.text.get(tag, ()))
    for child in node.children:
        yield from shown_of(child, tag)
    yield from (plain(runs) for runs in node.closing.get(tag, ()))


def words(document: Document, tag: str) -> str:
    return " ".join(" ".join(shown(document, tag)).split())


@pytest.fixture(scope="module")
def first() -> Document:
    return read_release(ROOT / "policy_src/privacy", "1.0.0").document


def test_the_english_text_of_the_first_release_is_the_source_word_for_word(first: Document) -> None:
    """Every sentence, heading and number, in order, and nothing besides."""
    assert words(first, "en") == " ".join(SOURCE.split())


def test_the_second_release_is_the_first_one_with_three_corrections(first: Document) -> None:
    second = read_release(ROOT / "policy_src/privacy", "1.1.0").document
    english, chinese = words(first, "en"), words(first, "zh-Hans")
    for old, new in (
        ("government agencies。", "government agencies."),
        ("are subject to this Terms.", "are subject to this Privacy Policy."),
        ("This Terms does not", "This Privacy Policy does not"),
    ):
        assert english.count(old) == 1
        english = english.replace(old, new)
    assert chinese.count("本条款") == 2
    assert words(second, "en") == english
    assert words(second, "zh-Hans") == chinese.replace("本条款", "本隐私政策")
    assert [(change.kind, change.clause) for change in diff(first, second)] == [
        ("reworded", "share.law"),
        ("reworded", "scope.services"),
        ("reworded", "scope.exclusions"),
    ]


def test_every_clause_says_in_chinese_what_it_says_in_english(nodes: dict[str, Node]) -> None:
    assert len(nodes) > 50
    for node in nodes.values():
        for part in (node.heading, node.text, node.closing):
            assert set(part) in (set(), {"en", "zh-Hans"}), node.id
            assert all(part.values()), node.id
        assert len(node.text.get("en", ())) == len(node.text.get("zh-Hans", ())), node.id


def test_no_reference_or_variable_is_left_unfilled(nodes: dict[str, Node]) -> None:
    for node in nodes.values():
        for paragraph in all_texts(node):
            for run in walk_runs(paragraph):
                assert not isinstance(run, Ref) or run.label, node.id
                assert not isinstance(run, Var) or run.value, node.id


def all_texts(node: Node) -> Iterator[Runs]:
    yield from node.heading.values()
    for part in (node.text, node.closing):
        for paragraphs in part.values():
            yield from paragraphs


def only(document: Document, name: str) -> Node:
    return next(node for node in walk(document.nodes) if node.id == name)


def test_references_and_variables_are_filled_inside_strong_and_links() -> None:
    first = clause("a", "**See {@a}** and [call {hotline}](https://x.org).", "见{@a}，{hotline}。")
    made = assemble(draft(first, variables={"hotline": {"en": "one", "zh-Hans": "二"}}))
    strong, _, link, _ = only(made, "a").text["en"][0]
    assert strong == Strong((Text("See "), Ref("a", "Article 1")))
    assert link == Link((Text("call "), Var("hotline", "one")), "https://x.org")
    assert plain(only(made, "a").text["zh-Hans"][0]) == "见第一条，二。"


def test_an_unlabelled_clause_is_cited_by_its_heading() -> None:
    notice = clause("n", kind="notice", heading=both("Important **Notice**", "重要提示"))
    made = assemble(draft(notice, clause("a", "See {@n}.", "见{@n}。")))
    assert plain(only(made, "a").text["en"][0]) == "See Important Notice."
    assert plain(only(made, "a").text["zh-Hans"][0]) == "见重要提示。"


def test_items_are_cited_with_the_number_of_what_holds_them() -> None:
    item = {"id": "a.b.c.d", "text": both("See {@a.b.c.d}.", "见{@a.b.c.d}。")}
    tree = clause("a", children=[{"id": "a.b", "children": [{"id": "a.b.c", "children": [item]}]}])
    made = only(assemble(draft(tree)), "a.b.c.d")
    assert made.labels == {
        "en": Label("(1)", "1.1.1(1)", "1"),
        "zh-Hans": Label("（1）", "1.1.1（1）", "1"),
    }
    assert plain(made.text["en"][0]) == "See 1.1.1(1)."


def test_all_that_a_clause_says_reaches_the_document() -> None:
    whole = clause(
        "a",
        "One.\n\nTwo.\nThree.",
        facts=[{"purpose": "Marketing"}, {"data": "Name"}],
        replaces=["old.b", "old.a"],
        restores="1.2.0",
        closing=both("End.", "完。"),
        number="reserved",
    )
    node = only(assemble(draft(whole)), "a")
    assert [plain(runs) for runs in node.text["en"]] == ["One.", "Two. Three."]
    assert [plain(runs) for runs in node.closing["zh-Hans"]] == ["完。"]
    assert [(fact.key, fact.term) for fact in node.facts] == [("purpose", "Marketing"), ("data", "Name")]
    assert (node.replaces, node.restores, node.reserved) == (("old.b", "old.a"), "1.2.0", True)


def test_a_draft_with_errors_still_gives_a_document() -> None:
    made = assemble(draft(clause("a", "{@nowhere} {nothing} **", "")))
    assert plain(only(made, "a").text["en"][0]) == "nowhere  **"
    assert only(made, "a").text["zh-Hans"] == ()
