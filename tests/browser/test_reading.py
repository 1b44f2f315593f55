"""The policy as its readers find it: whole, in order, with permanent links, under every setting."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import OpenSitePage
from tests.support import layout
from tests.support.pixels import Eye
from tests.support.server import StaticServer
from tests.support.sources import clause_ids, english_sentences, missing_in_order

LANGUAGES = ["en", "zh-Hans"]
CLAUSE = "use.security"
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  return style.scrollBehavior === "smooth" || style.animationName !== "none"
    || style.transitionDuration.split(",").some(duration => parseFloat(duration) > 0);
}).map(element => element.outerHTML.slice(0, 80))"""


def text_of(page: Page, selector: str = "main") -> str:
    return " ".join(page.locator(selector).inner_text().split())


def picture(page: Page, part: Locator) -> bytes:
    """A picture of a part of the page with what is drawn just around it."""
    box = part.bounding_box()
    assert box
    x, y = max(0, box["x"] - 6), max(0, box["y"] - 6)
    return page.screenshot(clip={"x": x, "y": y, "width": box["width"] + 12, "height": box["height"] + 12})


# --- The text


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_whole_english_text_is_there_in_order(open_page: OpenSitePage, scripts: bool) -> None:
    """The text that the publisher wrote is the first release."""
    page = open_page("privacy/1.0.0/", language="en", java_script_enabled=scripts)
    sentences = english_sentences()
    assert len(sentences) > 100
    title, *rest = sentences
    assert text_of(page, "h1") == title
    assert missing_in_order(rest, text_of(page, "[data-clauses]")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_needs_scripts(open_page: OpenSitePage, language: str) -> None:
    page = open_page("privacy/", language=language)
    whole = layout.clauses(page)
    words = text_of(page, "[data-clauses]")
    page = open_page("privacy/", language=language, java_script_enabled=False)
    assert layout.clauses(page) == whole
    assert text_of(page, "[data-clauses]") == words
    kinds = {stop["name"].split(".")[0].split()[0] for stop in layout.tab_stops(page)}
    assert kinds == {"a"}
    for selector in ("button", "[hidden]", "[role=status]", "dialog", "input", "noscript"):
        for element in page.locator(selector).all():
            assert not element.is_visible() or not element.inner_text(), selector


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_has_its_permanent_anchor(open_page_at_root: OpenSitePage, language: str) -> None:
    page = open_page_at_root("privacy/", language=language)
    ids = clause_ids()
    assert len(ids) > 50
    assert [clause["id"] for clause in layout.clauses(page)] == ids
    links = page.eval_on_selector_all(
        ".anchor", "all => all.map(link => [link.closest('[id]').id, decodeURIComponent(link.hash.slice(1))])"
    )
    assert links == [[clause, clause] for clause in ids]
    names = page.eval_on_selector_all(".anchor", "all => all.map(link => link.getAttribute('aria-label'))")
    assert all(names)


# --- Links to clauses


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Link copied"), ("zh-Hans", "链接已复制")], ids=LANGUAGES
)
def test_a_clauses_link_is_copied_and_said_to_be(
    open_page: OpenSitePage, served: StaticServer, language: str, said: str
) -> None:
    page = open_page("privacy/", language=language, permissions=["clipboard-read", "clipboard-write"])
    clause = page.locator(f"[id='{CLAUSE}'] > .row")
    clause.hover()
    page.wait_for_timeout(250)  # the page may follow the reader's scrolling until it rests
    clause.locator(".anchor").click()
    expect(page.locator("p[role=status]")).to_have_text(said)
    address = served.address(f"{language}/privacy/#{CLAUSE}")
    assert page.evaluate("navigator.clipboard.readText()") == address
    expect(page).to_have_url(address)
    assert page.locator("p[role=status]").is_visible()


def test_a_link_copied_while_the_page_comes_to_rest_stays(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/#use", language="en", permissions=["clipboard-read", "clipboard-write"])
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 20)
    page.wait_for_timeout(30)
    anchor = page.locator("[id='use.push'] > .row > .anchor")
    anchor.evaluate("anchor => anchor.click()")  # at once: a mouse would have to travel
    page.wait_for_timeout(300)
    assert page.url.endswith("#use.push")


def test_where_nothing_can_be_copied_the_link_is_in_the_address_bar(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    clause = page.locator(f"[id='{CLAUSE}'] > .row")
    clause.hover()
    page.wait_for_timeout(250)
    clause.locator(".anchor").click()
    expect(page.locator("p[role=status]")).to_have_text("The link is in the address bar")
    assert page.url.endswith(f"#{CLAUSE}")


def test_a_clauses_link_is_a_plain_link_without_scripts(
    open_page: OpenSitePage, served: StaticServer
) -> None:
    page = open_page("privacy/", language="en", java_script_enabled=False)
    page.locator(f"[id='{CLAUSE}'] > .row > .anchor").click()
    expect(page).to_have_url(served.address(f"en/privacy/#{CLAUSE}"))
    assert layout.landing(page, CLAUSE)[0]


# --- Forced colours and reduced motion


def test_forced_colours_lose_no_information(open_page_at_root: OpenSitePage, eye: Eye) -> None:
    size: ViewportSize = {"width": 1280, "height": 800}
    plain = text_of(open_page_at_root("privacy/", language="en", viewport=size))
    page = open_page_at_root("privacy/", language="en", viewport=size, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert text_of(page) == plain
    entry, row = page.locator(".contents a[href='#use']"), page.locator(f"[id='{CLAUSE}'] > .row")
    scheme = page.locator("[data-scheme-toggle]")
    page.evaluate(f"location.hash = '{CLAUSE}'")
    expect(entry).to_have_attribute("aria-current", "location")
    page.mouse.move(5, 700)
    before = [picture(page, part) for part in (entry, row, scheme)]
    entry.evaluate("entry => entry.removeAttribute('aria-current')")
    current = picture(page, entry)
    page.evaluate("() => { window.was = scrollY; location.hash = 'use.services'; }")
    page.wait_for_timeout(100)
    page.evaluate("scrollTo(0, window.was)")
    target = picture(page, row)
    page.keyboard.press("Tab")
    scheme.focus()
    pairs = list(zip(before, [current, target, picture(page, scheme)], strict=True))
    changed = [difference["changed"] for difference in eye.differences(pairs)]
    assert min(changed) > 100, changed
    # What colour alone drew before still stands out by a line.
    for selector in (".callout", ".note", "section.notice"):
        style = """element => {
            const {borderInlineStartStyle, borderInlineStartWidth} = getComputedStyle(element);
            return [borderInlineStartStyle, borderInlineStartWidth];
        }"""
        assert page.locator(selector).first.evaluate(style) == ["solid", "4px"]


@pytest.mark.parametrize("path", ["", "en/", "en/privacy/"])
def test_nothing_moves_for_those_who_wish_it(open_page_at_root: OpenSitePage, path: str) -> None:
    page = open_page_at_root(path)
    whole = text_of(page)
    page = open_page_at_root(path, reduced_motion="reduce")
    assert text_of(page) == whole
    assert page.evaluate(MOVING) == []
    assert page.evaluate("document.getAnimations().length") == 0
