"""The policy on paper: layout check 9, in both languages and from both schemes."""

import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenSitePage
from tests.support import layout, pdf
from tests.support.pdf import Word
from tests.support.pixels import Eye

LANGUAGES = ["en", "zh-Hans"]
SHEET = (210, 297)
MARGIN_TOP, MARGIN_SIDE, MARGIN_BOTTOM = 20, 18, 22
HALF_LINE = 1.8  # half the height of the text's letters, in millimetres
SLACK = 0.7
FOOTERS = {
    "en": r"VSO Cloud.*Privacy Policy.*Version 1\.1\.0.*Effective November 25, 2026.*Page {page} of {pages}",
    "zh-Hans": r"VSO\s?云.*隐私政策.*1\.1\.0.*2026年11月25日生效.*第\s?{page}\s?页.*共\s?{pages}\s?页",
}
CONTROLS = {
    "en": ["Search", "Print", "中文", "Back to top", "Skip to the text", "Contents", "Dark", "Close"],
    "zh-Hans": ["搜索", "打印", "English", "返回顶部", "跳到正文", "目录", "关闭"],
}


def folded(text: str) -> str:
    """Without white space, which paper breaks anew, and with ligatures as letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def body_of(sheet: list[Word]) -> list[Word]:
    """The words above the foot of a sheet."""
    return [word for word in sheet if word.middle <= SHEET[1] - MARGIN_BOTTOM]


def foot_of(sheet: list[Word]) -> list[Word]:
    return [word for word in sheet if word.middle > SHEET[1] - MARGIN_BOTTOM]


def text_of(sheets: list[list[Word]]) -> str:
    return folded("".join(word.text for sheet in sheets for word in body_of(sheet)))


def last_headings(sheets: list[list[Word]], headings: list[str]) -> list[str]:
    """The headings with which the text of a sheet ends."""
    ends = [text_of([sheet]) for sheet in sheets]
    return [heading for end in ends for heading in headings if end.endswith(folded(heading))]


def cut_words(sheet: list[Word]) -> list[Word]:
    """Words that leave the area of the text, so that the edge of the sheet's area cuts through them."""
    low = SHEET[1] - MARGIN_BOTTOM - HALF_LINE
    return [
        word
        for word in body_of(sheet)
        if word.left < MARGIN_SIDE - SLACK
        or word.right > SHEET[0] - MARGIN_SIDE + SLACK
        or not MARGIN_TOP + HALF_LINE - SLACK <= word.middle <= low + SLACK
    ]


def headings_of(page: Page) -> list[str]:
    return page.locator("[data-clauses] :is(h2, h3, h4, h5, h6)").all_text_contents()


def clauses_text(page: Page) -> str:
    return folded("".join(clause["text"] for clause in layout.clauses(page)))


def assert_all_printed(page: Page, sheets: list[list[Word]]) -> None:
    """Every clause once, in order, and nothing between them: no line is cut in two, no control is left."""
    wanted, printed = clauses_text(page), text_of(sheets)
    start = printed.find(wanted[:30])
    assert start > 0
    assert printed[start : start + len(wanted)] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_prints(open_page: OpenSitePage, tmp_path: Path, language: str) -> None:
    page = open_page("privacy/", language=language)
    sheets = pdf.words_of(pdf.print_page(page, tmp_path / "policy.pdf"))
    assert 4 <= len(sheets) <= 10
    assert_all_printed(page, sheets)


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("zh-Hans", True), ("zh-Hans", False)])
def test_sheets_are_well_made(
    open_page_at_root: OpenSitePage, tmp_path: Path, language: str, scripts: bool
) -> None:
    page = open_page_at_root("privacy/", language=language, java_script_enabled=scripts)
    sheets = pdf.words_of(pdf.print_page(page, tmp_path / "policy.pdf"))
    headings = headings_of(page)
    assert len(headings) > 10
    assert last_headings(sheets, headings) == []
    assert [word for sheet in sheets for word in cut_words(sheet)] == []
    assert_all_printed(page, sheets)
    for number, sheet in enumerate(sheets, 1):
        footer = " ".join(word.text for word in foot_of(sheet))
        assert re.fullmatch(FOOTERS[language].format(page=number, pages=len(sheets)), footer), footer


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_control_is_printed(open_page_at_root: OpenSitePage, tmp_path: Path, language: str) -> None:
    page = open_page_at_root("privacy/", language=language)
    page.locator("button[data-search]").click()  # even what happens to be open
    page.locator("dialog[open]").wait_for()
    sheets = pdf.words_of(pdf.print_page(page, tmp_path / "policy.pdf"))
    printed = text_of(sheets)
    assert "#" not in printed
    before, after = printed.split(clauses_text(page))
    for control in CONTROLS[language]:
        assert folded(control) not in before + after, control


@pytest.mark.parametrize("language", LANGUAGES)
def test_dark_readers_print_the_same(
    open_page_at_root: OpenSitePage, tmp_path: Path, eye: Eye, language: str
) -> None:
    page = open_page_at_root("privacy/", language=language, color_scheme="light")
    light = _pictures(page, tmp_path / "light")
    assert all(eye.brightness(picture) > 0.8 for picture in light)
    if language == "en":
        page.emulate_media(color_scheme="dark")
    else:
        page.locator("[data-scheme-toggle]").click()
        page.evaluate("location.hash = 'use.security'")
    assert _pictures(page, tmp_path / "dark") == light


def _pictures(page: Page, folder: Path) -> list[bytes]:
    folder.mkdir()
    printed = pdf.print_page(page, folder / "policy.pdf", backgrounds=True)
    return [picture.read_bytes() for picture in pdf.pictures_of(printed, folder, dots_per_inch=40)]
