"""The repository's own site, built once and served, and a way to open its pages."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, Unpack

import pytest
from playwright.sync_api import Browser, Page

from tests.support.fonts import rendered_fonts
from tests.support.histories import built, five_records
from tests.support.pages import OpenPage, PageOptions
from tests.support.pixels import Eye
from tests.support.server import StaticServer, serving
from tests.support.sites import build_real_site, built_once

CHINESE_FONTS = re.compile(r"(CJK|Sans|Serif|Han Sans|Han Serif) SC|PingFang SC|YaHei|HarmonyOS Sans SC")


class OpenSitePage(Protocol):
    """Opens a path of the site, such as "en/privacy/"; with `language`, a path inside that language."""

    def __call__(
        self, path: str = "", *, language: str = "", allow: Iterable[str] = (), **options: Unpack[PageOptions]
    ) -> Page: ...


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The built site; never write into it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "real-site"
    shared.mkdir(exist_ok=True)
    return built_once(build_real_site, shared)


@pytest.fixture(scope="session", params=["/", "/legal/policies/"], ids=["root", "subpath"])
def served(request: pytest.FixtureRequest, site_dir: Path) -> Iterator[StaticServer]:
    """The site at a host's root and under a sub-path: a test that uses it runs twice."""
    with serving(site_dir, request.param) as server:
        yield server


@pytest.fixture(scope="session")
def served_at_root(site_dir: Path) -> Iterator[StaticServer]:
    """The site at a host's root only, for tests that a sub-path cannot change."""
    with serving(site_dir) as server:
        yield server


@pytest.fixture(scope="session")
def versions_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a ledger of five records, as of May 2026: 1.1.0 is in force, 3.0.0 will be from 2027."""
    return built(five_records(tmp_path_factory.mktemp("versions") / "workspace"), "2026-05-01")


@pytest.fixture(scope="session")
def versions(versions_dir: Path) -> Iterator[StaticServer]:
    """That site under a sub-path."""
    with serving(versions_dir, "/legal/") as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def chinese_font(browser: Browser, served_at_root: StaticServer) -> str:
    """The font that Chinese is drawn with. Without a real one every picture would show boxes, and pass."""
    page = browser.new_page()
    try:
        page.goto(served_at_root.address("zh-Hans/privacy/"))
        fonts = rendered_fonts(page, "[data-clauses] p")
    finally:
        page.close()
    used = max(fonts, key=lambda name: fonts[name], default="no font at all")
    if not CHINESE_FONTS.search(used):
        pytest.fail(
            f"Chinese text is drawn with {used}, not with a font for simplified Chinese: "
            "run tests/tools/system-parts or install the package `fonts-noto-cjk`",
            pytrace=False,
        )
    return used


@pytest.fixture(scope="session")
def eye(browser: Browser) -> Iterator[Eye]:
    """Compares pictures."""
    eye = Eye(browser)
    yield eye
    eye.close()


@pytest.fixture
def open_page(served: StaticServer, open_address: OpenPage) -> OpenSitePage:
    """Opens pages of the site, at the root and under a sub-path."""
    return _opening(served, open_address)


@pytest.fixture
def open_page_at_root(served_at_root: StaticServer, open_address: OpenPage) -> OpenSitePage:
    """Opens pages of the site, at the root only."""
    return _opening(served_at_root, open_address)


def _opening(server: StaticServer, open_address: OpenPage) -> OpenSitePage:
    def open_page(
        path: str = "", *, language: str = "", allow: Iterable[str] = (), **options: Unpack[PageOptions]
    ) -> Page:
        inside = f"{language}/{path}" if language else path
        return open_address(server.address(inside), allow=allow, **options)

    return open_page
