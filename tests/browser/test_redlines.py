"""How redlines look, on the pages of changes and of comparison: layout check 10, and what has no redline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenSitePage
from tests.support import axe, layout
from tests.support.histories import Workspace, built, workspace
from tests.support.pages import OpenPage
from tests.support.pixels import Eye
from tests.support.server import StaticServer, serving

LANGUAGES = ["en", "zh-Hans"]
PATHS = ["privacy/1.1.0/changes/", "privacy/compare/?from=1.0.0&to=1.1.0"]
WORDS = {"en": ("inserted", "deleted"), "zh-Hans": ("新增", "删除")}
SPLIT = """\
format: 1
id: {id}
heading: {{en: {id}, zh-Hans: 条款}}
replaces: [use]
text: {{en: We use it for {id}., zh-Hans: 我们为此使用。}}
"""
GREY = "html { filter: grayscale(1); }"
COLOURS = """element => {
  const { color, backgroundColor, borderBottomColor, textDecorationColor } = getComputedStyle(element);
  const page = getComputedStyle(document.documentElement).backgroundColor;
  const line = element.localName === "ins" ? borderBottomColor : textDecorationColor;
  return [color, backgroundColor, line, page].map(it => it.match(/[\\d.]+/g).slice(0, 3).map(Number));
}"""
TOPS = """() => [...document.querySelectorAll(".redline .sides")]
  .map(sides => [...sides.children].map(side => side.firstElementChild))
  .filter(first => first.every(Boolean) && first[0].localName === first[1].localName && first[0].offsetHeight)
  .map(first => first.map(it => it.getBoundingClientRect().top))"""


def opened(open_site: OpenSitePage, path: str, language: str, **options: object) -> Page:
    page = open_site(path, language=language, **options)  # type: ignore[arg-type]
    page.locator(".redline :is(ins, del):visible").first.wait_for()
    return page


def contrast(one: list[float], other: list[float]) -> float:
    """By WCAG's formula."""

    def luminance(colour: list[float]) -> float:
        parts = [value / 255 for value in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_marks_stand_out_in_both_schemes(open_page_at_root: OpenSitePage, path: str, language: str) -> None:
    page = opened(open_page_at_root, path, language, color_scheme="light")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for mark in ("ins", "del"):
            text, back, line, around = page.locator(f".inline {mark}").first.evaluate(COLOURS)
            assert contrast(text, back) >= 4.5, (scheme, mark)
            assert contrast(line, back) >= 3, (scheme, mark)
            assert contrast(line, around) >= 3, (scheme, mark)


@pytest.mark.parametrize("path", PATHS)
def test_without_colour_a_line_under_or_through_tells_them_apart(
    open_page_at_root: OpenSitePage, eye: Eye, path: str
) -> None:
    page = opened(open_page_at_root, path, "en", forced_colors="none")
    with layout.styled(page, GREY):
        assert_lines(page, eye)
    page.emulate_media(forced_colors="active")
    assert_lines(page, eye)
    page.emulate_media(forced_colors="none", media="print")
    assert_lines(page, eye)


def assert_lines(page: Page, eye: Eye) -> None:
    """An insertion has its line at the foot, a deletion through the middle, and nowhere else."""
    for mark, least, most in (("ins", 0.75, 1.0), ("del", 0.3, 0.75)):
        found = eye.lines(page.locator(f".inline {mark}").first.screenshot())
        assert found, mark
        assert least <= min(found) <= max(found) <= most, (mark, found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_who_hears_the_page_hears_what_was_inserted_and_deleted(
    open_page_at_root: OpenSitePage, path: str, language: str
) -> None:
    page = opened(open_page_at_root, path, language)
    said = heard(page)
    for mark, word in zip(("ins", "del"), WORDS[language], strict=True):
        texts = page.locator(f".inline {mark}").all_inner_texts()
        assert texts
        assert [text for text in texts if "".join(f"[{word}:{text}]".split()) not in said] == []


def heard(page: Page) -> str:
    """What the browser tells programs that read aloud, in order, without white space."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}

    def visit(node: dict[str, Any]) -> Iterator[str]:
        if node["role"]["value"] == "StaticText":
            yield node["name"]["value"]
            return
        for name in node.get("childIds", ()):
            yield from visit(known[name])

    return "".join("".join(visit(nodes[0])).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_old_and_new_begin_at_the_same_height(
    open_page_at_root: OpenSitePage, path: str, language: str
) -> None:
    page = opened(open_page_at_root, path, language)
    page.locator("#_sides").check()
    for width in (1100, 1280, 1920):
        layout.resize(page, width)
        tops = page.evaluate(TOPS)
        assert tops
        assert all(abs(old - new) <= 1 for old, new in tops), (width, tops)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_redlines_fit_every_width(open_page_at_root: OpenSitePage, path: str, language: str) -> None:
    page = opened(open_page_at_root, path, language)
    for width in (320, 390, 768, 960, 1219, 1280):
        layout.resize(page, width)
        faults = layout.text_outside(page) + layout.text_over_text(page) + layout.small_targets(page, 24)
        assert faults == [], width
    layout.resize(page, 320, 256)
    with layout.styled(page, layout.TEXT_SPACING):
        assert layout.text_outside(page) + layout.text_over_text(page) == []


# --- Where no redline was made, and where clauses were split


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    """1.0.0, then ten rewordings of `use`, then its split into two: 12.0.0."""
    made = workspace(tmp_path_factory.mktemp("long") / "workspace")
    words = "for security"
    made.release("2026-01-05T10:00")
    for number in range(10):
        words = reworded(made, words, number)
    (made.policy / "clauses/01-use.yaml").unlink()
    made.change("{@use}", "{@safety}", "clauses/02-share.yaml")
    for number, name in enumerate(("safety", "quality"), 3):
        made.write(f"clauses/0{number}-{name}.yaml", SPLIT.format(id=name))
    made.release("2026-03-05T10:00", short_notice="A court order.", effective="2026-03-06")
    with serving(built(made, "2026-05-01")) as server:
        yield server


def reworded(made: Workspace, words: str, number: int) -> str:
    made.change(words, f"for {number + 2} days")
    made.change("我们", "我们都") if number == 0 else None
    day = f"2026-02-{number + 1:02d}"
    made.release(f"{day}T10:00", short_notice="A court order.", effective=f"{day}T11:00")
    return f"for {number + 2} days"


def test_texts_too_far_apart_for_a_redline_stand_side_by_side_with_the_reason(
    open_address: OpenPage, long: StaticServer
) -> None:
    page = open_address(long.address("en/privacy/compare/?from=2.0.0&to=8.0.0"))
    page.locator(".apart").wait_for()
    assert page.locator(".answer").inner_text() == "1 change, 1 not weighed"
    assert page.locator("#_found .pill").inner_text() == "Not weighed"
    said = page.locator(".redline .passage > .meta").inner_text()
    assert said.startswith("This clause has had many texts, and no redline of these two is published.")
    old, new = page.locator(".apart > div").all_inner_texts()
    assert "Version 2.0.0" in old
    assert "for 2 days" in old
    assert "Version 8.0.0" in new
    assert "for 8 days" in new
    assert page.locator(".redline :is(ins, del)").count() == 0
    assert layout.text_outside(page) + axe.violations(page) == []


def test_a_split_is_redlined_as_one_with_what_people_said_of_it(
    open_address: OpenPage, long: StaticServer
) -> None:
    page = open_address(long.address("en/privacy/compare/?from=11.0.0&to=12.0.0"))
    page.locator("[data-kind=split]").wait_for()
    assert "We say it better." in page.locator("[data-kind=split] .summary").inner_text()
    assert page.locator("[data-kind=split] .pill").inner_text() == "Material"
    first = page.locator(page.locator("[data-kind=split] .about a").get_attribute("href") or "")
    assert first.locator("h3.subject").inner_text().endswith("safety")
    assert "11 days" in first.locator(".inline del").all_inner_texts()[-1]
    assert page.locator(".redline .apart").count() == 0
    page.get_by_role("button", name="Swap").click()
    page.locator("[data-kind=merged]").wait_for()
    assert page.locator("[data-kind=merged] .summary").count() == 0
