"""How pages are laid out, in both languages. Keyboard and paper have files of their own."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import OpenSitePage
from tests.support import layout
from tests.support.fonts import rendered_fonts
from tests.support.server import StaticServer

LANGUAGES = ["en", "zh-Hans"]
WIDTHS = [320, 390, 768, 959, 960, 1219, 1220, 1280, 1920]
PHONES = [320, 390]
LABELLED = 50  # rows with a label beside their text; fewer were measured only if some vanished
LINE_LENGTHS = {"en": (60, 80), "zh-Hans": (32, 40)}
CHINESE_PLACES = ["h1", ".facts dd", ".contents .title", "h2 .title", "h3 .title", ".note p", ".intro p"]
PAGES = ["", "en/", "zh-Hans/", "missing/page"]


# --- 1. Fonts


def test_all_chinese_is_drawn_with_one_chinese_font(
    open_page_at_root: OpenSitePage, chinese_font: str
) -> None:
    page = open_page_at_root("privacy/", language="zh-Hans")
    drawn = {place: rendered_fonts(page, place) for place in CHINESE_PLACES}
    assert [place for place, fonts in drawn.items() if chinese_font not in fonts] == []
    others = {font for fonts in drawn.values() for font in fonts} - {chinese_font}
    assert not [font for font in others if "CJK" in font]


# --- 2. to 5. At every width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_set_well_at_every_width(open_page_at_root: OpenSitePage, language: str) -> None:
    page = open_page_at_root("privacy/", language=language)
    faults: dict[int, object] = {}
    for width in WIDTHS:
        layout.resize(page, width)
        found = layout.text_outside(page) + layout.text_over_text(page) + layout.uneven_edges(page)
        found += layout.small_targets(page, 24) + _labels_apart(page)
        faults[width] = found
    assert not any(faults.values()), faults


def _labels_apart(page: Page) -> list[str]:
    count, apart = layout.baselines_apart(page)
    found = [f"labels and texts up to {apart}px apart"] if apart > 1 else []
    return found + ([] if count >= LABELLED else [f"only {count} labels stand beside their text"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_of_a_readable_length(open_page_at_root: OpenSitePage, language: str) -> None:
    page = open_page_at_root("privacy/", language=language)
    least, most = LINE_LENGTHS[language]
    for width in (1280, 1920):
        layout.resize(page, width)
        assert len(layout.line_lengths(page)) > 10
        assert least <= layout.line_length(page) <= most
    if language == "zh-Hans":
        layout.resize(page, 390)
        assert layout.line_length(page) >= 17


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_at_four_times_the_size_or_with_wider_text_spacing(
    open_page_at_root: OpenSitePage, language: str
) -> None:
    page = open_page_at_root("privacy/", language=language)
    for width, height in [(320, 256), (1280, 800)]:
        layout.resize(page, width, height)
        assert layout.text_outside(page) + layout.text_over_text(page) == []
        with layout.styled(page, layout.TEXT_SPACING):
            assert layout.text_outside(page) + layout.text_over_text(page) == []
    layout.resize(page, 320, 256)
    assert layout.landing(page, "notice")[1] > 0
    assert page.evaluate("layout.stickyBottom()") == 0  # so low a window is all for the text


@pytest.mark.parametrize("path", PAGES)
def test_other_pages_fit_every_width(open_page_at_root: OpenSitePage, path: str) -> None:
    page = open_page_at_root(path, allow=[r"console error: .*404"])
    for width in WIDTHS:
        layout.resize(page, width)
        assert layout.text_outside(page) + layout.text_over_text(page) + layout.small_targets(page, 24) == []
    layout.resize(page, 320, 256)
    with layout.styled(page, layout.TEXT_SPACING):
        assert layout.text_outside(page) + layout.text_over_text(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thumb_can_hit_every_control_on_a_phone(open_page_at_root: OpenSitePage, language: str) -> None:
    viewport: ViewportSize = {"width": 390, "height": 844}
    page = open_page_at_root("privacy/", language=language, viewport=viewport, has_touch=True)
    for width in PHONES:
        layout.resize(page, width, 844)
        assert layout.small_targets(page, 44, within=".top, .bar, .contents details") == []
        assert layout.small_targets(page, 44, within=".row") == []
    assert page.locator(".anchor").count() == len(layout.clauses(page))
    touching = page.locator(".anchor").evaluate_all(
        """all => all.map(anchor => anchor.getBoundingClientRect())
          .filter((box, index, boxes) => index && box.top - boxes[index - 1].bottom < 0.5).length"""
    )
    assert touching == 0
    transparent = page.locator(".anchor").evaluate_all(
        "all => all.filter(anchor => getComputedStyle(anchor).opacity !== '1').length"
    )
    assert transparent == 0


def test_cards_of_the_home_page_are_large(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("")
    heights = page.locator(".card").evaluate_all("all => all.map(card => card.offsetHeight)")
    assert len(heights) == len(LANGUAGES)
    assert min(heights) >= 96


# --- 7. Hashes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_every_clause_opens_below_what_sticks(
    open_page_at_root: OpenSitePage, language: str, width: int, height: int
) -> None:
    size: ViewportSize = {"width": width, "height": height}
    page = open_page_at_root("privacy/#use.security", language=language, viewport=size)
    assert layout.landing(page, "use.security")[0]
    assert layout.missed_clauses(page) == []


def test_clauses_open_in_their_place_without_scripts_too(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/#use.security", language="en", java_script_enabled=False)
    assert layout.landing(page, "use.security")[0]
    page.goto(page.url.replace("use.security", "store"))
    assert layout.landing(page, "store")[0]


# --- 8. Nothing moves by itself


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_scripts_come_late(
    open_page_at_root: OpenSitePage,
    served_at_root: StaticServer,
    site_dir: Path,
    language: str,
    width: int,
) -> None:
    (script,) = site_dir.glob("assets/policypress/page.*.js")
    with served_at_root.slow(script.relative_to(site_dir).as_posix(), 0.6):
        size: ViewportSize = {"width": width, "height": 800}
        page = open_page_at_root("privacy/", language=language, viewport=size)
    page.mouse.move(width / 2, 600)
    for _ in range(8):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    page.wait_for_timeout(250)  # the entry of the contents is marked once the scrolling rests
    assert page.evaluate("scrollY") > 4000
    total, moved = layout.layout_shift(page)
    assert total <= 0.01, moved
