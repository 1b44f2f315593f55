"""Where a text stands today: said at run time, from versions.json and the clock, without moving anything."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.support import axe, layout
from tests.support.pages import OpenPage
from tests.support.server import StaticServer

MAY = "2026-05-01T10:00+08:00"
LATER = "2027-02-01T10:00+08:00"
BEFORE, AT = "2026-12-31T23:59:59+08:00", "2027-01-01T00:00:00+08:00"
URGENT = """[
 {"version": "1.1.1", "title": "", "aliases": [], "properties":
  {"published": "2026-04-30T10:00:00+08:00", "effective": "2026-04-30T10:00:00+08:00"}},
 {"version": "1.1.0", "title": "", "aliases": ["latest"], "properties":
  {"published": "2026-02-01T10:00:00+08:00", "effective": "2026-02-01T10:00:00+08:00"}}
]"""


def notice(page: Page, state: str) -> str:
    """What the notice says, once it is in this state."""
    box = page.locator(f".standing[data-state={state}]")
    expect(box).to_be_visible()
    return box.locator(".words").inner_text()


def way(page: Page) -> tuple[str, str]:
    link = page.locator(".standing .ways a").first
    return link.inner_text(), (link.get_attribute("href") or "").removeprefix("./")


SEE = ("See the text now in force", "../")
STATES = [
    ("en", "1.0.0/", MAY, "past", "Version 1.0.0, no longer in force since February 1, 2026.", SEE),
    (
        "en",
        "1.1.0/",
        MAY,
        "in-force",
        "Version 1.1.0, in force since February 1, 2026.",
        ("See the policy’s own page", "../"),
    ),
    ("en", "2.0.0/", MAY, "withdrawn", "Version 2.0.0, withdrawn on March 10, 2026.", SEE),
    ("en", "3.0.0/", MAY, "scheduled", "Version 3.0.0, not in force until January 1, 2027.", SEE),
    (
        "en",
        "",
        MAY,
        "upcoming",
        "Version 3.0.0 takes effect on January 1, 2027.",
        ("Read version 3.0.0", "3.0.0/"),
    ),
    # The site was not built again since: the policy's own address is behind, and the ways lead past it.
    (
        "en",
        "",
        LATER,
        "past",
        "Version 1.1.0, no longer in force since January 1, 2027.",
        ("See the text now in force", "3.0.0/"),
    ),
    (
        "en",
        "1.1.0/",
        LATER,
        "past",
        "Version 1.1.0, no longer in force since January 1, 2027.",
        ("See the text now in force", "../3.0.0/"),
    ),
    ("zh-Hans", "1.0.0/", MAY, "past", "1.0.0版，已自2026年2月1日起失效。", ("查看现行文本", "../")),
    (
        "zh-Hans",
        "1.1.0/",
        MAY,
        "in-force",
        "1.1.0版，自2026年2月1日起生效，现行有效。",
        ("查看本政策主页", "../"),
    ),
    ("zh-Hans", "2.0.0/", MAY, "withdrawn", "2.0.0版，已于2026年3月10日撤回。", ("查看现行文本", "../")),
    (
        "zh-Hans",
        "3.0.0/",
        MAY,
        "scheduled",
        "3.0.0版，尚未生效，将自2027年1月1日起生效。",
        ("查看现行文本", "../"),
    ),
    ("zh-Hans", "", LATER, "past", "1.1.0版，已自2027年1月1日起失效。", ("查看现行文本", "3.0.0/")),
]


@pytest.mark.parametrize(("language", "path", "now", "state", "said", "leads"), STATES)
def test_a_page_says_where_its_text_stands_now(
    open_address: OpenPage,
    versions: StaticServer,
    *,
    language: str,
    path: str,
    now: str,
    state: str,
    said: str,
    leads: tuple[str, str],
) -> None:
    page = open_address(versions.address(f"{language}/privacy/{path}"), now=now)
    assert notice(page, state) == said
    assert way(page) == leads
    assert page.locator(".standing .icon:visible").count() == 1


def test_instants_decide_and_not_the_readers_dates(open_address: OpenPage, versions: StaticServer) -> None:
    address = versions.address("en/privacy/3.0.0/")
    page = open_address(address, now=BEFORE, timezone_id="Pacific/Auckland")  # where 2027 has begun
    assert notice(page, "scheduled") == "Version 3.0.0, not in force until January 1, 2027."
    page = open_address(address, now=AT, timezone_id="America/Los_Angeles")  # where it has not
    assert notice(page, "in-force") == "Version 3.0.0, in force since January 1, 2027."


@pytest.mark.parametrize(
    ("language", "said", "link"),
    [
        ("en", "Version 1.0.0, effective from January 5, 2026.", "See the text now in force"),
        ("zh-Hans", "1.0.0版，自2026年1月5日起生效。", "查看现行文本"),
    ],
)
def test_without_scripts_the_page_says_what_stays_true(
    open_address: OpenPage, versions: StaticServer, language: str, said: str, link: str
) -> None:
    page = open_address(versions.address(f"{language}/privacy/1.0.0/"), now=MAY, java_script_enabled=False)
    assert notice(page, "fixed") == said
    page.get_by_role("link", name=link).click()
    expect(page).to_have_url(versions.address(f"{language}/privacy/"))


def test_without_the_list_of_versions_too(open_address: OpenPage, versions: StaticServer) -> None:
    page = open_address(versions.address("en/privacy/"), now=MAY, allow=["console error: .*404"])
    page.route("**/versions.json", lambda route: route.fulfill(status=404))
    page.goto(versions.address("en/privacy/1.0.0/"))
    page.wait_for_load_state("networkidle")
    assert notice(page, "fixed") == "Version 1.0.0, effective from January 5, 2026."
    expect(page.get_by_role("link", name="Versions")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_notice_leads_to_the_clause_being_read(
    open_address: OpenPage, versions: StaticServer, language: str
) -> None:
    page = open_address(versions.address(f"{language}/privacy/1.1.0/#share"), now=LATER)
    notice(page, "past")
    page.locator(".standing .ways a").first.click()
    expect(page).to_have_url(versions.address(f"{language}/privacy/3.0.0/#share"))


# --- Layout check 8


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_moves_when_the_answer_comes_late(
    open_address: OpenPage, versions: StaticServer, language: str, width: int
) -> None:
    size: ViewportSize = {"width": width, "height": 800}
    home = f"{language}/privacy/"
    with versions.slow(f"{home}versions.json", 1.2):
        pages = [
            open_address(versions.address(home + path), now=now, viewport=size)
            for path, now in (("1.0.0/", MAY), ("2.0.0/", MAY), ("", LATER))
        ]
        early = [page.locator(".standing:is([data-state=fixed], [data-state=upcoming])") for page in pages]
        assert early[-1].is_visible()  # the answer has not come, at least to the last
        before = [page.locator(".facts").bounding_box() for page in pages]
        for page, state in zip(pages, ("past", "withdrawn", "past"), strict=True):
            notice(page, state)
            expect(page.locator(".bar [aria-expanded]")).to_be_visible()
    for page, facts in zip(pages, before, strict=True):
        total, moved = layout.layout_shift(page)
        assert total <= 0.01, moved
        assert page.locator(".facts").bounding_box() == facts


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_news_that_no_page_could_know_of_lies_over_it_and_moves_nothing(
    open_address: OpenPage, versions: StaticServer, width: int, height: int
) -> None:
    size: ViewportSize = {"width": width, "height": height}
    page = open_address(versions.address("404.html"), now=MAY, viewport=size)
    page.route("**/versions.json", lambda route: route.fulfill(body=URGENT, content_type="application/json"))
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.querySelector('.standing').hidden = true; })"
    )
    page.goto(versions.address("en/privacy/#share"))
    assert notice(page, "past") == "Version 1.1.0, no longer in force since April 30, 2026."
    assert way(page) == ("See the text now in force", "1.1.1/#share")
    box = page.locator(".standing").bounding_box()
    assert box
    assert round(box["y"] + box["height"]) == height
    assert layout.text_outside(page) == []
    assert axe.violations(page) == []


# --- Links to clauses that are not there


def test_words_for_a_clause_that_is_not_there(open_address: OpenPage, versions: StaticServer) -> None:
    page = open_address(versions.address("zh-Hans/privacy/#no-such-clause"), now=MAY)
    expect(page.locator("p.status")).to_have_text("此版本中没有该条款。")
    expect(page).to_have_url(re.compile(r"/zh-Hans/privacy/$"))
