"""The list of contents: it knows what is being read, and folds on a phone."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenSitePage
from tests.browser.test_languages import scroll_to
from tests.support import layout

PHONE: ViewportSize = {"width": 390, "height": 844}
ARTICLES_SECTIONS = "[data-clauses] > section, [data-clauses] li.section.headed"


def marked(page: Page) -> list[str]:
    entries: list[str] = page.eval_on_selector_all(
        ".contents [aria-current='location']", "all => all.map(entry => entry.hash.slice(1))"
    )
    return entries


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_entry_being_read_is_marked(open_page_at_root: OpenSitePage, language: str) -> None:
    page = open_page_at_root("privacy/", language=language)
    layout.clauses(page)
    assert marked(page) == []
    for clause, entry in [
        ("notice.acceptance", "notice"),
        ("collect.provided.account", "collect.provided"),
        ("collect.usage.tips.refusal", "collect.usage"),
        ("use.security", "use"),
        ("store", "store"),
        ("collect", "collect"),  # and upwards again
    ]:
        scroll_to(page, clause)
        expect(page.locator(f".contents a[href='#{entry}']")).to_have_attribute("aria-current", "location")
        assert marked(page) == [entry]
    page.mouse.wheel(0, -100_000)
    expect(page.locator(".contents [aria-current]")).to_have_count(0)


def test_the_entry_of_a_hash_is_marked_at_once(open_page: OpenSitePage) -> None:
    page = open_page("privacy/#use.security", language="en")
    assert marked(page) == ["use"]
    page.locator(".contents a[href='#store']").click()
    expect(page).to_have_url(re.compile("#store$"))
    assert marked(page) == ["store"]
    page.go_back()
    expect(page).to_have_url(re.compile(r"#use\.security$"))
    assert marked(page) == ["use"]


def test_the_list_stays_beside_the_text(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/#supplementary", language="en")
    entry = page.locator(".contents a[href='#supplementary']")
    assert entry.is_visible()
    box = entry.bounding_box()
    assert box
    assert 0 < box["y"] < box["y"] + box["height"] < page.evaluate("innerHeight")
    assert page.locator(".contents [aria-current]").get_attribute("href") == "#supplementary"


def test_all_articles_and_sections_are_listed(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en")
    hashes = page.eval_on_selector_all(".contents a", "all => all.map(entry => entry.hash.slice(1))")
    sections = page.eval_on_selector_all(ARTICLES_SECTIONS, "all => all.map(section => section.id)")
    assert hashes == sections
    assert len(hashes) > 11
    titles = page.locator(".contents a").all_inner_texts()
    headings = [page.locator(f"[id='{clause}'] > .row :is(h2, h3)").first.inner_text() for clause in hashes]
    assert [" ".join(title.split()) for title in titles] == [" ".join(title.split()) for title in headings]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_it_is_folded(open_page: OpenSitePage, scripts: bool) -> None:
    page = open_page("privacy/", language="zh-Hans", viewport=PHONE, java_script_enabled=scripts)
    entries = page.locator(".contents ol a")
    expect(entries.first).to_be_hidden()
    page.locator("summary").click()
    expect(entries.first).to_be_visible()
    expect(entries.last).to_be_visible()
    page.locator(".contents a[href='#use']").click()
    expect(page).to_have_url(re.compile("#use$"))
    if scripts:
        expect(entries.first).to_be_hidden()
    assert layout.landing(page, "use")[0]


def test_beside_the_text_it_needs_no_scripts(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en", java_script_enabled=False)
    expect(page.locator(".contents ol a").first).to_be_visible()
    expect(page.locator("summary")).to_be_hidden()
