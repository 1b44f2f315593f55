"""Versions and their history in a browser: valid, accessible, and readable without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support import axe, vnu
from tests.support.pages import OpenPage
from tests.support.server import StaticServer

PAGES = ("en/privacy/", "en/privacy/1.0.0/", "en/privacy/history/", "zh-Hans/privacy/history/")


def test_all_html_is_valid(versions_dir: Path) -> None:
    files = sorted(versions_dir.rglob("*.html"))
    assert len(files) == 28
    assert vnu.errors(files) == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault(
    open_address: OpenPage, versions: StaticServer, path: str, color_scheme: str
) -> None:
    dark = color_scheme == "dark"
    page = open_address(versions.address(path), color_scheme="dark" if dark else "light")
    assert axe.violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_the_history_to_an_old_version_and_back_to_what_is_in_force(
    open_address: OpenPage, versions: StaticServer, scripts: bool
) -> None:
    page = open_address(versions.address("en/privacy/"), java_script_enabled=scripts)
    page.get_by_role("button" if scripts else "link", name="Versions").click()
    if scripts:
        page.get_by_role("link", name="All versions and their dates").click()
    expect(page).to_have_url(versions.address("en/privacy/history/"))
    page.get_by_role("link", name="Read version 1.0.0").click()
    expect(page).to_have_url(versions.address("en/privacy/1.0.0/"))
    expect(page.get_by_text("We use your information for security.")).to_be_visible()
    page.get_by_role("link", name="See the text now in force").click()
    expect(page).to_have_url(versions.address("en/privacy/"))
    expect(page.get_by_text("We use your information for your safety.")).to_be_visible()


def test_switching_the_language_keeps_version_and_clause(
    open_address: OpenPage, versions: StaticServer
) -> None:
    page = open_address(versions.address("en/privacy/1.0.0/#use"))
    page.locator('a[hreflang="zh-Hans"]').first.click()
    expect(page).to_have_url(versions.address("zh-Hans/privacy/1.0.0/#use"))


def test_the_way_to_the_text_in_force_keeps_the_clause(
    open_address: OpenPage, versions: StaticServer
) -> None:
    page = open_address(versions.address("en/privacy/1.0.0/#use"))
    page.get_by_role("link", name="See the text now in force").click()
    expect(page).to_have_url(versions.address("en/privacy/#use"))
