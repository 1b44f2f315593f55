"""Light and dark: the system's wish, the reader's own, and no flash between them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenSitePage
from tests.support.server import StaticServer

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 24, 29)"


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_system_decides_first(open_page: OpenSitePage, scripts: bool) -> None:
    page = open_page("privacy/", language="en", color_scheme="light", java_script_enabled=scripts)
    assert background(page) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert background(page) == DARK
    button = page.locator("[data-scheme-toggle]")
    if scripts:
        expect(button).to_have_attribute("aria-pressed", "true")
    else:
        expect(button).to_be_hidden()


@pytest.mark.parametrize(("system", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_the_reader_decides_last(open_page: OpenSitePage, system: str, other: str) -> None:
    page = open_page("privacy/", language="en", color_scheme="dark" if system == DARK else "light")
    button = page.get_by_role("button", name="Dark appearance")
    button.click()
    assert background(page) == other
    expect(button).to_have_attribute("aria-pressed", str(other == DARK).lower())
    page.reload()
    assert background(page) == other
    expect(button).to_have_attribute("aria-pressed", str(other == DARK).lower())
    page.goto(page.url.replace("en/privacy/", ""))  # on every page, and in every language
    assert background(page) == other
    page.locator("[data-scheme-toggle]").click()
    assert background(page) == system
    page.emulate_media(color_scheme="light" if system == DARK else "dark")
    assert background(page) == other  # both agreed, so the system is followed again


def test_the_chosen_scheme_is_there_before_the_page_is_drawn(
    open_page_at_root: OpenSitePage, served_at_root: StaticServer, site_dir: Path
) -> None:
    page = open_page_at_root("privacy/", language="en", color_scheme="light")
    page.locator("[data-scheme-toggle]").click()
    (script,) = site_dir.glob("assets/policypress/page.*.js")
    with served_at_root.slow(script.relative_to(site_dir).as_posix(), 1.5):
        page.reload(wait_until="commit")
        while (
            page.evaluate("document.readyState") == "loading"
        ):  # the page's own policy forbids waiting by eval
            page.wait_for_timeout(20)
        # The late script has not run yet: what is drawn now would be the flash.
        assert background(page) == DARK
        assert page.evaluate("document.readyState") == "interactive"
        page.wait_for_load_state()
    assert background(page) == DARK


def test_a_page_works_where_storage_is_forbidden(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en", color_scheme="light")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.reload()
    page.locator("[data-scheme-toggle]").click()
    assert background(page) == DARK


def test_a_spoiled_choice_is_ignored(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en", color_scheme="light")
    page.evaluate("localStorage.setItem('policypress-scheme', '<b>purple')")
    page.reload()
    assert background(page) == LIGHT
    assert page.evaluate("document.documentElement.dataset.scheme") is None
