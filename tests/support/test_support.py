"""The helpers find what they are made to find: each check here meets a planted fault."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser

from policypress.core import hosting
from tests.support import axe, pdf, vnu
from tests.support.chromium import ChromiumMissingError, find_chromium
from tests.support.fonts import rendered_fonts
from tests.support.pages import OpenPage, PageFaultsError, watched_pages
from tests.support.server import StaticServer, serving
from tests.support.sites import built_once

CHINESE = "我们收集和使用您的信息"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title><link rel="stylesheet" href="style.css">{head}</head>
<body><main><h1>A page</h1><p id="latin">Your information.</p>
<p id="chinese" lang="zh-Hans">{chinese}</p>{body}</main></body>
</html>
"""


def page(head: str = "", body: str = "") -> str:
    return PAGE.format(head=head, body=body, chinese=CHINESE)


FILES = {
    "index.html": page(),
    "style.css": "#chinese { font-family: 'Noto Sans CJK SC' } :root { color-scheme: light dark }",
    "404.html": page(body="<p>Nothing here.</p>"),
    "inline-script.html": page(body="<script>window.ran = true</script>"),
    "inline-style.html": page(body="<p style='color: red'>Red.</p>"),
    "foreign.html": page(body="<img alt='' src='http://elsewhere.example/pixel.png'>"),
    "throws.html": page(head="<script defer src='throws.js'></script>"),
    "throws.js": "throw new Error('planted');",
    "late.html": page(head="<script defer src='late.js'></script>"),
    "late.js": "window.late = () => setTimeout(() => console.error('planted late'), 0);",
    "no-alt.html": page(body="<img src='data:,'>"),
    "wrong.html": page(body="<p><div>A block in a paragraph.</div></p>"),
    "folder/index.html": page().replace("style.css", "../style.css"),
    "empty/data.json": "{}",
    "feed.atom": "<feed/>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny-site")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module", params=["/", "/legal/policies/"])
def server(request: pytest.FixtureRequest, folder: Path) -> Iterator[StaticServer]:
    with serving(folder, request.param) as server:
        yield server


@pytest.fixture(scope="module")
def root_server(folder: Path) -> Iterator[StaticServer]:
    with serving(folder) as server:
        yield server


# --- Watched pages


def test_a_clean_page_passes(server: StaticServer, open_address: OpenPage) -> None:
    opened = open_address(server.address("folder/"))
    assert opened.title() == "A page"
    assert f"{server.prefix}style.css" in server.requests


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("inline-script.html", r"CSP violation: script-src-elem forbids inline"),
        ("inline-script.html", r"console error: .*Content Security Policy"),
        ("inline-style.html", r"CSP violation: style-src-attr forbids inline"),
        ("foreign.html", r"CSP violation: img-src forbids http://elsewhere\.example"),
        ("throws.html", r"page error: .*planted"),
        ("missing", r"console error: .*404"),
    ],
)
def test_faults_are_caught(browser: Browser, root_server: StaticServer, name: str, fault: str) -> None:
    with pytest.raises(PageFaultsError, match=fault), watched_pages(browser) as open_page:
        open_page(root_server.address(name))


def test_foreign_requests_are_caught_even_where_the_csp_lets_them_pass(
    browser: Browser, root_server: StaticServer
) -> None:
    fault = r"request to another host: http://elsewhere\.example/pixel\.png"
    with pytest.raises(PageFaultsError, match=fault), watched_pages(browser) as open_page:
        open_page(root_server.address("foreign.html"), bypass_csp=True)


def test_csp_violations_are_caught_without_javascript(browser: Browser, root_server: StaticServer) -> None:
    with pytest.raises(PageFaultsError, match="Content Security Policy"), watched_pages(browser) as open_page:
        open_page(root_server.address("inline-style.html"), java_script_enabled=False)


def test_faults_at_the_very_end_are_caught(browser: Browser, root_server: StaticServer) -> None:
    with pytest.raises(PageFaultsError, match="planted late"), watched_pages(browser) as open_page:
        open_page(root_server.address("late.html")).evaluate("window.late()")


def test_expected_faults_are_allowed(root_server: StaticServer, open_address: OpenPage) -> None:
    opened = open_address(root_server.address("missing"), allow=[r"console error: .*404"])
    assert opened.get_by_text("Nothing here.").is_visible()


def test_options_reach_the_page(root_server: StaticServer, open_address: OpenPage) -> None:
    opened = open_address(
        root_server.url,
        viewport={"width": 320, "height": 640},
        color_scheme="dark",
        reduced_motion="reduce",
        locale="zh-Hans",
    )
    assert opened.evaluate("[innerWidth, innerHeight]") == [320, 640]
    assert opened.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert opened.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert opened.evaluate("navigator.language") == "zh-Hans"


# --- The server


def test_answers_carry_the_policy_and_the_type(server: StaticServer) -> None:
    wanted = {
        "": "text/html; charset=utf-8",
        "style.css": "text/css; charset=utf-8",
        "throws.js": "text/javascript; charset=utf-8",
        "empty/data.json": "application/json",
        "feed.atom": "application/atom+xml; charset=utf-8",
    }
    for path, media_type in wanted.items():
        with urlopen(server.address(path)) as answer:
            assert answer.headers["Content-Type"] == media_type
            assert answer.headers["Content-Security-Policy"] == hosting.EVERYWHERE["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["missing", "missing/deeper/", "empty/"])
def test_missing_files_get_the_sites_own_page(server: StaticServer, path: str) -> None:
    with pytest.raises(HTTPError) as raised:
        urlopen(server.address(path))
    with raised.value as answer:
        assert answer.code == 404
        assert "Nothing here." in answer.read().decode()


@pytest.mark.parametrize("path", ["/", "/style.css", "/legal/policies"])
def test_nothing_is_outside_the_prefix(folder: Path, path: str) -> None:
    with serving(folder, "/legal/policies/") as server, pytest.raises(HTTPError) as raised:
        urlopen(server.origin + path)
    with raised.value as answer:
        assert "Nothing here." not in answer.read().decode()


def test_nothing_is_outside_the_folder(folder: Path) -> None:
    with serving(folder / "folder") as server, pytest.raises(HTTPError) as raised:
        urlopen(server.url + "%2e%2e/style.css")
    raised.value.close()


def test_folders_without_slash_are_redirected(server: StaticServer) -> None:
    with urlopen(server.address("folder")) as answer:
        assert answer.url == server.address("folder/")


def test_one_path_can_be_slow(server: StaticServer) -> None:
    def seconds(path: str) -> float:
        start = time.monotonic()
        with urlopen(Request(server.address(path), method="HEAD")):
            return time.monotonic() - start

    with server.slow("style.css", 0.5):
        assert seconds("style.css") >= 0.5
        assert seconds("throws.js") < 0.5
    assert seconds("style.css") < 0.5


# --- Checkers


def test_axe_finds_a_planted_fault(root_server: StaticServer, open_address: OpenPage) -> None:
    faulty = open_address(root_server.address("no-alt.html"))
    (violation,) = axe.violations(faulty)
    assert "image-alt (critical)" in violation
    assert "no-alt.html" in violation


def test_axe_passes_a_clean_page(root_server: StaticServer, open_address: OpenPage) -> None:
    assert axe.violations(open_address(root_server.url)) == []


def test_vnu_finds_planted_faults_and_no_others(folder: Path) -> None:
    found = vnu.errors([folder / "index.html", folder / "no-alt.html", folder / "wrong.html"])
    assert any(re.search(r"no-alt\.html:\d+:\d+: .*“alt” attribute", error) for error in found)
    assert any(re.search(r"wrong\.html:\d+:\d+: No “p” element in scope", error) for error in found)
    assert not any("index.html" in error for error in found)


def test_vnu_never_passes_what_it_did_not_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"absent\.html"):
        vnu.errors([tmp_path / "absent.html"])
    with pytest.raises(ValueError, match="no files"):
        vnu.errors([])


def test_chinese_is_drawn_with_noto_sans_cjk(root_server: StaticServer, open_address: OpenPage) -> None:
    opened = open_address(root_server.url)
    assert rendered_fonts(opened, "#chinese") == {"Noto Sans CJK SC": len(CHINESE)}
    assert "Noto Sans CJK SC" not in rendered_fonts(opened, "#latin")


def test_pages_print(root_server: StaticServer, open_address: OpenPage, tmp_path: Path) -> None:
    printed = pdf.print_page(open_address(root_server.url), tmp_path / "page.pdf")
    assert CHINESE in pdf.text_of(printed)
    (picture,) = pdf.pictures_of(printed, tmp_path / "pictures")
    assert picture.read_bytes().startswith(b"\x89PNG")


# --- Chromium and built sites


def test_a_missing_chromium_is_explained(tmp_path: Path) -> None:
    with pytest.raises(
        ChromiumMissingError, match=r"chromium, chromium-browser, google-chrome.*system-parts"
    ):
        find_chromium({"PATH": str(tmp_path)})
    with pytest.raises(ChromiumMissingError, match="tried /nowhere/chrome"):
        find_chromium({"PATH": str(tmp_path), "CHROMIUM": "/nowhere/chrome"})


def test_the_site_is_built_once(tmp_path: Path) -> None:
    builds: list[Path] = []

    def build(target: Path) -> None:
        builds.append(target)
        if len(builds) == 1:
            raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        built_once(build, tmp_path)
    assert built_once(build, tmp_path) == built_once(build, tmp_path) == builds[0]
    assert len(builds) == 2
