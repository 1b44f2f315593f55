"""The compare page: in the browser, any two versions differ in what the command says they do."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Page

from policypress.app.building import planned
from policypress.cli.diff import command as diff
from tests.browser.conftest import OpenSitePage
from tests.support.histories import Workspace, at, built
from tests.support.pages import OpenPage
from tests.support.server import serving
from tests.support.stories import story

HISTORIES, VERSIONS = 4, 8  # with both directions: 4 x 56 pairs
KINDS = {
    *("added", "removed", "moved", "renumbered", "reworded", "retitled", "refacted"),
    *("split", "merged", "variable", "document"),
}
# What a reader of releases has no use for is left out: whether people have still to decide, or to speak.
KEPT = (
    *("fingerprint", "kind", "clause", "clauses", "field", "severity", "rules", "languages"),
    *("old_labels", "new_labels", "redlines"),
)
LANGUAGE, AS_OF = "en", "2026-05-01"


def told(made: Workspace, old: str, new: str) -> list[dict[str, Any]]:
    """What `policypress diff --format json` says."""
    done = CliRunner().invoke(diff, [old, new, "--workspace", str(made.root), "--format", "json"])
    assert done.exit_code == 0, done.output
    changes: list[dict[str, Any]] = json.loads(done.stdout)["changes"]
    for one in changes:
        assert one["decided"]
        assert one["documented"]
        one["rules"] = [rule["id"] for rule in one["rules"]]
    return [{name: one[name] for name in KEPT} for one in changes]


def as_shown(changes: list[dict[str, Any]]) -> list[list[str]]:
    """What the page must show of each, in the order in which it lists them."""
    listed = sorted(changes, key=lambda one: one["kind"] == "renumbered")
    return [[one["kind"], one["clause"], " ".join(one["rules"]), one["severity"]] for one in listed]


def edited(changes: list[dict[str, Any]]) -> list[str]:
    """All that is marked in the language of the page, sorted: clauses are shown together, headings first."""
    passages = (
        passage
        for one in changes
        for passage in one["redlines"].get(LANGUAGE) or one["redlines"].get("") or ()
    )
    edits = (edit for passage in passages for edit in passage["edits"] if edit["op"] != "equal")
    return sorted(f"{edit['op']} {line}" for edit in edits for line in edit["text"].split("\n") if line)


def test_any_two_versions_differ_as_the_command_says(open_address: OpenPage, tmp_path: Path) -> None:
    stories = [story(tmp_path / str(seed), seed, VERSIONS) for seed in range(HISTORIES)]
    site = built(stories[0], AS_OF)
    seen = set[str]()
    with serving(site) as server:
        for made in stories:
            lay(made, site)
            page = open_address(server.address(f"{LANGUAGE}/privacy/compare/"))
            seen |= check_all(made, page)
    assert seen == KINDS


def lay(made: Workspace, site: Path) -> None:
    """Put a history's data in the place of another's: the page that shows it is the same."""
    for unit in planned(made.root, at(AS_OF)).units:
        if unit.name.startswith(("clause ", "details ", "version ", "versions ", "api versions ")):
            for name, data in unit.make().files.items():
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_bytes(data)


def check_all(made: Workspace, page: Page) -> set[str]:
    """Compare every version with every other; returns the kinds of change that there were."""
    pairs = list(permutations(sorted(path.stem for path in made.releases.glob("*.json")), 2))
    assert len(pairs) == VERSIONS * (VERSIONS - 1)
    found, shown = page.evaluate(COMPARED, pairs), page.evaluate(SHOWN, pairs)
    seen = set[str]()
    for pair, changes, (listed, marked) in zip(pairs, found, shown, strict=True):
        expected = told(made, *pair)
        assert changes == expected, (made, pair)
        assert listed == as_shown(expected), (made, pair)
        assert sorted(marked) == edited(expected), (made, pair)
        seen |= {change["kind"] for change in changes}
    return seen


# --- The form


def pair(page: Page) -> tuple[str, str]:
    """The versions that the form names once it has answered."""
    page.locator("#_redline .changed").first.wait_for()
    return page.locator("#_from").input_value(), page.locator("#_to").input_value()


def test_the_address_and_the_other_language_keep_the_pair(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/compare/?from=1.1.0&to=1.0.0", language="en")
    assert pair(page) == ("1.1.0", "1.0.0")
    page.locator(".top a[hreflang=zh-Hans]").click()
    page.wait_for_url("**/zh-Hans/privacy/compare/?from=1.1.0&to=1.0.0")
    assert pair(page) == ("1.1.0", "1.0.0")
    page.locator("[data-swap]").click()
    page.wait_for_url("**/?from=1.0.0&to=1.1.0")
    assert pair(page) == ("1.0.0", "1.1.0")
    page.go_back()
    page.wait_for_url("**/?from=1.1.0&to=1.0.0")
    assert pair(page) == ("1.1.0", "1.0.0")


def test_without_scripts_there_are_the_changes_of_each_version(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/compare/", language="en", java_script_enabled=False)
    assert page.locator("[data-compare]").is_hidden()
    page.get_by_role("link", name="From 1.0.0 to 1.1.0").click()
    assert page.url.endswith("/en/privacy/1.1.0/changes/")


COMPARED = """
async pairs => {
  const { comparing, digests } = document.querySelector("script[data-comparing]").dataset;
  const { compare } = await import(new URL(comparing, document.baseURI).href);
  const { digest } = await import(new URL(digests, document.baseURI).href);
  const { data, rules } = JSON.parse(document.querySelector("[data-compare]").dataset.compare);
  const kept = {};
  const load = path => (kept[path] ??= fetch(data + path).then(found => found.json()));
  const found = [];
  for (const [old, now] of pairs) {
    const changes = await compare(load, old, now, rules.map(([id, floor]) => [id, floor]), digest);
    found.push(changes.map(({ title, notes, ...rest }) => rest));
  }
  return found;
}
"""

# What a reader sees who asks for one pair after another: the list, and what is marked.
SHOWN = """
async pairs => {
  const form = document.querySelector("[data-compare]");
  const found = [];
  for (const [old, now] of pairs) {
    form.elements.from.value = old;
    form.elements.to.value = now;
    form.requestSubmit();
    while (form.hasAttribute("aria-busy")) await new Promise(resolve => setTimeout(resolve));
    const listed = [...document.querySelectorAll("#_found li")].map(({ dataset, children }) => [
      dataset.kind, dataset.clause, dataset.rules, children[1].querySelector(".pill").classList[1],
    ]);
    const marked = [...document.querySelectorAll("#_redline .inline :is(ins, del)")]
      .filter(({ textContent }) => textContent !== "¶")
      .map(one => `${one.localName === "ins" ? "insert" : "delete"} ${one.textContent}`);
    found.push([listed, marked]);
  }
  return found;
}
"""
