"""The search of one policy, in both languages."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Dialog, Page, ViewportSize, expect

from tests.browser.conftest import OpenSitePage
from tests.support import axe, layout
from tests.support.keyboard import FocusCamera, hidden_stops, walk
from tests.support.pixels import Eye
from tests.support.server import StaticServer

HOSTILE = [
    "<img src=x onerror=\"window.hacked = true; alert('hacked')\">",
    "<script>window.hacked = true</script>",
    '"><svg onload=window.hacked=true>',
    "+",
    "-",
    "~",
    "^",
    ":",
    "*",
    "+ - ~ ^ :",
    "information^99999",
    "text:information",
    "nosuchfield:information",
    "information~9",
    "-information +information",
    "+\\",
    "\u202ecollect",
    "__proto__ constructor",
    "\ud83d\ude00",
    "(((((",
    "a" * 5000,
]


class Search:
    """The search dialog of a page, used as a reader does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.button = page.locator("button[data-search]")
        self.dialog = page.get_by_role("dialog")
        self.input = self.dialog.get_by_role("searchbox")
        self.status = self.dialog.get_by_role("status")
        self.results = self.dialog.locator("ol a")
        self.hint = ""

    def open(self) -> None:
        self.button.click()
        expect(self.input).to_be_focused()
        self.hint = self.status.inner_text()

    def ask(self, text: str) -> None:
        """Type, and wait for the answer."""
        self.input.fill("")
        expect(self.status).to_have_text(self.hint)
        self.input.fill(text)
        expect(self.status).not_to_have_text(self.hint)

    def found(self) -> set[str]:
        """The ids of the clauses in the list."""
        links: list[str] = self.results.evaluate_all("all => all.map(link => link.href)")
        return {unquote(urlsplit(link).fragment) for link in links}


def clauses_with(page: Page, *patterns: str) -> set[str]:
    """The clauses whose own text holds every one of some patterns."""
    return {
        clause["id"]
        for clause in layout.clauses(page)
        if all(re.search(pattern, clause["text"], re.IGNORECASE) for pattern in patterns)
    }


@pytest.fixture
def english(open_page: OpenSitePage) -> Search:
    return Search(open_page("privacy/", language="en"))


@pytest.fixture
def chinese(open_page: OpenSitePage) -> Search:
    return Search(open_page("privacy/", language="zh-Hans"))


def test_chinese_words_are_found_in_every_clause_that_has_them(chinese: Search) -> None:
    chinese.open()
    for word, least in [("个人信息", 5), ("信息安全", 1), ("未成年人", 2), ("Cookie", 2)]:
        wanted = clauses_with(chinese.page, word)
        assert len(wanted) >= least
        chinese.ask(word)
        assert chinese.found() == wanted
        assert str(len(wanted)) in chinese.status.inner_text()
        assert word in chinese.results.locator("mark").all_inner_texts(), f"{word} is found but not marked"


def test_one_chinese_character_finds_all_that_hold_it(chinese: Search) -> None:
    chinese.open()
    for character in "您享":
        wanted = clauses_with(chinese.page, character)
        assert wanted
        chinese.ask(character)
        assert chinese.found() == wanted


def test_two_english_words_are_found_together(english: Search) -> None:
    english.open()
    wanted = clauses_with(english.page, r"\bsecurity\b", r"\bpersonal\b")
    assert wanted
    english.ask("security personal")
    assert wanted <= english.found() <= clauses_with(english.page, r"\bsecur", r"\bperson")
    english.ask("SECURITY  Personal ")
    assert wanted <= english.found()


def test_a_part_of_a_word_is_enough(english: Search) -> None:
    english.open()
    english.ask("biometr")
    assert english.found() == clauses_with(english.page, r"\bbiometr") != set()


def test_it_says_when_nothing_was_found(english: Search) -> None:
    english.open()
    english.ask("zzzxqy")
    expect(english.status).to_have_text("Nothing found")
    assert english.found() == set()


def test_it_says_so_in_chinese(chinese: Search) -> None:
    chinese.open()
    chinese.ask("火星移民")
    assert re.fullmatch(r"[\u4e00-\u9fff，。]+", chinese.status.inner_text())
    assert chinese.found() == set()


def test_hostile_queries_neither_run_nor_throw(english: Search) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    english.page.on("dialog", refuse)
    english.open()
    for query in HOSTILE:
        english.ask(query)  # errors in the page fail the test by themselves
        assert english.dialog.locator("img, script, svg").count() == 0, query
    assert not dialogs
    assert english.page.evaluate("window.hacked") is None
    english.ask("biometric")  # and it still works
    assert english.found()


def test_the_address_of_the_index_may_not_come(open_page_at_root: OpenSitePage) -> None:
    page = open_page_at_root("privacy/", language="en", allow=[r"console error: .*ERR_FAILED"])
    page.route("**/search_index.json", lambda route: route.abort())
    search = Search(page)
    search.button.click()
    expect(page.locator("p.status")).to_have_text("The search could not be loaded")
    page.unroute("**/search_index.json")
    search.open()  # asked again, it tries again
    search.ask("biometric")
    assert search.found()


def test_a_result_leads_to_its_clause(english: Search) -> None:
    english.open()
    english.ask("identity authentication")
    assert "use.security" in english.found()
    english.dialog.locator("a[href$='#use.security']").click()
    expect(english.dialog).to_have_count(0)
    expect(english.page).to_have_url(re.compile(r"#use\.security$"))
    assert layout.landing(english.page, "use.security")[0]
    expect(english.page.locator("[id='use.security'] > .row > .anchor")).to_be_focused()


def test_the_keyboard_alone_is_enough(chinese: Search, served: StaticServer) -> None:
    page = chinese.page
    next(stop for stop in walk(page) if "搜索" in stop["name"])
    page.keyboard.press("Enter")
    expect(chinese.input).to_be_focused()
    page.keyboard.type("未成年人")
    expect(chinese.results).to_have_count(len(clauses_with(page, "未成年人")))
    page.keyboard.press("Enter")
    expect(chinese.results.first).to_be_focused()
    (target,) = [unquote(urlsplit(str(chinese.results.first.get_attribute("href"))).fragment)]
    page.keyboard.press("Enter")
    expect(page).to_have_url(served.address(f"zh-Hans/privacy/#{target}"))
    assert layout.landing(page, target)[0]


def test_enter_may_come_before_the_answer(english: Search) -> None:
    english.open()
    english.input.evaluate(
        "input => { input.value = 'biometric';"
        " input.dispatchEvent(new Event('input')); input.form.requestSubmit(); }"
    )
    expect(english.results.first).to_be_focused()


def test_escape_gives_the_focus_back(english: Search) -> None:
    english.open()
    english.ask("biometric")
    english.page.keyboard.press("Escape")
    expect(english.dialog).to_have_count(0)
    expect(english.button).to_be_focused()
    english.page.keyboard.press("Enter")
    expect(english.input).to_be_focused()
    english.dialog.get_by_role("button", name="Close").click()
    expect(english.button).to_be_focused()


@pytest.mark.parametrize(("language", "query"), [("en", "biometric"), ("zh-Hans", "个人信息")])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_dialog_is_accessible(
    open_page_at_root: OpenSitePage, eye: Eye, language: str, query: str, width: int
) -> None:
    size: ViewportSize = {"width": width, "height": 700}
    search = Search(open_page_at_root("privacy/", language=language, viewport=size))
    search.open()
    search.ask(query)
    page = search.page
    found = axe.violations(page)
    page.emulate_media(color_scheme="dark")
    assert found + axe.violations(page) == []
    assert layout.text_outside(page) == []
    assert layout.small_targets(page, 24, within="dialog") == []
    search.input.focus()
    camera = FocusCamera(page, eye)
    stops = []
    for stop, _ in zip(walk(page), range(3), strict=False):
        stops.append(stop)
        camera.take(stop)
    assert hidden_stops(stops) == []
    assert camera.unseen() == []


def test_nothing_behind_the_dialog_can_be_reached(open_page_at_root: OpenSitePage) -> None:
    search = Search(open_page_at_root("privacy/", language="en"))
    search.open()
    search.ask("biometric")
    forward = list(walk(search.page))
    search.input.focus()
    stops = forward + list(walk(search.page, "Shift+Tab"))
    assert len(forward) >= 2
    assert {stop["sort"] for stop in stops} == {"search"}


def test_there_is_no_search_without_scripts(open_page: OpenSitePage) -> None:
    page = open_page("privacy/", language="en", java_script_enabled=False)
    expect(page.locator("button[data-search]")).to_be_hidden()
