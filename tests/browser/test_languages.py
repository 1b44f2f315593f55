"""The way from a clause to the same clause in the other language."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenSitePage
from tests.support import layout
from tests.support.server import StaticServer

CLAUSE = "use.security"
LANGUAGES = [("en", "zh-Hans"), ("zh-Hans", "en")]


def language_link(page: Page, language: str) -> None:
    page.locator(f".languages a[hreflang={language}]").click()


def scroll_to(page: Page, clause: str) -> None:
    """Turn the wheel until a clause stands just below what sticks, as a reader does."""
    page.mouse.move(600, 500)
    for _ in range(3):  # one turn may end short where the page is still being laid out
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", clause)
        page.mouse.wheel(0, top - page.evaluate("layout.stickyBottom()") - 20)
        page.wait_for_timeout(50)


@pytest.mark.parametrize(("language", "other"), LANGUAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_language_link_keeps_the_clause(
    open_page: OpenSitePage, served: StaticServer, language: str, other: str, width: int
) -> None:
    size: ViewportSize = {"width": width, "height": 800}
    page = open_page(f"privacy/#{CLAUSE}", language=language, viewport=size)
    language_link(page, other)
    expect(page).to_have_url(served.address(f"{other}/privacy/#{CLAUSE}"))
    expect(page.locator("html")).to_have_attribute("lang", other)
    page.wait_for_load_state()
    assert layout.landing(page, CLAUSE)[0]


def test_the_language_link_knows_where_the_reader_scrolled(
    open_page: OpenSitePage, served: StaticServer
) -> None:
    page = open_page("privacy/", language="en")
    layout.clauses(page)
    before = page.evaluate("history.length")
    scroll_to(page, CLAUSE)
    expect(page).to_have_url(re.compile(f"#{re.escape(CLAUSE)}$"))
    assert page.evaluate("history.length") == before  # reading leaves no trail
    language_link(page, "zh-Hans")
    expect(page).to_have_url(served.address(f"zh-Hans/privacy/#{CLAUSE}"))
    page.wait_for_load_state()
    page.wait_for_load_state()
    assert layout.landing(page, CLAUSE)[0]


def test_back_at_the_top_no_clause_is_kept(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root(f"privacy/#{CLAUSE}", language="en")
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -100_000)
    expect(page).not_to_have_url(re.compile("#"))
    language_link(page, "zh-Hans")
    expect(page).to_have_url(re.compile(r"/zh-Hans/privacy/$"))


@pytest.mark.parametrize(("language", "other"), LANGUAGES)
def test_without_scripts_the_link_leads_to_the_same_policy(
    open_page: OpenSitePage, served: StaticServer, language: str, other: str
) -> None:
    page = open_page(f"privacy/#{CLAUSE}", language=language, java_script_enabled=False)
    language_link(page, other)
    expect(page).to_have_url(served.address(f"{other}/privacy/"))
    expect(page.locator("html")).to_have_attribute("lang", other)


def test_every_clause_has_its_counterpart(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en")
    english = [clause["id"] for clause in layout.clauses(page)]
    page.goto(page.url.replace("/en/", "/zh-Hans/"))
    chinese = layout.clauses(page)
    assert [clause["id"] for clause in chinese] == english
    assert all(re.search(r"[\u4e00-\u9fff]", clause["text"]) for clause in chinese if clause["text"])
