"""The chronicle of clauses: what a head keeps of a release's changes, and redlines out of a clause's file."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core import lives, recorded
from policypress.core.changes import Change
from policypress.core.chronicle import chronicles
from policypress.core.heads import from_json, head, to_json
from policypress.core.ledger import Release, from_bytes
from policypress.core.marked import Piece, marked
from policypress.core.model import walk
from policypress.core.strokes import drawn, strokes
from policypress.core.text import Runs, Text, plain
from tests.core.test_marked import clauses
from tests.support.documents import node
from tests.support.ledgers import history


@pytest.fixture(scope="module")
def releases() -> list[Release]:
    found = [from_bytes(step.data) for step in islice(history(), 6)]
    return [release for release in found if isinstance(release, Release)]


def test_what_a_release_says_of_its_clauses_comes_back(releases: list[Release]) -> None:
    for release in releases:
        found = recorded.unpack(head(release, "0" * 64).changes)
        wanted = [change for change in release.changes if change.get("clause")]
        assert [(one.kind, one.clause, list(one.rules), one.severity, one.fingerprint) for one in found] == [
            tuple(change[key] for key in ("kind", "clause", "rules", "severity", "fingerprint"))
            for change in wanted
        ]
        assert [one.old_labels for one in found] == [change.get("old_labels", {}) for change in wanted]
        assert [one.new_labels for one in found] == [change.get("new_labels", {}) for change in wanted]


def test_a_split_is_about_all_its_clauses_and_a_field_about_none() -> None:
    one, two = node("one"), node("two")
    split = Change("split", "one", (), before=(one,), after=(one, two))
    field = Change("document", "", (), field="title")
    made = [
        {"severity": "minor", "fingerprint": change.fingerprint, "kind": change.kind, "clause": change.clause}
        | ({"from": ["one"], "into": ["one", "two"]} if change is split else {})
        for change in (split, field)
    ]
    [found] = recorded.unpack(recorded.pack(made))
    assert found.clauses == ("one", "two")
    assert recorded.pack(made[1:]) == ""


def test_every_clause_has_its_first_version_and_each_that_changed_it(releases: list[Release]) -> None:
    heads = [head(release, f"{number:064}") for number, release in enumerate(releases)]
    found = chronicles(heads)
    assert set(found) == {clause.id for clause in walk(releases[0].document.nodes)}
    told = {(name, step.head.version) for name, steps in found.items() for step in steps[1:]}
    assert told == {(change["clause"], one.version) for one in releases for change in one.changes}
    assert all(steps[0].base is None for steps in found.values())


def test_the_manifest_gives_the_changes_back(releases: list[Release]) -> None:
    heads = tuple(head(release, "0" * 64) for release in releases)
    assert from_json(to_json(heads)) == heads


# --- Redlines out of a clause's file


astral = st.builds(Text, st.sampled_from(["𠮷野家", "a𝄞b ", "days ", "𠮷"])).map(lambda run: (run,))
anything = st.one_of(clauses, st.lists(astral, max_size=4).map(tuple))


@given(anything, anything, st.sampled_from(["en", "zh-Hans"]))
def test_strokes_draw_the_redline_that_they_are_of(
    old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str
) -> None:
    found = strokes(old, new, tag)
    if found and not found.source:
        assert seen(drawn(old, new, found.edits)) == seen(marked(old, new, tag))


def seen(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    """What happened to which text; neighbours of one kind are one."""
    found: list[tuple[str, str]] = []
    for piece in pieces:
        text = plain(piece.runs) if piece.runs else "\n"
        joined = found.pop()[1] + text if found and found[-1][0] == piece.op else text
        found.append((piece.op, joined))
    return [one for one in found if one[1]]


def test_a_difference_is_found_both_ways_and_none_where_the_file_has_none() -> None:
    life = {
        "states": [
            {"key": "a", "texts": {"en": 0}},
            {"key": "b", "texts": {"en": 1, "zh-Hans": 0}},
            {"key": "c", "texts": {"en": 0}},
        ],
        "redlines": {"en": [[0, 1, {"text": {"rules": ["x"], "edits": "=3-2+4"}, "heading": {}}]]},
    }
    there = lives.difference(life, "en", ("a", "b"))
    assert there == {"text": {"rules": ["x"], "edits": "=3-2+4"}, "heading": {}}
    back = lives.difference(life, "en", ("b", "a"))
    assert back == {"text": {"rules": ["x"], "edits": "=3-4+2"}, "heading": {}}
    assert lives.difference(life, "en", ("a", "c")) == {}
    assert lives.difference(life, "zh-Hans", ("a", "b")) is None
    life["redlines"]["en"][0][2]["text"]["back"] = "-1"  # type: ignore[index]
    assert lives.difference(life, "en", ("b", "a")) == {
        "text": {"rules": ["x"], "edits": "-1", "back": "-1"},
        "heading": {},
    }
