"""Each check of the layout finds a fault that is planted for it. A check that cannot fail proves nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import OpenSitePage
from tests.browser.test_print import assert_all_printed, cut_words, headings_of, last_headings
from tests.support import layout, pdf
from tests.support.keyboard import FocusCamera, hidden_stops, walk
from tests.support.layout import styled
from tests.support.pixels import Eye
from tests.support.sources import english_sentences, missing_in_order

WIDE: ViewportSize = {"width": 1280, "height": 800}


def baseline_fault(page: Page) -> list[str]:
    _, apart = layout.baselines_apart(page)
    return [f"{apart}px"] if apart > 1 else []


def length_fault(page: Page) -> list[str]:
    median = layout.line_length(page)
    return [] if 60 <= median <= 80 else [str(median)]


def phone_targets(page: Page) -> list[str]:
    return layout.small_targets(page, 44, within=".top, .bar, .row")


FAULTS: list[tuple[str, Callable[[Page], list[str]], str]] = [
    ("wide", layout.text_outside, ".facts { width: 3000px; max-width: none }"),
    ("shifted out", layout.text_outside, "h1 { margin-left: -400px }"),
    ("cut sideways", layout.text_outside, "html { overflow-x: hidden } .row p { white-space: nowrap }"),
    ("cut below", layout.text_outside, ".note { height: 12px; overflow: hidden }"),
    ("over each other", layout.text_over_text, ".text { margin-top: -300px }"),
    ("tight lines", layout.text_over_text, ".row p { line-height: 0.5 }"),
    ("long lines", length_fault, ":root { --column: 60rem !important } .policy > * { max-width: none }"),
    ("short lines", length_fault, ".row p { padding-right: 20rem }"),
    ("label too high", baseline_fault, ".row .label { position: relative; top: -1.5px }"),
    ("text indented", layout.uneven_edges, "li.clause:nth-child(2) > .row > p { padding-left: 1px }"),
    ("label indented", layout.uneven_edges, "li.clause:nth-child(2) > .row > .label { margin-left: 1px }"),
    ("intro indented", layout.uneven_edges, "li .intro { margin-left: 0 }"),
    (
        "small link",
        lambda page: layout.small_targets(page, 24),
        ".contents a { padding: 0; line-height: 20px }",
    ),
    ("small anchor", phone_targets, ".anchor { width: 40px }"),
    ("hash too high", layout.missed_clauses, "html { scroll-padding-top: 0 }"),
    ("hash too low", layout.missed_clauses, "html { scroll-padding-top: 220px }"),
]


@pytest.fixture
def page(open_page_at_root: OpenSitePage) -> Page:
    return open_page_at_root("privacy/", language="en", viewport=WIDE)


def test_every_check_passes_without_a_fault_and_finds_its_own(page: Page) -> None:
    quiet = []
    for name, check, css in FAULTS:
        if check is not phone_targets:  # a mouse may have smaller ones
            assert check(page) == [], name
        with styled(page, css):
            if not check(page):
                quiet.append(name)
    assert quiet == []


def test_unseen_hidden_and_skipped_focus_is_found(page: Page, eye: Eye) -> None:
    for css in ("* { outline: none !important }", "* { outline-color: #ddd !important }"):
        with styled(page, css):
            camera = FocusCamera(page, eye)
            for _, stop in zip(range(5), walk(page), strict=False):
                camera.take(stop)
            assert camera.unseen()
        page.evaluate("document.activeElement.blur()")
    with styled(page, ".bar::after { content: ''; position: fixed; inset: 0; z-index: 99 }"):
        assert hidden_stops([stop for _, stop in zip(range(5), walk(page), strict=False)])
    page.evaluate("document.activeElement.blur()")
    with styled(page, ".skip:focus { left: -9999px }"):
        page.locator(".skip").focus()
        skip = layout.focus(page)
        assert skip
        assert hidden_stops([skip])
    page.evaluate("document.activeElement.blur()")
    wanted = [stop["name"] for stop in layout.tab_stops(page)]
    page.evaluate(
        "document.querySelector('.contents a').addEventListener('focus', event => event.target.blur())"
    )
    assert [stop["name"] for stop in walk(page)] != wanted


def test_things_that_move_are_found(page: Page) -> None:
    before, _ = layout.layout_shift(page)
    page.evaluate("document.querySelector('.facts').before(document.querySelector('.facts').cloneNode(true))")
    page.wait_for_timeout(50)
    after, moved = layout.layout_shift(page)
    assert before <= 0.01 < after
    assert moved


@pytest.mark.parametrize(
    "css",
    [
        "@media print { .row.head, .row.head * { break-after: page !important } }",
        "@media print { .text { margin-left: -15mm } }",
        "@media print { .text > section { overflow: hidden; height: 40mm } }",
        "@media print { .clauses { display: none } }",
        "@media print { .clauses { display: flex; flex-direction: column-reverse } }",
    ],
    ids=["heading last", "cut at the side", "cut below", "missing", "out of order"],
)
def test_faults_on_paper_are_found(page: Page, tmp_path: Path, css: str) -> None:
    headings = headings_of(page)
    with styled(page, css):
        sheets = pdf.words_of(pdf.print_page(page, tmp_path / "policy.pdf"))
        found: list[object] = [*last_headings(sheets, headings)]
        found += [word for sheet in sheets for word in cut_words(sheet)]
        try:
            assert_all_printed(page, sheets)
        except AssertionError as fault:
            found.append(fault)
    assert found


def test_missing_and_misplaced_sentences_are_found() -> None:
    sentences = english_sentences()
    assert missing_in_order(sentences, " \n".join(sentences)) == []
    assert missing_in_order(sentences, " ".join(sentences[:50] + sentences[51:]))
    assert missing_in_order(sentences, " ".join(reversed(sentences)))
