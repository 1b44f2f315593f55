"""Tab and Shift+Tab through whole policies, and keys that must stay the reader's own. Layout check 6."""

from collections import Counter

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenSitePage
from tests.support import layout
from tests.support.keyboard import FocusCamera, hidden_stops, walk
from tests.support.layout import Focus
from tests.support.pixels import Eye

PHONE: ViewportSize = {"width": 390, "height": 844}
PER_SORT = 2  # of many alike, so many are photographed


def go_through(page: Page, camera: FocusCamera) -> list[Focus]:
    """Tab through the page, and take pictures of every sort of stop."""
    taken: Counter[str] = Counter()
    stops: list[Focus] = []
    for stop in walk(page):
        stops.append(stop)
        taken[stop["sort"]] += 1
        if taken[stop["sort"]] <= PER_SORT:
            camera.take(stop)
    return stops


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_focus_goes_everywhere_and_is_seen(
    open_page_at_root: OpenSitePage, eye: Eye, language: str, width: int, color_scheme: str
) -> None:
    page = open_page_at_root(
        "privacy/",
        language=language,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if color_scheme == "dark" else "light",
    )
    page.locator("button[aria-controls]").wait_for()  # the menu of versions takes the place of a link
    wanted = [stop["name"] for stop in layout.tab_stops(page)]
    camera = FocusCamera(page, eye)
    forward = go_through(page, camera)
    assert [stop["name"] for stop in forward] == wanted
    assert hidden_stops(forward) == []
    assert len(camera.stops) >= 10
    assert camera.unseen() == []
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    back = list(walk(page, "Shift+Tab"))
    assert sorted(stop["name"] for stop in back) == sorted(wanted)
    assert hidden_stops(back) == []


@pytest.mark.parametrize("path", ["", "en/"])
def test_focus_is_seen_on_the_other_pages(open_page_at_root: OpenSitePage, eye: Eye, path: str) -> None:
    page = open_page_at_root(path)
    wanted = [stop["name"] for stop in layout.tab_stops(page)]
    camera = FocusCamera(page, eye)
    stops = go_through(page, camera)
    assert [stop["name"] for stop in stops] == wanted
    assert hidden_stops(stops) == []
    assert camera.unseen() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_contents_can_be_reached_on_a_phone(open_page: OpenSitePage, scripts: bool) -> None:
    page = open_page("privacy/", language="en", viewport=PHONE, java_script_enabled=scripts)
    summary = next(stop for stop in walk(page) if stop["name"].startswith("summary"))
    assert summary["inside"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    entries = page.locator(".contents a")
    expect(entries.first).to_be_focused()
    for _ in range(1, entries.count()):
        page.keyboard.press("Tab")
    expect(entries.last).to_be_focused()
    last = layout.focus(page)
    assert last
    assert hidden_stops([last]) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(page.url.split("#")[0] + "#supplementary")
    assert layout.landing(page, "supplementary")[0]


def test_the_first_stop_skips_to_the_text(open_page: OpenSitePage) -> None:
    page = open_page("privacy/", language="en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


@pytest.mark.parametrize("key", ["s", "f", "/", "p", "n", ",", "."])
def test_single_keys_do_nothing(open_page_at_root: OpenSitePage, key: str) -> None:
    page = open_page_at_root("privacy/", language="en")
    before = page.url, page.evaluate("scrollY")
    page.keyboard.press(key)
    page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open]").count() == 0
    assert (page.url, page.evaluate("scrollY")) == before
