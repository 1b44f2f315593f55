"""The life of a clause: its file gives back its texts and redlines, and nothing changes it but a change."""

from __future__ import annotations

import re
from itertools import islice, pairwise

import pytest

from policypress.core import contents, lives
from policypress.core.heads import Head, head
from policypress.core.ledger import from_bytes
from policypress.core.model import Document, Node, walk
from policypress.core.redlined import parts
from policypress.core.text import plain
from tests.support.ledgers import history

CLAUSE = "a08.c1"


@pytest.fixture(scope="module")
def releases() -> list[tuple[Head, Document]]:
    made = []
    for step in islice(history(), 24):
        release = from_bytes(step.data)
        made.append((head(release, "0" * 64), release.document))  # type: ignore[arg-type, union-attr]
    return made


@pytest.fixture(scope="module")
def nodes(releases: list[tuple[Head, Document]]) -> dict[str, Node]:
    return {contents.key(node): contents.content(node) for _, d in releases for node in walk(d.nodes)}


def made(releases: list[tuple[Head, Document]], nodes: dict[str, Node], name: str = CLAUSE) -> lives.Json:
    those = lives.points([one for one, _ in releases])[name]
    return lives.life("privacy", name, those, nodes.__getitem__)


def test_every_content_comes_back_from_the_file(
    releases: list[tuple[Head, Document]], nodes: dict[str, Node]
) -> None:
    for name in lives.points([one for one, _ in releases]):
        found = lives.states_of(made(releases, nodes, name))
        assert all(contents.key(node) == key for key, node in found.items())
        assert {head.contents[name] for head, _ in releases} == set(found)


def test_a_content_that_is_not_what_its_key_says_is_not_taken(
    releases: list[tuple[Head, Document]], nodes: dict[str, Node]
) -> None:
    life = made(releases, nodes)
    life["texts"]["en"][0]["text"][0][0] += " Spoilt."
    assert life["states"][0]["key"] not in lives.states_of(life)


def test_a_version_that_leaves_it_alone_does_not_change_the_file(
    releases: list[tuple[Head, Document]], nodes: dict[str, Node]
) -> None:
    changed = [new.contents[CLAUSE] != old.contents[CLAUSE] for (old, _), (new, _) in pairwise(releases)]
    files = [made(releases[: count + 1], nodes) for count in range(len(releases))]
    assert [one != other for one, other in pairwise(files)] == changed
    assert True in changed
    assert False in changed


def test_an_older_file_spares_the_work_and_changes_nothing(
    releases: list[tuple[Head, Document]], nodes: dict[str, Node]
) -> None:
    those = lives.points([one for one, _ in releases])[CLAUSE]
    older = lives.life("privacy", CLAUSE, those[:-1], nodes.__getitem__)
    expected = lives.life("privacy", CLAUSE, those, nodes.__getitem__)
    assert lives.life("privacy", CLAUSE, those, nodes.__getitem__, older) == expected
    older["redlines"]["en"][0][2] = {"taken": "over"}
    taken = lives.life("privacy", CLAUSE, those, nodes.__getitem__, older)
    assert taken["redlines"]["en"][0][2] == {"taken": "over"}


def test_the_strokes_rebuild_both_texts(
    releases: list[tuple[Head, Document]], nodes: dict[str, Node]
) -> None:
    checked = 0
    for name in lives.points([one for one, _ in releases]):
        life = made(releases, nodes, name)
        found = [contents.from_json(name, {"en": text}, {}) for text in life["texts"]["en"]]
        for one, other, said in life["redlines"]["en"]:
            if "text" in said:
                before, after = (body(found[at]) for at in (one, other))
                assert applied(said["text"]["edits"], before, after)
                checked += 1
    assert checked > 50


def body(node: Node) -> str:
    _, text, closing = parts(node, "en")
    return "\n".join(plain(runs) for runs in (*text, *closing))


def applied(edits: str, old: str, new: str) -> bool:
    left = right = 0
    for sign, size in re.findall(r"([=+-])(\d+)", edits):
        if sign == "=" and old[left : left + int(size)] != new[right : right + int(size)]:
            return False
        left += int(size) if sign in "=-" else 0
        right += int(size) if sign in "=+" else 0
    return (left, right) == (len(old), len(new))


def test_any_two_of_few_texts_are_compared_of_many_neighbours_and_the_newest() -> None:
    assert set(lives.pairs(4)) == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)}
    many = set(lives.pairs(40))
    assert {(at, at + 1) for at in range(39)} <= many
    assert (39 - lives.BACK, 39) in many
    assert len(many) == 39 + lives.BACK - 1
