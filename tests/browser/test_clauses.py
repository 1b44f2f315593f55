"""The pages of clauses in a browser: valid, accessible, readable without scripts, and found from the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support import axe, layout, pdf, vnu
from tests.support.eventful import AS_OF, eventful
from tests.support.histories import built
from tests.support.pages import OpenPage
from tests.support.server import StaticServer, serving

WIDTHS = [320, 390, 768, 1060, 1280, 1920]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(eventful(tmp_path_factory.mktemp("clauses") / "workspace"), AS_OF)


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[StaticServer]:
    with serving(site, "/legal/") as server:
        yield server


def test_all_html_is_valid(site: Path) -> None:
    files = sorted(site.glob("*/privacy/clauses/*/index.html"))
    assert len(files) == 16
    assert vnu.errors(files) == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
@pytest.mark.parametrize("name", ["use", "use.log", "use.protect", "share.all"])
def test_axe_finds_no_fault(
    open_address: OpenPage, server: StaticServer, *, name: str, width: int, dark: bool
) -> None:
    page = open_address(
        server.address(f"{'zh-Hans' if dark else 'en'}/privacy/clauses/{name}/"),
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 800},
    )
    assert axe.violations(page) == []


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_it_fits_every_width(open_address: OpenPage, server: StaticServer, language: str) -> None:
    page = open_address(server.address(f"{language}/privacy/clauses/use.protect/"))
    for width in WIDTHS:
        layout.resize(page, width)
        assert layout.text_outside(page) + layout.text_over_text(page) == []
        assert layout.small_targets(page, 24, within="main") == []
    layout.resize(page, 320, 256)
    with layout.styled(page, layout.TEXT_SPACING):
        assert layout.text_outside(page) + layout.text_over_text(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_the_text_to_what_happened_to_a_clause_and_to_a_version(
    open_address: OpenPage, server: StaticServer, scripts: bool
) -> None:
    page = open_address(
        server.address("en/privacy/"),
        java_script_enabled=scripts,
        permissions=["clipboard-read", "clipboard-write"],
    )
    past = page.locator('.past[href="clauses/use.log/"]')
    expect(past).to_be_hidden()
    page.locator('.anchor[href="#use.log"]').focus()
    page.keyboard.press("Enter")
    expect(past).to_be_visible()
    assert page.locator(".past:visible").count() == 1
    if not scripts:
        page.keyboard.press("Tab")  # from the clause, to which the link led, to the link itself
    page.keyboard.press("Tab")
    expect(past).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(server.address("en/privacy/clauses/use.log/"))
    expect(page.locator("h1")).to_have_text("History of clause 1.1")
    page.get_by_role("link", name="Changes in version 2.0.0").click()
    expect(page).to_have_url(server.address("en/privacy/2.0.0/changes/"))
    page.get_by_role("link", name="History of this clause").click()
    expect(page).to_have_url(server.address("en/privacy/clauses/use.log/"))
    page.get_by_role("link", name="In the text").click()
    expect(page).to_have_url(server.address("en/privacy/#use.log"))


def test_switching_the_language_keeps_the_clause(open_address: OpenPage, server: StaticServer) -> None:
    page = open_address(server.address("en/privacy/clauses/use.improve/"))
    page.locator(".languages a[hreflang=zh-Hans]").click()
    expect(page).to_have_url(server.address("zh-Hans/privacy/clauses/use.improve/"))
    expect(page.locator("h1")).to_have_text("条款1.2的沿革")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_link_resolves(open_address: OpenPage, server: StaticServer, site: Path, language: str) -> None:
    page = open_address(server.address(f"{language}/privacy/clauses/use.protect/"))
    links: list[str] = page.eval_on_selector_all("a[href], link[href]", "all => all.map(one => one.href)")
    for link in links:
        address = urlsplit(link)
        file = site / address.path.removeprefix("/legal/")
        text = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
        assert not address.fragment or f'id="{address.fragment}"' in text, link
    assert len(links) > 20


def test_the_comparison_of_any_two_versions_leads_to_it(open_address: OpenPage, server: StaticServer) -> None:
    page = open_address(server.address("en/privacy/compare/?from=1.0.0&to=2.0.0"))
    page.get_by_role("link", name="History of this clause").click()
    expect(page).to_have_url(server.address("en/privacy/clauses/use.log/"))


def test_on_paper_the_words_stand_without_controls(
    open_address: OpenPage, server: StaticServer, tmp_path: Path
) -> None:
    page = open_address(server.address("en/privacy/clauses/use.log/"), color_scheme="dark")
    sheets = pdf.words_of(pdf.print_page(page, tmp_path / "clause.pdf"))
    text = " ".join(word.text for sheet in sheets for word in sheet)
    assert "History of clause 1.1" in text
    assert "We keep logs for 30 60 days" in text.replace("3060", "30 60")
    for control in ("Versions", "Read", "Print", "Back to top", "中文"):
        assert control not in text
