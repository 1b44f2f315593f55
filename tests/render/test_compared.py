"""The data by which any two versions are compared: what a new version writes anew, and splits and mergers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from policypress import app
from policypress.core import handovers
from policypress.core.heads import Head, head
from policypress.core.ledger import Release, from_bytes
from policypress.core.lives import ANY_TWO, BACK
from policypress.core.model import walk
from tests.support import ledgers
from tests.support.documents import both, document, node
from tests.support.histories import Workspace, at, tree, workspace

VERSIONS = 5
API = "api/v1/policies/privacy/"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str], Path]:
    """What adding a version to the generated policy wrote; the clauses that it changed; the site."""
    root = tmp_path_factory.mktemp("generated") / "workspace"
    *steps, added = islice(ledgers.history(), VERSIONS + 1)
    ledgers.write(root, steps)
    now = ledgers.START + timedelta(weeks=VERSIONS + 2)
    app.build(root, as_of=now)
    before = tree(root / "site")
    ledgers.add(root, added)
    app.build(root, as_of=now)
    after = tree(root / "site")
    files = {name for name in after if (root / "site" / name).is_file()}
    texts = [from_bytes(step.data).document for step in (steps[-1], added)]  # type: ignore[union-attr]
    old, new = ({it.id: it.text for it in walk(text.nodes)} for text in texts)
    changed = {name for name in new if old[name] != new[name]}
    return {name for name in files if before.get(name) != after[name]}, changed, root / "site"


def test_a_new_version_writes_only_the_files_of_the_clauses_that_it_changed(
    written: tuple[set[str], set[str], Path],
) -> None:
    files, changed, _ = written
    version = f"1.{VERSIONS}.0"
    anew = {f"clauses/{name}.json" for name in changed}
    of_it = {f"outlines/{version}.json", f"changes/{version}.json", f"versions/{version}.json"}
    texts = {f"versions/{version}.{tag}.json" for tag in ledgers.TAGS}
    told = {name for name in files if name.startswith(f"{API}since/")}
    assert len(changed) == ledgers.REWORDED
    assert {name for name in files if name.startswith(API)} - told == {
        API + name for name in anew | of_it | texts | {"versions.json"}
    }


def test_the_page_that_compares_is_the_only_page_of_pairs_that_is_made_again(
    written: tuple[set[str], set[str], Path],
) -> None:
    files, _, site = written
    pairs = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    pairs = {name for name in pairs if "/compare/" in name or "/changes/" in name}
    assert pairs & files == {
        f"{tag}/privacy/{page}/index.html"
        for tag in ledgers.TAGS
        for page in ("compare", f"1.{VERSIONS}.0/changes")
    }


# --- Splits and mergers


HALVES = """\
format: 1
id: {id}
heading: {{en: {id}, zh-Hans: 条款}}
replaces: [use]
text: {{en: We use it for {id}., zh-Hans: 我们为此使用。}}
"""


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """`use` is reworded, then split in two, of which one is reworded."""
    made = workspace(tmp_path_factory.mktemp("split") / "workspace")
    made.release("2026-01-05T10:00")
    made.change("for security", "for 30 days")
    made.release("2026-02-05T10:00", short_notice="A court order.", effective="2026-02-06")
    (made.policy / "clauses/01-use.yaml").unlink()
    made.change("{@use}", "{@safety}", "clauses/02-share.yaml")
    for number, name in enumerate(("safety", "quality"), 3):
        made.write(f"clauses/0{number}-{name}.yaml", HALVES.format(id=name))
    made.release("2026-03-05T10:00", short_notice="A court order.", effective="2026-03-06")
    made.change("for quality", "for better quality", "clauses/04-quality.yaml")
    made.release("2026-04-05T10:00", short_notice="A court order.", effective="2026-04-06")
    return made


def files_of(made: Workspace, day: str) -> dict[str, Any]:
    found = app.rendered(made.root, as_of=at(day)).files
    return {name: json.loads(data) for name, data in found.items() if name.startswith(f"{API}clauses/")}


def test_one_file_tells_of_a_split_between_any_texts_of_its_clauses(split: Workspace) -> None:
    found = files_of(split, "2026-05-01")
    keepers = {name for name, life in found.items() if "handovers" in life}
    assert keepers == {f"{API}clauses/quality.json"}
    [*told] = found[f"{API}clauses/quality.json"]["handovers"]
    assert [[name for name, _ in one["before"]] for one in told] == [["use"]] * 4
    assert {tuple(name for name, _ in one["after"]) for one in told} == {("safety", "quality")}
    assert all(one["redlines"]["en"]["rules"] and one["redlines"]["en"]["text"]["edits"] for one in told)
    assert found[f"{API}clauses/use.json"]["heirs"] == ["safety", "quality"]


def heads(count: int) -> list[Head]:
    """`old`, reworded again and again, and at last merged into `new`."""
    first = next(ledgers.history())
    release = from_bytes(first.data)
    assert isinstance(release, Release)
    made = []
    for number in range(count):
        name, replaces = ("new", ("old",)) if number == count - 1 else ("old", ())
        one = node(name, label=both("1"), text=both(f"Text {number}."))
        text = document(nodes=(replace(one, replaces=replaces),))
        made.append(head(replace(release, document=text), "0" * 64))
    return made


def test_of_many_texts_the_newest_is_told_with_some_before_it() -> None:
    few, many = (handovers.handovers(heads(count))["new"] for count in (ANY_TWO, 40))
    assert len(few) == ANY_TWO - 1
    assert len(many) == BACK


def test_without_splits_and_mergers_no_file_tells_of_any() -> None:
    plain = [one for one in heads(5) if not one.replaces]
    assert handovers.handovers(plain) == {}
    assert handovers.heirs(plain) == {}
