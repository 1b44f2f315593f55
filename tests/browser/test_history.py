"""The history: which version was in force on a date, in the policy's own zone, as the program says too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from policypress.cli.show import command as show
from policypress.core import instants
from tests.core.test_timeline import CASES, History
from tests.support import axe, layout
from tests.support.histories import Workspace, built, in_zone
from tests.support.keyboard import FocusCamera, hidden_stops, walk
from tests.support.layout import Focus
from tests.support.pages import OpenPage
from tests.support.pixels import Eye
from tests.support.server import StaticServer, serving

MAY = "2026-05-01T10:00+08:00"
WIDTHS = [320, 390, 768, 959, 960, 1219, 1280, 1920]

# At midnight, a second before and after it, on the days when clocks change, and twice in one day.
TRANSITIONS = {
    "Asia/Shanghai": [
        "2026-01-05T00:00+08:00",
        "2026-02-28T23:59:59+08:00",
        "2026-03-02T00:00:01+08:00",
        "2026-06-30T12:00+08:00",
        "2026-06-30T18:00+08:00",
        "2027-01-01T00:00+08:00",
    ],
    "America/New_York": [
        "2026-01-05T00:00-05:00",
        "2026-03-08T00:00-05:00",
        "2026-03-08T23:59:59-04:00",
        "2026-07-04T00:00:01-04:00",
        "2026-11-01T00:00-04:00",
        "2026-11-02T00:00-05:00",
    ],
}
# Where the reader is, who must not matter.
ELSEWHERE = {"Asia/Shanghai": "America/Los_Angeles", "America/New_York": "Pacific/Auckland"}


def answer(page: Page) -> str:
    return page.locator(".answer").inner_text()


def ask(page: Page, day: str) -> None:
    page.locator("input[name=date]").fill(day)
    page.get_by_role("button", name=re.compile("Show|查询")).click()


# --- The same answers as the program's


@pytest.fixture(scope="module", params=TRANSITIONS)
def abroad(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Workspace, StaticServer]]:
    """A zone, a policy of it, and its site."""
    made = in_zone(tmp_path_factory.mktemp("zone") / "workspace", request.param, TRANSITIONS[request.param])
    with serving(built(made, "2026-05-01")) as server:
        yield request.param, made, server


def days(texts: list[str], zone: str) -> list[str]:
    """The day of each instant in a zone, and those around it."""
    found = {
        (datetime.fromisoformat(text).astimezone(ZoneInfo(zone)) + timedelta(days=apart)).date()
        for text in texts
        for apart in (-2, -1, 0, 1)
    }
    found |= {date(1900, 1, 1), date(2024, 2, 29), date(2099, 12, 31)}
    return [day.isoformat() for day in sorted(found)]


def test_the_date_field_answers_as_the_program_does(
    open_address: OpenPage, abroad: tuple[str, Workspace, StaticServer]
) -> None:
    zone, made, server = abroad
    page = open_address(server.address("en/privacy/history/"), now=MAY, timezone_id=ELSEWHERE[zone])
    asked = days(TRANSITIONS[zone], zone)
    assert len(asked) >= 20
    told = {}
    for day in asked:
        ask(page, day)
        expect(page.locator(".answer")).to_contain_text(
            f"{date.fromisoformat(day):%B} {int(day[-2:])}, {day[:4]}"
        )
        found = re.search(r"version (\S+)$", answer(page))
        told[day] = found[1] if found else "none"
    runner = CliRunner()
    by_program = {}
    for day in asked:
        done = runner.invoke(show, ["--as-of", day, "--workspace", str(made.root)])
        assert done.exit_code in {0, 1}, done.output
        by_program[day] = done.stdout.strip() or "none"
    assert told == by_program
    assert len(set(told.values())) >= 6


ZONES = [
    *("Asia/Shanghai", "America/New_York", "Europe/London", "America/Sao_Paulo", "America/Havana"),
    *("Asia/Beirut", "Africa/Cairo", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"),
    *("Pacific/Apia", "Pacific/Kiritimati", "America/Santiago", "Asia/Amman", "UTC"),
]


def turning_days(zone: ZoneInfo) -> Iterator[date]:
    """The days from 2008 to 2025 around which the clocks of a zone are set, and some others."""
    day = date(2008, 1, 1)
    before = None
    while day < date(2026, 1, 1):
        offset = datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset()
        if before not in {None, offset} or day.day == day.month == 1:
            yield from (day + timedelta(days=apart) for apart in (-2, -1, 0, 1))
        before = offset
        day += timedelta(days=1)


def test_a_day_ends_in_every_zone_when_the_program_says(
    open_address: OpenPage, versions: StaticServer, versions_dir: Path
) -> None:
    (script,) = versions_dir.glob("assets/policypress/timeline.*.js")
    page = open_address(versions.address("en/privacy/history/"), timezone_id="Asia/Tokyo")
    asked = [(day.isoformat(), zone) for zone in ZONES for day in turning_days(ZoneInfo(zone))]
    assert len(asked) > 1000
    found = page.evaluate(
        """async ([url, asked]) => {
          const { endOfDay } = await import(url);
          return asked.map(([day, zone]) => endOfDay(day, zone));
        }""",
        [versions.address(script.relative_to(versions_dir).as_posix()), asked],
    )
    wanted = [int(instants.end_of(day, ZoneInfo(zone)).timestamp() * 1000) for day, zone in asked]
    wrong = [question for question, one, other in zip(asked, found, wanted, strict=True) if one != other]
    assert wrong == []


def listed(history: History) -> list[dict[str, Any]]:
    """A history as its versions.json would be."""
    found = []
    for entry in reversed(history.timeline.entries):
        properties = {
            "effective": entry.effective,
            "known_since": entry.known_since if not entry.effective else None,
            "withdrawn": entry.withdrawn,
        }
        told = {name: value.isoformat() for name, value in properties.items() if value}
        found.append({"version": entry.version, "aliases": [], "properties": told})
    return found


def test_every_history_has_the_same_version_in_force(
    open_address: OpenPage, versions: StaticServer, versions_dir: Path
) -> None:
    (script,) = versions_dir.glob("assets/policypress/timeline.*.js")
    page = open_address(versions.address("en/privacy/history/"))
    questions, wanted = [], []
    for history in map(History, CASES):
        starts = {entry.applies_from for entry in history.timeline.entries}
        moments = sorted({start + timedelta(seconds=apart) for start in starts for apart in (-1, 0, 1)})
        questions.append([listed(history), [int(at.timestamp() * 1000) for at in moments]])
        answers = [history.timeline.in_force(at) for at in moments]
        wanted.append([entry.version if entry else None for entry in answers])
    found = page.evaluate(
        """async ([url, questions]) => {
          const { read, inForce } = await import(url);
          const answers = (list, moments) => moments.map((at) => inForce(read(list), at)?.version ?? null);
          return questions.map(([list, moments]) => answers(list, moments));
        }""",
        [versions.address(script.relative_to(versions_dir).as_posix()), questions],
    )
    assert found == wanted
    assert sum(map(len, wanted)) > 150


# --- Asking


@pytest.mark.parametrize(
    ("language", "day", "said", "version"),
    [
        ("en", "2026-01-31", "In force on January 31, 2026: version 1.0.0", "1.0.0"),
        ("en", "2027-01-01", "In force on January 1, 2027, as far as is known today: version 3.0.0", "3.0.0"),
        ("en", "2026-01-04", "No version is known to have been in force on January 4, 2026.", ""),
        ("zh-Hans", "2026-01-31", "2026年1月31日的有效版本：1.0.0版", "1.0.0"),
        ("zh-Hans", "2027-01-01", "2027年1月1日的有效版本（以目前已发布的版本为准）：3.0.0版", "3.0.0"),
        ("zh-Hans", "2026-01-04", "没有已知在2026年1月4日有效的版本。", ""),
    ],
)
def test_an_answer_is_said_linked_and_marked(
    open_address: OpenPage, versions: StaticServer, *, language: str, day: str, said: str, version: str
) -> None:
    page = open_address(versions.address(f"{language}/privacy/history/"), now=MAY)
    ask(page, day)
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert answer(page) == said
    marked = page.locator(".history > .asked").evaluate_all("all => all.map(item => item.id)")
    assert marked == ([f"v{version}"] if version else [])
    if version:
        page.locator(".answer a").click()
        expect(page).to_have_url(versions.address(f"{language}/privacy/{version}/"))


def test_the_address_keeps_the_question(open_address: OpenPage, versions: StaticServer) -> None:
    address = versions.address("en/privacy/history/")
    page = open_address(address, now=MAY)
    ask(page, "2026-01-31")
    expect(page).to_have_url(f"{address}?date=2026-01-31")
    ask(page, "2026-02-01")
    expect(page.locator(".answer")).to_contain_text("version 1.1.0")
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("version 1.0.0")
    expect(page.locator("input[name=date]")).to_have_value("2026-01-31")
    page.reload()
    expect(page.locator(".answer")).to_contain_text("version 1.0.0")
    page.locator(".languages a[hreflang=zh-Hans]").click()
    expect(page).to_have_url(versions.address("zh-Hans/privacy/history/?date=2026-01-31"))
    expect(page.locator(".answer")).to_contain_text("1.0.0版")


@pytest.mark.parametrize("query", ["?date=", "?date=2026-02-30", "?date=%3Cb%3E", "?date=%", "?other=1"])
def test_what_is_no_date_asks_nothing(open_address: OpenPage, versions: StaticServer, query: str) -> None:
    page = open_address(versions.address(f"en/privacy/history/{query}"), now=MAY)
    page.wait_for_load_state("networkidle")
    assert answer(page) == ""
    assert page.locator(".asked").count() == 0


def test_where_nothing_can_be_read_that_is_said_and_a_second_try_may_succeed(
    open_address: OpenPage, versions: StaticServer
) -> None:
    page = open_address(versions.address("404.html"), now=MAY, allow=["console error: .*404"])
    page.route("**/versions.json", lambda route: route.fulfill(status=404))
    page.goto(versions.address("en/privacy/history/"))
    ask(page, "2026-01-31")
    expect(page.locator(".answer")).to_have_text("The versions could not be loaded")
    page.unroute("**/versions.json")
    ask(page, "2026-01-30")
    ask(page, "2026-01-31")
    expect(page.locator(".answer")).to_contain_text("version 1.0.0")


def test_enter_asks_and_nothing_moves_when_the_answer_comes_late(
    open_address: OpenPage, versions: StaticServer
) -> None:
    with versions.slow("en/privacy/versions.json", 1.2):
        page = open_address(versions.address("en/privacy/history/?date=2026-01-31"), now=MAY)
        expect(page.locator(".answer")).to_contain_text("version 1.0.0")
    total, moved = layout.layout_shift(page)
    assert total <= 0.01, moved
    page.locator("input[name=date]").fill("2026-02-01")
    page.locator("input[name=date]").press("Enter")
    expect(page.locator(".answer")).to_contain_text("version 1.1.0")


# --- The timeline


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In force from February 1, 2026 to January 1, 2027"),
        ("zh-Hans", "自2026年2月1日起至2027年1月1日有效"),
    ],
)
def test_without_scripts_the_entries_say_from_when_to_when(
    open_address: OpenPage, versions: StaticServer, language: str, told: str
) -> None:
    address = versions.address(f"{language}/privacy/history/?date=2026-01-31")
    page = open_address(address, java_script_enabled=False)
    assert not page.locator("form").is_visible()
    assert told in page.locator("main").inner_text()
    # All four can be read, also as JSON; three say what changed.
    assert page.locator(".history .ways a:visible").count() == 11


def states(page: Page) -> dict[str, str]:
    """The state of each version: its class, which draws the rail, and its words."""
    found: list[list[str]] = page.locator(".history > li").evaluate_all(
        "all => all.map(item => [item.id, `${item.className}: ${item.querySelector('.state').textContent}`])"
    )
    return dict(map(tuple, found))  # type: ignore[arg-type]


def test_the_timeline_knows_what_day_it_is(open_address: OpenPage, versions: StaticServer) -> None:
    address = versions.address("en/privacy/history/")
    page = open_address(address, now="2027-01-01T00:00+08:00", timezone_id="America/Los_Angeles")
    expect(page.locator(".history > .in-force")).to_have_id("v3.0.0")
    assert states(page) == {
        "v3.0.0": "in-force: In force",
        "v2.0.0": "withdrawn: Withdrawn",
        "v1.1.0": "past: No longer in force",
        "v1.0.0": "past: No longer in force",
    }
    page = open_address(address, now="2026-12-31T23:59:59+08:00", timezone_id="Pacific/Auckland")
    page.wait_for_load_state("networkidle")
    assert states(page)["v3.0.0"] == "scheduled: Not yet in force"


def test_the_rail_is_dashed_where_nothing_has_begun(open_address: OpenPage, versions: StaticServer) -> None:
    page = open_address(versions.address("en/privacy/history/"), now=MAY)
    drawn = page.locator(".history > li").evaluate_all(
        """all => all.map(item => [
          getComputedStyle(item, "::after").borderInlineStartStyle,
          getComputedStyle(item, "::before").backgroundColor !== "rgba(0, 0, 0, 0)",
        ])"""
    )
    assert [rail for rail, _ in drawn[:3]] == ["dashed", "solid", "solid"]
    assert [filled for _, filled in drawn] == [False, False, True, False]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_history_fits_every_width(open_address: OpenPage, versions: StaticServer, language: str) -> None:
    page = open_address(versions.address(f"{language}/privacy/history/?date=2027-05-01"), now=MAY)
    expect(page.locator(".answer")).to_contain_text("3.0.0")
    for width in WIDTHS:
        layout.resize(page, width)
        assert layout.text_outside(page) + layout.text_over_text(page) == []
        assert layout.small_targets(page, 44 if width < 760 else 24, within=".bar, .as-of, .history") == []
    layout.resize(page, 320, 256)
    with layout.styled(page, layout.TEXT_SPACING):
        assert layout.text_outside(page) + layout.text_over_text(page) == []


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_the_history_is_usable_by_keyboard_and_accessible(
    open_address: OpenPage, versions: StaticServer, eye: Eye, width: int, color_scheme: str
) -> None:
    page = open_address(
        versions.address("en/privacy/history/?date=2026-01-31"),
        now=MAY,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if color_scheme == "dark" else "light",
    )
    expect(page.locator(".answer a")).to_be_visible()
    assert axe.violations(page) == []
    camera = FocusCamera(page, eye)
    stops: list[Focus] = []
    for stop in walk(page):
        if stops and stop["number"] == stops[-1]["number"]:
            continue  # a date has several parts
        if stop["sort"] not in {earlier["sort"] for earlier in stops}:
            camera.take(stop)
        stops.append(stop)
    wanted = [stop["name"] for stop in layout.tab_stops(page)]
    assert [stop["name"] for stop in stops] == wanted
    assert hidden_stops(stops) == []
    assert camera.unseen() == []


def test_the_versions_are_read_once(open_address: OpenPage, versions: StaticServer) -> None:
    versions.requests.clear()
    page = open_address(versions.address("en/privacy/history/"), now=MAY)
    for day in ("2026-01-31", "2026-02-01"):
        ask(page, day)
        expect(page.locator(".answer")).to_contain_text("version")
    assert sum("versions.json" in request for request in versions.requests) == 1
    assert json.loads((versions.folder / "en/privacy/versions.json").read_text("utf-8"))
