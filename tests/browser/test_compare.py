"""The compare page: in the browser, any two versions differ in what the program says they do."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from policypress.core import comparison, comparison_json
from policypress.core.contents import content, frame_key, key
from policypress.core.diff import diff
from policypress.core.lives import Point, life
from policypress.core.model import Document, Node, walk
from policypress.core.outlines import bare, details, outline
from policypress.core.resolving import weigh
from policypress.core.rules import RULES
from policypress.render.compared import written
from tests.support.documents import document, node
from tests.support.server import serving

SCRIPT = Path("templates/theme/assets/policypress/comparing.js")
HISTORIES, VERSIONS = 4, 8  # with both directions: 4 x 56 pairs
SENTENCES = (
    ("We use it for security.", "我们为安全目的使用它。"),
    ("We may keep it for 30 days.", "我们可以保存三十日。"),
    ("We must not keep it for 60 days.", "我们不得保存六十日。"),
    ("We share it with partners, **unless** you object.", "我们与合作伙伴共享，您**反对**的除外。"),
    ("Call {hotline} or see {@use}.", "请致电{hotline}或者参阅{@use}。"),
    ("Read [the law](https://example.com/law).", "请阅读[法律](https://example.com/law)。"),
)


def renumbered(nodes: tuple[Node, ...], start: str = "") -> tuple[Node, ...]:
    """With labels by place."""
    found = []
    for at, one in enumerate(nodes, 1):
        number = f"{start}{at}"
        labels = {tag: replace(label, text=number, cite=number) for tag, label in one.labels.items()}
        found.append(replace(one, labels=labels, children=renumbered(one.children, f"{number}.")))
    return tuple(found)


class Writer:
    """Edits a document at random, as people do."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made = random.Random(seed), 0

    def next(self, old: Document) -> Document:
        nodes = old.nodes
        for _ in range(self.chance.randint(1, 3)):
            nodes = self.edited(nodes)
        made = replace(old, nodes=renumbered(nodes))
        if self.chance.random() < 0.3:
            value = str(self.chance.randint(400, 404))
            made = replace(made, title={tag: f"{text} {value}" for tag, text in old.title.items()})
        return made

    def sentence(self) -> dict[str, str]:
        picked = self.chance.sample(SENTENCES, 2)
        return {tag: "\n\n".join(pair[at] for pair in picked) for at, tag in enumerate(("en", "zh-Hans"))}

    def fresh(self) -> Node:
        self.made += 1
        return node(f"new.n{self.made}", label={"en": "x", "zh-Hans": "x"}, text=self.sentence())

    def edited(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        at = self.chance.randrange(len(nodes))
        one, rest = nodes[at], (*nodes[:at], *nodes[at + 1 :])
        if one.children and self.chance.random() < 0.7:
            return (*nodes[:at], replace(one, children=self.edited(one.children)), *nodes[at + 1 :])
        match self.chance.choice(("text", "text", "one", "head", "add", "move", "drop", "facts")):
            case "text":
                one = replace(one, text=node("x", text=self.sentence()).text)
            case "one":
                one = replace(one, text={**one.text, "en": node("x", text=self.sentence()).text["en"]})
            case "head":
                one = replace(one, heading=node("x", heading=self.sentence()).heading)
            case "add":
                return (*nodes[:at], self.fresh(), *nodes[at:])
            case "move":
                place = self.chance.randint(0, len(rest))
                return (*rest[:place], one, *rest[place:])
            case "drop" if rest:
                return rest
            case _:
                one = replace(one, facts=one.facts[1:])
        return (*nodes[:at], one, *nodes[at + 1 :])


def history(seed: int) -> list[Document]:
    writer, found = Writer(seed), [document()]
    while len(found) < VERSIONS:
        found.append(writer.next(found[-1]))
    return found


def data(documents: list[Document]) -> Iterator[tuple[str, Any]]:
    """The files by which these are compared."""
    names = dict.fromkeys(one.id for found in documents for one in walk(found.nodes))
    kept = {key(one): content(one) for found in documents for one in walk(found.nodes)}
    held = [{one.id: key(one) for one in walk(found.nodes)} for found in documents]
    for name in names:
        keys = [those.get(name, "") for those in held]
        points = [Point(str(at), now) for at, now in enumerate(keys) if now != (keys[at - 1] if at else "")]
        yield f"clauses/{name}.json", life("privacy", name, points, kept.__getitem__)
    frames = {frame_key(found): bare(found) for found in documents}
    yield "details.json", details("privacy", list(frames.items()))
    for at, found in enumerate(documents):
        yield f"outlines/{at}.json", outline(found, str(at))


KEPT = ("rules", "kind", "clause", "clauses", "field", "languages", "old_labels", "new_labels", "redlines")


def told(old: Document, new: Document) -> list[dict[str, Any]]:
    """What the program says, as `diff --format json` does."""
    tags = tuple(dict.fromkeys((*new.tags, *old.tags)))
    entries = comparison.entries(weigh(diff(old, new), ()), tags, is_open=False)
    text = comparison_json.changes_to_json("privacy", ("1.0.0", "1.0.1"), "minor", tags, entries)
    changes = json.loads(text)["changes"]
    for one in changes:
        one["rules"] = [rule["id"] for rule in one["rules"]]
        # Where links lead is no redline of the data: there the links themselves are.
        shown = {tag: [it for it in found if it["part"] != "links"] for tag, found in one["redlines"].items()}
        one["redlines"] = {tag: found for tag, found in shown.items() if found}
    return [{name: one[name] for name in KEPT} for one in changes]


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_any_two_versions_differ_as_the_program_says(seed: int, browser: Browser, tmp_path: Path) -> None:
    documents = history(seed)
    for path, found in data(documents):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(written(found))
    (tmp_path / "comparing.js").write_bytes(SCRIPT.read_bytes())
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    pairs = [pair for pair in product(range(VERSIONS), repeat=2) if pair[0] != pair[1]]
    rules = [[rule.id, rule.floor.word] for rule in RULES.values()]
    with serving(tmp_path) as server:
        page = browser.new_page()
        page.goto(server.address(""))
        made = page.evaluate(RUN, [pairs, rules])
        page.close()
    seen = set[str]()
    for (old, new), changes in zip(pairs, made, strict=True):
        for mine, its in zip(changes, told(documents[old], documents[new]), strict=True):
            assert mine == its, (seed, old, new)
        seen |= {change["kind"] for change in changes}
    assert seen >= {"added", "removed", "reworded", "renumbered"}


RUN = """
async ([pairs, rules]) => {
  const { compare } = await import(new URL("comparing.js", document.baseURI).href);
  const kept = {};
  const load = (path) => (kept[path] ??= fetch(path).then((found) => found.json()));
  const found = [];
  for (const [old, now] of pairs) {
    const changes = await compare(load, String(old), String(now), rules);
    for (const change of changes)
      for (const passages of Object.values(change.redlines))
        for (const passage of passages) for (const key of ["sides", "strokes", "apart"]) delete passage[key];
    found.push(changes);
  }
  return found;
}
"""
