"""The notice below a title: what it says without a script, and that it keeps room for what one may say."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from policypress import app
from policypress.core.site import Site
from tests.support.histories import Workspace, at, five_records, workspace

TAGS = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return five_records(tmp_path_factory.mktemp("standing") / "workspace")


def content(site: Site, path: str) -> str:
    return next(page.content for page in site.pages if page.path == f"{path}index.html")


def box(site: Site, path: str) -> str:
    """The notice, with its tags."""
    found = re.search(r'<div class="callout standing".*?</div>\s*</div>', content(site, path), re.DOTALL)
    assert found, path
    return found[0]


def data(notice: str) -> dict[str, Any]:
    found = re.search(r'data-standing="([^"]*)"', notice)
    assert found
    parsed: dict[str, Any] = json.loads(unescape(found[1]))
    return parsed


def said(notice: str) -> tuple[str, str, str]:
    """The sentence, the link's words, its address."""
    sentence = re.search(r"<strong>(.*?)</strong>", notice)
    link = re.search(r'<a href="([^"]*)"[^>]*>(.*?)</a>', notice)
    assert sentence
    assert link
    return unescape(sentence[1]), unescape(link[2]), link[1]


@pytest.mark.parametrize(
    ("path", "sentence", "link", "href"),
    [
        (
            "en/privacy/2.0.0/",
            "Version 2.0.0, effective from June 1, 2026.",
            "See the text now in force",
            "../",
        ),
        ("zh-Hans/privacy/1.1.0/", "1.1.0版，自2026年2月1日起生效。", "查看现行文本", "../"),
        (
            "en/privacy/",
            "Version 3.0.0 takes effect on January 1, 2027.",
            "Read version 3.0.0",
            "3.0.0/",
        ),
        ("zh-Hans/privacy/", "3.0.0版将自2027年1月1日起生效。", "阅读3.0.0版", "3.0.0/"),
    ],
)
def test_pages_say_where_their_text_stands(
    ledger: Workspace, path: str, sentence: str, link: str, href: str
) -> None:
    notice = box(app.rendered(ledger.root, as_of=at("2026-05-01")), path)
    assert said(notice) == (sentence, link, href)
    assert " hidden>" not in notice


def test_a_first_version_yet_to_come_is_said_to_be(ledger: Workspace) -> None:
    notice = box(app.rendered(ledger.root, as_of=at("2025-12-31")), "en/privacy/")
    assert said(notice)[0] == "Version 1.0.0, not in force until January 5, 2026."
    assert said(notice)[2] == "history/"


def test_a_withdrawn_text_is_said_to_be_withdrawn_also_at_the_policys_address(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    made.release("2026-01-05T10:00", effective="2026-06-01")
    made.withdraw("1.0.0", "2026-02-01T10:00")
    notice = box(app.rendered(made.root, as_of=at("2026-07-01")), "en/privacy/")
    assert said(notice) == (
        "Version 1.0.0, withdrawn on February 1, 2026.",
        "All versions and their dates",
        "history/",
    )


def test_the_text_in_force_says_nothing_while_nothing_is_to_come(ledger: Workspace) -> None:
    assert " hidden>" in box(app.rendered(ledger.root, as_of=at("2027-02-01")), "en/privacy/")


def test_an_unknown_date_is_not_made_up(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    made.release("2026-01-05T10:00", effective_unknown=True, known_since="2026-01-02")
    notice = box(app.rendered(made.root, as_of=at("2026-02-01")), "en/privacy/1.0.0/")
    assert said(notice)[0] == "Version 1.0.0."


@pytest.mark.parametrize("tag", TAGS)
def test_room_is_kept_for_the_longest_that_may_be_said(ledger: Workspace, tag: str) -> None:
    notice = box(app.rendered(ledger.root, as_of=at("2026-05-01")), f"{tag}/privacy/1.0.0/")
    words = data(notice)["words"]
    longest = re.search(r'data-longest="([^"]*)"', notice)
    assert longest
    sentences = [text for name, text in words.items() if name not in {"see", "own", "read", "all", "current"}]
    assert len(sentences) == 8
    date = {"en": "September 28, 2026", "zh-Hans": "2026年10月28日"}[tag]
    for sentence in sentences:
        filled = sentence.replace("{version}", "1.0.0").replace("{date}", date)
        assert len(filled) <= len(unescape(longest[1])), sentence


@pytest.mark.parametrize("tag", TAGS)
def test_a_script_finds_what_it_needs(ledger: Workspace, tag: str) -> None:
    site = app.rendered(ledger.root, as_of=at("2026-05-01"))
    for path, home in (("", "./"), ("1.0.0/", "../")):
        found = data(box(site, f"{tag}/privacy/{path}"))
        assert (found["home"], found["zone"], found["pinned"]) == (home, "Asia/Shanghai", bool(path))
        assert set(found["states"]) == {"in-force", "scheduled", "past", "withdrawn"}
        assert all(found["words"].values())
