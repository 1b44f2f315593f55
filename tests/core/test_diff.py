"""What a change is: a table of edits with the rules that they give, and what holds of all documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policypress.core.alignment import out_of_order
from policypress.core.assemble import assemble
from policypress.core.diff import ChangeSet, diff
from policypress.core.digests import said
from policypress.core.model import Document, Node
from policypress.core.severity import Severity
from tests.core.drafts import both, clause, draft
from tests.support.documents import documents

Clauses = list[dict[str, Any]]
Edit = Callable[[Clauses], object]

TEXT_EN = "We may keep it for 30 days."
TEXT_ZH = "我们可以保存30天。"


def base() -> Clauses:
    """Three articles; the second has sections, which others refer to."""
    return [
        clause("use", TEXT_EN, TEXT_ZH, facts=[{"purpose": "FraudPreventionAndDetection"}]),
        clause(
            "share",
            "We share it.",
            "我们共享。",
            children=[
                clause(f"share.{name}", f"With {name}.", f"与{name}共享。")
                for name in ("ann", "bob", "cid", "dan")
            ],
        ),
        clause("reach", "See {@share.dan} or call {hotline}.", "见{@share.dan}或致电{hotline}。"),
    ]


def made(clauses: Clauses, **policy: Any) -> Document:
    return assemble(draft(*clauses, **{"variables": {"hotline": "400-1", "desk": "500-2"}, **policy}))


def changed(edit: Edit, **policy: Any) -> ChangeSet:
    """What an edit of the clauses, or of the policy, changes."""
    clauses = base()
    edit(clauses)
    return diff(made(base()), made(clauses, **policy))


def shown(changes: ChangeSet) -> list[str]:
    return [
        " ".join((change.kind, change.clause or change.field, change.rule.id)) for change in changes.changes
    ]


def say(index: int, en: str | None = None, zh: str | None = None, part: str = "text") -> Edit:
    def edit(clauses: Clauses) -> None:
        old = clauses[index][part]
        clauses[index][part] = both(en or old["en"], zh or old["zh-Hans"])

    return edit


def sections(clauses: Clauses) -> Clauses:
    found: Clauses = clauses[1]["children"]
    return found


def reordered(order: str) -> Edit:
    def edit(clauses: Clauses) -> None:
        named = {section["id"][6]: section for section in sections(clauses)}
        clauses[1]["children"] = [named[letter] for letter in order]

    return edit


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "nothing": (lambda _: None, []),
    "added": (lambda clauses: clauses.append(clause("new")), ["added new clause.added"]),
    "added with children": (
        lambda clauses: clauses.append(clause("new", children=[clause("new.one")])),
        ["added new clause.added", "added new.one clause.added"],
    ),
    "removed": (lambda clauses: clauses.pop(), ["removed reach clause.removed"]),
    "inserted at the top": (
        lambda clauses: sections(clauses).insert(0, clause("share.new")),
        [
            "added share.new clause.added",
            *(f"renumbered share.{name} clause.renumbered" for name in ("ann", "bob", "cid", "dan")),
        ],
    ),
    "removed from the top": (
        lambda clauses: sections(clauses).pop(0),
        [
            *(f"renumbered share.{name} clause.renumbered" for name in ("bob", "cid", "dan")),
            "removed share.ann clause.removed",
        ],
    ),
    "article inserted at the top": (
        lambda clauses: clauses.insert(0, clause("first")),
        [
            "added first clause.added",
            *(
                f"renumbered {name} clause.renumbered"
                for name in ("use", "share", "share.ann", "share.bob", "share.cid", "share.dan", "reach")
            ),
        ],
    ),
    "first becomes last": (
        reordered("bcda"),
        [
            *(f"renumbered share.{name} clause.renumbered" for name in ("bob", "cid", "dan")),
            "moved share.ann clause.moved",
        ],
    ),
    "last becomes first": (
        reordered("dabc"),
        [
            "moved share.dan clause.moved",
            *(f"renumbered share.{name} clause.renumbered" for name in ("ann", "bob", "cid")),
        ],
    ),
    "moved to another parent": (
        lambda clauses: clauses[2].setdefault("children", []).append(sections(clauses).pop()),
        ["moved share.dan clause.moved-parent"],
    ),
    "moved and reworded": (
        lambda clauses: (
            clauses[2]
            .setdefault("children", [])
            .append({**sections(clauses).pop(), "text": both("With Dan and Eve.", "与Dan和Eve共享。")})
        ),
        ["moved share.dan clause.moved-parent", "reworded share.dan text.party"],
    ),
    "plain words": (
        say(0, "We may hold it for 30 days.", "我们可以存放30天。"),
        ["reworded use text.reworded"],
    ),
    "punctuation": (
        say(0, "We may keep it, for 30 days!", "我们可以保存，30天！"),
        ["reworded use text.punctuation"],
    ),
    "case and space": (say(0, "we  May keep it for 30 days."), ["reworded use text.punctuation"]),
    "strong alone": (say(0, "We **may** keep it for 30 days."), ["reworded use text.punctuation"]),
    "a number": (say(0, "We may keep it for 60 days.", "我们可以保存60天。"), ["reworded use text.number"]),
    "a Chinese number": (say(1, "We share it once.", "我们共享三次。"), ["reworded share text.reworded"]),
    "may to must": (
        say(0, "We must keep it for 30 days.", "我们将要保存30天。"),
        ["reworded use text.modality"],
    ),
    "keyi to yingdang": (
        say(0, "We will keep it for 30 days.", "我们应当保存30天。"),
        ["reworded use text.modality"],
    ),
    "a negation": (say(1, "We never share it.", "我们不共享。"), ["reworded share text.modality"]),
    "the authoritative language alone": (
        say(1, "We pass it on."),
        ["reworded share text.authoritative-alone"],
    ),
    "the authoritative language alone, a number": (
        say(0, "We may keep it for 31 days."),
        ["reworded use text.number"],
    ),
    "an unreviewed language alone": (
        say(0, zh="我们应当保存31天。"),
        ["reworded use text.translation-alone"],
    ),
    "a heading": (say(0, "Purposes", "目的", "heading"), ["retitled use heading.reworded"]),
    "a heading's number": (say(0, "Use 2", "使用2", "heading"), ["retitled use text.number"]),
    "facts alone": (
        lambda clauses: clauses[0].update(facts=[{"purpose": "ServiceProvision"}]),
        ["refacted use fact.annotated"],
    ),
    "facts and text": (
        lambda clauses: (
            clauses[0].update(facts=[]),
            say(0, "We may hold it for 30 days.", "我们可以存放30天。")(clauses),
        ),
        ["reworded use text.reworded", "refacted use fact.changed-with-text"],
    ),
    "a reference to another clause": (
        say(2, "See {@share.ann} or call {hotline}.", "见{@share.ann}或致电{hotline}。"),
        ["reworded reach text.link"],
    ),
    "another variable": (
        say(2, "See {@share.dan} or call {desk}.", "见{@share.dan}或致电{desk}。"),
        ["reworded reach variable.changed"],
    ),
    "a link": (say(0, "We may [keep](https://x.example/a) it for 30 days."), ["reworded use text.link"]),
    "a text that refers, and a renumbering": (
        lambda clauses: (
            sections(clauses).pop(0),
            say(2, "See {@share.dan}, or **call {hotline}**!", "见{@share.dan}，或致电{hotline}！")(clauses),
        ),
        [
            *(f"renumbered share.{name} clause.renumbered" for name in ("bob", "cid", "dan")),
            "reworded reach text.punctuation",
            "removed share.ann clause.removed",
        ],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_gives_its_changes_and_no_others(name: str) -> None:
    edit, expected = EDITS[name]
    assert shown(changed(edit)) == expected


FIELDS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "title": ({"title": both("Privacy", "隐私")}, ["document title document.changed"]),
    "publisher": (
        {
            "publisher": {
                "name": both("Other", "另一"),
                "contact": both("privacy@example.com", "privacy@example.com"),
            }
        },
        ["document publisher.name publisher.changed"],
    ),
    "contact": (
        {
            "publisher": {
                "name": both("Example", "示例公司"),
                "contact": both("x@example.com", "x@example.com"),
            }
        },
        ["document publisher.contact contact.changed"],
    ),
    "prevailing": ({"prevailing": "en"}, ["document prevailing prevailing.changed"]),
    "time zone": ({"time_zone": "Asia/Tokyo"}, ["document time_zone document.changed"]),
    "promises": ({"notice_days": {"material": 1}}, ["document notice_days.material promise.changed"]),
    "standing": (
        {"languages": {"en": {"status": "official"}, "zh-Hans": {"status": "official"}}},
        ["document languages.zh-Hans language.standing"],
    ),
    "a variable's value": (
        {"variables": {"hotline": "400-2", "desk": "500-2"}},
        ["variable reach variable.changed"],
    ),
    "a variable that no text uses": ({"variables": {"hotline": "400-1", "desk": "500-3"}}, []),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_the_policy_gives_its_change(name: str) -> None:
    policy, expected = FIELDS[name]
    assert shown(changed(lambda _: None, **policy)) == expected


def test_the_worst_floor_counts_for_all() -> None:
    assert changed(reordered("bcda")).severity == Severity.EDITORIAL
    assert changed(EDITS["plain words"][0]).severity == Severity.MINOR
    assert changed(EDITS["a number"][0]).severity == Severity.DECIDE
    assert changed(EDITS["added"][0]).severity == Severity.MATERIAL
    assert ChangeSet().severity == Severity.EDITORIAL


def test_a_language_that_is_demoted_as_it_is_reworded_still_counts() -> None:
    demoted = {"languages": {"en": {"status": "convenience"}, "zh-Hans": {"status": "official"}}}
    assert "reworded use text.number" in shown(changed(say(0, "We may keep it for 90 days."), **demoted))


def test_without_an_official_language_the_source_language_counts() -> None:
    drafts = {"languages": {tag: {"status": "unreviewed"} for tag in ("en", "zh-Hans")}}
    clauses = base()
    say(0, "We must keep it for 30 days.", "我们应当保存30天。")(clauses)
    assert shown(diff(made(base(), **drafts), made(clauses, **drafts))) == ["reworded use text.modality"]


def test_a_change_shows_both_labels_and_its_languages() -> None:
    changes = changed(lambda clauses: sections(clauses).insert(0, clause("share.new")))
    change = next(change for change in changes.changes if change.clause == "share.ann")
    assert (change.old_labels["en"], change.new_labels["en"]) == ("2.1", "2.2")
    (change,) = changed(EDITS["an unreviewed language alone"][0]).changes
    assert change.languages == ("zh-Hans",)
    assert change.old["en"] == change.new["en"]


# --- Fingerprints


def fingerprint(changes: ChangeSet, name: str) -> str:
    (found,) = (
        change.fingerprint
        for change in changes.changes
        if change.clause == name and change.kind == "reworded"
    )
    return found


def test_a_fingerprint_stays_under_other_edits_and_renumbering() -> None:
    edit = EDITS["a number"][0]
    alone = fingerprint(changed(edit), "use")
    assert len(alone) == 12

    def and_more(clauses: Clauses) -> None:
        edit(clauses)
        clauses.insert(0, clause("first"))
        say(2, "Hello.", "您好。")(clauses)

    assert fingerprint(changed(and_more), "use") == alone
    clauses = base()
    edit(clauses)
    other_labels = {"numbering": {"article": {"label": "§ {n}"}}}
    assert fingerprint(diff(made(base(), **other_labels), made(clauses, **other_labels)), "use") == alone


def test_a_fingerprint_goes_with_the_words_and_the_direction() -> None:
    old, new = made(base()), base()
    say(0, "We may keep it for 60 days.")(new)
    other = base()
    say(0, "We may keep it for 61 days.")(other)
    found = {
        fingerprint(diff(old, made(new)), "use"),
        fingerprint(diff(made(new), old), "use"),
        fingerprint(diff(old, made(other)), "use"),
    }
    assert len(found) == 3


@settings(max_examples=30)
@given(documents, documents)
def test_no_two_changes_share_a_fingerprint_nor_does_the_run_matter(old: Document, new: Document) -> None:
    found = [change.fingerprint for change in diff(old, new).changes]
    assert len(set(found)) == len(found)
    assert found == [change.fingerprint for change in diff(old, new).changes]


# --- What holds of all documents


@settings(max_examples=50)
@given(documents)
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert diff(document, document).is_empty


@settings(max_examples=50)
@given(documents, documents)
def test_the_other_way_round_added_and_removed_change_places(old: Document, new: Document) -> None:
    there, back = diff(old, new), diff(new, old)

    def of(changes: ChangeSet, kind: str) -> set[str]:
        return {change.clause for change in changes.changes if change.kind == kind}

    assert of(there, "added") == of(back, "removed")
    assert of(there, "removed") == of(back, "added")
    for kind in ("reworded", "retitled", "refacted", "variable", "document"):
        assert of(there, kind) == of(back, kind)


def flat(document: Document) -> dict[str, Node]:
    def walk(nodes: tuple[Node, ...]) -> dict[str, Node]:
        return {name: node for top in nodes for name, node in [(top.id, top), *walk(top.children).items()]}

    return walk(document.nodes)


@settings(max_examples=50)
@given(documents, documents)
def test_every_clause_whose_words_differ_is_named(old: Document, new: Document) -> None:
    before, after = flat(old), flat(new)
    tags = {*old.tags} & {*new.tags}
    named = {name for change in diff(old, new) for name in change.clauses}
    for name in before.keys() | after.keys():
        if (
            name not in before
            or name not in after
            or any(said(before[name], tag) != said(after[name], tag) for tag in tags)
        ):
            assert name in named


@given(st.permutations(range(6)), st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_as_little_as_possible_is_moved(order: list[int], weights: list[int]) -> None:
    """Against every subset that could stay: what stays is in order and weighs the most."""
    group = [(position, str(position)) for position in order]
    moved = out_of_order(group, lambda name: weights[int(name)])
    stays = [position for position in order if str(position) not in moved]
    assert stays == sorted(stays)
    heaviest = max(
        sum(weights[position] for position in kept)
        for size in range(7)
        for kept in combinations(order, size)
        if list(kept) == sorted(kept)
    )
    assert sum(weights[position] for position in stays) == heaviest


def test_a_clause_with_many_below_it_stays_where_a_small_one_can_move() -> None:
    clauses = base()
    clauses[0], clauses[1] = clauses[1], clauses[0]
    moved = [change.clause for change in diff(made(base()), made(clauses)).changes if change.kind == "moved"]
    assert moved == ["use"]


def test_the_languages_order_is_no_change_of_any_clause() -> None:
    document = made(base())
    turned = replace(document, languages=document.languages[::-1])
    assert not any(change.clause for change in diff(document, turned).changes)
