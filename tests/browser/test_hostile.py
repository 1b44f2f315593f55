"""Pages of a policy whose every field holds markup and scripts: nothing runs, and all of it can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_search import Search
from tests.support import hostile, vnu
from tests.support.histories import built
from tests.support.hostile import ALL, LABEL, LONG, words
from tests.support.pages import OpenPage
from tests.support.server import StaticServer, serving

TAGS = ["en", "zh-Hans"]
INSIDE = ["", "privacy/", "privacy/1.0.0/", "privacy/2.0.0/", "privacy/2.0.0/changes/", "privacy/history/"]
COMPARE = "privacy/compare/?from=1.0.0&to=2.0.0"
HACKED = "() => window.hacked"
# What a page runs, shows or obeys that is not its own.
FOREIGN = """() => {
  const kinds = ["main :is(script, style, img, iframe, object)", "[onload]", "[onerror]",
    "script:not([src], [type='application/ld+json'])", "a[href^='javascript:']", "a[href^='data:']"];
  return [...document.querySelectorAll(kinds)].map((element) => element.outerHTML);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(hostile.released(tmp_path_factory.mktemp("hostile") / "w"), "2026-05-01")


@pytest.fixture(scope="module")
def served_hostile(site: Path) -> Iterator[StaticServer]:
    with serving(site) as server:
        yield server


def words_of(page: Page, selector: str) -> str:
    """All text of an element, as it stands in the document."""
    return page.locator(selector).first.evaluate("element => element.textContent")  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", ["", *(f"{tag}/{path}" for tag in TAGS for path in [*INSIDE, COMPARE])])
def test_nothing_runs_even_where_no_policy_forbids_it(
    served_hostile: StaticServer, open_address: OpenPage, path: str
) -> None:
    page = open_address(served_hostile.address(path), bypass_csp=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HACKED) is None
    assert page.evaluate(FOREIGN) == []


def test_what_would_run_is_found(served_hostile: StaticServer, open_address: OpenPage) -> None:
    """The test above can fail."""
    page = open_address(served_hostile.address("en/privacy/"), bypass_csp=True)
    page.evaluate(
        "html => document.querySelector('main').append("
        "document.createRange().createContextualFragment(html))",
        hostile.PIECES["script"],
    )
    assert page.evaluate(HACKED) == 1
    assert page.evaluate(FOREIGN) != []


def test_all_html_is_valid(site: Path) -> None:
    assert vnu.errors(sorted((site / "en").rglob("*.html"))) == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_reader_sees_the_text_as_it_was_written(
    served_hostile: StaticServer, open_address: OpenPage, tag: str
) -> None:
    page = open_address(served_hostile.address(f"{tag}/privacy/1.0.0/"))
    label = f"label {tag} {LABEL} 1"
    assert words_of(page, "h1") == words("title")[tag]
    assert page.title().endswith(f"{words('title')[tag]} – {words('name')[tag]}")
    assert words_of(page, ".wordmark") == words("name")[tag]
    assert words("contact")[tag] in words_of(page, "footer")
    shown = words_of(page, "[data-clauses]")
    for text in (label, words("heading")[tag], words("text")[tag], words("closing")[tag], f"{tag} {LONG}."):
        assert text in shown
    assert f"{words('text')[tag]} {words('variable')[tag]} cite {tag} {LABEL} 1." in shown
    assert words("heading")[tag] in words_of(page, ".contents")
    told = json.loads(words_of(page, 'script[type="application/ld+json"]'))
    assert told["name"] == words("title")[tag]


@pytest.mark.parametrize("tag", TAGS)
def test_a_reader_sees_what_people_said_of_it(
    served_hostile: StaticServer, open_address: OpenPage, tag: str
) -> None:
    history = open_address(served_hostile.address(f"{tag}/privacy/history/"))
    assert words("summary")[tag] in words_of(history, "main")
    assert f"withdrawal {ALL}" in words_of(history, "main")
    changes = open_address(served_hostile.address(f"{tag}/privacy/2.0.0/changes/"))
    for name in ("summary", "impact", "choices"):
        assert words(name)[tag] in words_of(changes, ".told")
    whole = changes.locator("[data-clauses] .words").all_text_contents()
    assert any(words("closing")[tag] in text for text in whole)


@pytest.mark.parametrize("tag", TAGS)
def test_the_page_that_compares_says_the_same(
    served_hostile: StaticServer, open_address: OpenPage, tag: str
) -> None:
    page = open_address(served_hostile.address(f"{tag}/{COMPARE}"))
    page.wait_for_selector("#_redline .row")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(HACKED) is None
    assert f"other {words('text')[tag]}" in words_of(page, "#_redline .new")


def test_the_search_shows_what_it_finds_as_text(served_hostile: StaticServer, open_address: OpenPage) -> None:
    page = open_address(served_hostile.address("en/privacy/"))
    search = Search(page)
    search.open()
    search.ask("window.hacked")
    assert search.found()
    assert page.evaluate(HACKED) is None
    assert page.locator("dialog :is(script, img, svg[onload])").count() == 0
    assert "</script>" in search.dialog.inner_text()


@pytest.mark.parametrize("tag", TAGS)
def test_what_a_feed_carries_does_nothing_in_a_reader_that_shows_it_as_it_is(
    served_hostile: StaticServer, site: Path, open_address: OpenPage, tag: str
) -> None:
    feed = json.loads((site / f"feeds/privacy.{tag}.json").read_bytes())
    page = open_address(served_hostile.address("404.html"), bypass_csp=True)
    page.set_content("<main>" + "".join(item["content_html"] for item in feed["items"]) + "</main>")
    assert page.evaluate(HACKED) is None
    assert page.evaluate(FOREIGN) == []
    assert words("summary")[tag] in words_of(page, "main")
