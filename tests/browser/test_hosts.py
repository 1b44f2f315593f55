"""The pages as real web servers give them, with the files that are shipped for these."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.test_pages import MISSING, NOT_FOUND, PAGES
from tests.support import hosts
from tests.support.pages import OpenPage


@pytest.fixture(scope="module")
def nginx(site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site as nginx serves it."""
    with hosts.nginx(site_dir, tmp_path_factory.mktemp("nginx")) as url:
        yield url


@pytest.fixture(scope="module")
def caddy(site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site as Caddy serves it."""
    with hosts.caddy(site_dir, tmp_path_factory.mktemp("caddy")) as url:
        yield url


@pytest.mark.parametrize("path", [*PAGES, MISSING])
def test_pages_run_without_a_fault_from_nginx(nginx: str, open_address: OpenPage, path: str) -> None:
    page = open_address(nginx + path, allow=NOT_FOUND if path == MISSING else [])
    page.wait_for_load_state("networkidle")  # what `open_address` sees go wrong fails the test
    assert page.locator("h1").count() == 1
    assert path == MISSING or page.evaluate("document.styleSheets.length") > 1


@pytest.mark.parametrize("path", ["zh-Hans/privacy/", "en/privacy/history/"])
def test_pages_run_without_a_fault_from_caddy(caddy: str, open_address: OpenPage, path: str) -> None:
    page = open_address(caddy + path)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1


def test_data_for_search_engines_stands_in_the_page_and_is_not_run(
    nginx: str, open_address: OpenPage
) -> None:
    """The policy of the server and that of the page let it be: they would report it."""
    page = open_address(f"{nginx}en/privacy/1.1.0/")
    assert page.evaluate("document.scripts.length") > 1
    told = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(told or "")["version"] == "1.1.0"


SENT = """
performance.getEntriesByType("resource").map(entry => [new URL(entry.name).pathname, entry.transferSize])
"""


def test_what_pages_share_is_loaded_once(nginx: str, open_address: OpenPage) -> None:
    """Styles and scripts are not even asked about again; the list of versions is, for next to nothing."""
    page = open_address(f"{nginx}en/privacy/")
    page.wait_for_load_state("networkidle")
    page.goto(f"{nginx}en/privacy/1.0.0/")
    page.wait_for_load_state("networkidle")
    sent = dict(page.evaluate(SENT))
    assets = {path: size for path, size in sent.items() if path.startswith("/assets/")}
    assert len(assets) > 3
    assert set(assets.values()) == {0}
    assert 0 < sent["/en/privacy/versions.json"] < 1000
