"""From one version to another: a menu where scripts run, and the clause being read is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.support import axe, layout
from tests.support.histories import built, changing_clauses
from tests.support.keyboard import FocusCamera, hidden_stops, walk
from tests.support.pages import OpenPage
from tests.support.pixels import Eye
from tests.support.server import StaticServer, serving

MAY = "2026-05-01T10:00+08:00"
WIDTHS = [320, 390, 768, 959, 960, 1219, 1280, 1920]
NAMES = {"en": "Versions", "zh-Hans": "历史版本"}


@pytest.fixture(scope="module")
def clauses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    """Versions that do not all have the same clauses."""
    site = built(changing_clauses(tmp_path_factory.mktemp("clauses") / "workspace"), "2026-05-01")
    with serving(site, "/legal/") as server:
        yield server


def button(page: Page) -> Locator:
    return page.get_by_role("button", name=NAMES[page.locator("html").get_attribute("lang") or ""])


def opened(page: Page) -> Locator:
    """The menu, after its button was pressed."""
    button(page).click()
    menu = page.locator(".menu")
    expect(menu).to_be_visible()
    return menu


ENTRIES = {
    "en": [
        "The text in force",
        "3.0.0 January 1, 2027 Not yet in force",
        "2.0.0 Withdrawn",
        "1.1.0 February 1, 2026 In force",
        "1.0.0 January 5, 2026 No longer in force",
        "All versions and their dates",
    ],
    "zh-Hans": [
        "现行文本",
        "3.0.0 2027年1月1日 尚未生效",
        "2.0.0 已撤回",
        "1.1.0 2026年2月1日 现行有效",
        "1.0.0 2026年1月5日 已失效",
        "全部版本及日期",
    ],
}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_menu_lists_every_version_and_where_it_stands(
    open_address: OpenPage, versions: StaticServer, language: str
) -> None:
    page = open_address(versions.address(f"{language}/privacy/1.0.0/"), now=MAY)
    menu = opened(page)
    entries = [" ".join(text.split()) for text in menu.get_by_role("link").all_inner_texts()]
    assert entries == ENTRIES[language]
    assert menu.locator("[aria-current] .name").all_inner_texts() == ["1.0.0"]
    page.goto(versions.address(f"{language}/privacy/"))
    assert opened(page).locator("[aria-current]").all_inner_texts() == [ENTRIES[language][0]]


def test_escape_a_click_elsewhere_and_leaving_it_close_the_menu(
    open_address: OpenPage, versions: StaticServer
) -> None:
    page = open_address(versions.address("en/privacy/"), now=MAY)
    menu = opened(page)
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button(page)).to_be_focused()
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    page.locator("h1").click()
    expect(menu).to_be_hidden()
    opened(page)
    for _ in range(menu.get_by_role("link").count() + 1):
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    expect(page.locator(".bar").get_by_role("link", name="What changed")).to_be_focused()


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_tab_goes_through_the_menu_and_is_seen(
    open_address: OpenPage, versions: StaticServer, eye: Eye, width: int, color_scheme: str
) -> None:
    page = open_address(
        versions.address("en/privacy/1.0.0/"),
        now=MAY,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if color_scheme == "dark" else "light",
    )
    menu = opened(page)
    count = menu.get_by_role("link").count()
    stops = [stop for _, stop in zip(range(count), walk(page), strict=False)]
    assert hidden_stops(stops) == []
    assert menu.get_by_role("link").last.evaluate("link => link === document.activeElement")
    camera = FocusCamera(page, eye)
    page.evaluate(
        "document.querySelector('.menu').addEventListener('focusout', e => e.stopPropagation(), true)"
    )
    for stop in (stops[0], stops[1], stops[-1]):
        page.evaluate("number => document.querySelectorAll('*')[number].focus()", stop["number"])
        focus = layout.focus(page)
        assert focus
        camera.take(focus)
    assert camera.unseen() == []
    assert axe.violations(page) == []


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_menu_fits_every_width(open_address: OpenPage, versions: StaticServer, language: str) -> None:
    page = open_address(versions.address(f"{language}/privacy/3.0.0/"), now=MAY)
    for width in WIDTHS:
        layout.resize(page, width)
        menu = opened(page)
        box = menu.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert layout.text_outside(page) == []
        assert layout.small_targets(page, 44 if width < 760 else 24, within=".bar, .menu, .standing") == []
        with layout.styled(page, layout.TEXT_SPACING):
            assert layout.text_outside(page) == []
        page.keyboard.press("Escape")


# --- The clause is kept


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_another_version_opens_at_the_same_clause(
    open_address: OpenPage, versions: StaticServer, language: str
) -> None:
    page = open_address(versions.address(f"{language}/privacy/1.0.0/#share"), now=MAY)
    opened(page).get_by_role("link", name="3.0.0").click()
    expect(page).to_have_url(versions.address(f"{language}/privacy/3.0.0/#share"))
    opened(page).get_by_role("link").first.click()
    expect(page).to_have_url(versions.address(f"{language}/privacy/#share"))


def test_the_clause_that_the_reader_scrolled_to_is_kept(
    open_address: OpenPage, versions: StaticServer
) -> None:
    size: ViewportSize = {"width": 1280, "height": 500}
    page = open_address(versions.address("en/privacy/1.0.0/"), now=MAY, viewport=size)
    button(page)  # is there, so the list was read
    page.mouse.move(640, 300)
    page.mouse.wheel(0, 5000)
    expect(page.locator("[data-clauses]")).not_to_have_attribute("data-reading", "")
    clause = page.locator("[data-clauses]").get_attribute("data-reading")
    opened(page).get_by_role("link", name="1.1.0").click()
    expect(page).to_have_url(versions.address(f"en/privacy/1.1.0/#{clause}"))


@pytest.mark.parametrize(
    ("clause", "arrives", "said"),
    [
        ("use.safety", "#use", True),  # what was around it is still there
        ("share", "", True),
        ("use", "#use", False),
    ],
)
def test_a_clause_that_is_not_there_is_said_not_to_be(
    open_address: OpenPage, clauses: StaticServer, clause: str, arrives: str, said: bool
) -> None:
    page = open_address(clauses.address(f"en/privacy/2.0.0/#{clause}"), now=MAY)
    opened(page).get_by_role("link", name="3.0.0").click()
    expect(page).to_have_url(clauses.address(f"en/privacy/3.0.0/{arrives}"))
    status = page.locator("p.status")
    expect(status).to_have_text("The clause is not in this version." if said else "")
    if arrives:
        page.wait_for_load_state()
        assert layout.landing(page, arrives[1:])[0]
    else:
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_changes_and_the_version_stays(
    open_address: OpenPage, versions: StaticServer, scripts: bool
) -> None:
    page = open_address(versions.address("en/privacy/1.0.0/#share"), now=MAY, java_script_enabled=scripts)
    page.locator(".languages a[hreflang=zh-Hans]").click()
    expect(page).to_have_url(versions.address(f"zh-Hans/privacy/1.0.0/{'#share' if scripts else ''}"))
