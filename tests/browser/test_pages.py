"""Every page of the site: nothing foreign, nothing forbidden, valid, and accessible."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import OpenSitePage
from tests.support import axe, vnu
from tests.support.server import StaticServer

POLICY = ["", "history/", "compare/", "1.0.0/", "1.1.0/", "1.1.0/changes/", "clauses/share.law/"]
INSIDE = ["", *(f"privacy/{path}" for path in POLICY)]
PAGES = ["", *(f"{language}/{path}" for language in ("en", "zh-Hans") for path in INSIDE)]
MISSING = "no/such/page"
WIDTHS = [1280, 390]
NOT_FOUND = [r"console error: .*404"]


def clause_pages(site_dir: Path) -> set[str]:
    """Of every clause that ever was: alike, so that a few of them are opened for all."""
    names = [path.stem for path in site_dir.glob("api/v1/policies/privacy/clauses/*.json")]
    assert len(names) > 50
    return {f"{tag}/privacy/clauses/{name}/index.html" for tag in ("en", "zh-Hans") for name in names}


def test_the_list_of_pages_is_complete(site_dir: Path) -> None:
    built = {path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*.html")}
    assert built == {f"{page}index.html" for page in PAGES} | {"404.html"} | clause_pages(site_dir)


def test_all_html_is_valid(site_dir: Path) -> None:
    files = sorted(site_dir.rglob("*.html"))
    assert len(files) > len(PAGES)
    assert vnu.errors(files) == []


@pytest.mark.parametrize("path", [*PAGES, MISSING])
def test_pages_ask_only_their_own_host_and_obey_the_strictest_policy(
    open_page: OpenSitePage, served: StaticServer, path: str
) -> None:
    served.requests.clear()
    page = open_page(path, allow=NOT_FOUND if path == MISSING else [])
    page.wait_for_load_state("networkidle")  # what `open_page` sees go wrong fails the test
    assert page.locator("h1").count() == 1
    assert all(request.startswith(served.prefix) for request in served.requests if request != "/favicon.ico")
    assert page.context.cookies() == []


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_broken(open_page: OpenSitePage, served: StaticServer, site_dir: Path, path: str) -> None:
    page = open_page(path)
    links: list[str] = page.eval_on_selector_all(
        "a[href], link[href], script[src]", "all => all.map(element => element.href || element.src)"
    )
    for link in links:
        address = urlsplit(link)
        if address.scheme == "data":
            continue
        assert link.startswith(served.url), link
        file = site_dir / address.path.removeprefix(served.prefix)
        text = (file / "index.html" if file.is_dir() else file).read_text("utf-8")
        if link.startswith(page.url + "#"):  # to what a script may have made
            text = page.content()
        assert not address.fragment or f'id="{address.fragment}"' in text, link


@pytest.mark.parametrize("path", [*PAGES, MISSING])
def test_axe_finds_no_fault_in_either_scheme(open_page: OpenSitePage, path: str) -> None:
    page = open_page(path, allow=NOT_FOUND if path == MISSING else [], color_scheme="light")
    found = axe.violations(page)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(
        "getComputedStyle(document.body).colorScheme || matchMedia('(prefers-color-scheme: dark)').matches"
    )
    assert found + axe.violations(page) == []


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_phone(
    open_page_at_root: OpenSitePage, language: str, color_scheme: str
) -> None:
    page = open_page_at_root(
        "privacy/",
        language=language,
        viewport={"width": 390, "height": 844},
        has_touch=True,  # then the links of the clauses are always to be seen
        color_scheme="dark" if color_scheme == "dark" else "light",
    )
    page.locator("summary").click()
    assert axe.violations(page) == []
