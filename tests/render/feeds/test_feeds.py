"""Feeds as their readers see them: every page, every entry, and the same ones for ever."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from policypress import app
from policypress.render.feeds import jsonfeed
from tests.support.histories import Workspace, at, five_records, workspace
from tests.support.paths import ROOT

Files = Mapping[str, bytes]
# The names of JSON Feed 1.1; an extension's begin with an underscore and a letter.
TOP = (
    "version title home_page_url feed_url description user_comment next_url icon favicon authors language"
    " expired hubs items"
)
ITEM = (
    "id url external_url title content_html content_text summary image banner_image date_published"
    " date_modified authors tags language attachments"
)
GRAMMAR = etree.RelaxNG(etree.parse(ROOT / "tests/fixtures/atom.rng"))
TAGS = ("en", "zh-Hans")
SITE_URL = "https://example.org/legal/"
PREFIX = "tag:privacy@example.com,2026-01-05:privacy"


def files(made: Workspace, as_of: str = "2027-06-01") -> Files:
    found = app.rendered(made.root, as_of=at(as_of)).files
    return {name: data for name, data in found.items() if name.startswith("feeds/")}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """1.0.0, 1.1.0, 2.0.0, its withdrawal, 3.0.0; nobody said where the site is."""
    return files(five_records(tmp_path_factory.mktemp("feeds") / "workspace"))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """24 releases at a known address; every third one changes Chinese alone."""
    made = workspace(tmp_path_factory.mktemp("long") / "workspace")
    (made.root / "mkdocs.yml").write_text(f"site_name: x\nsite_url: {SITE_URL}\n", "utf-8")
    made.release("2026-01-05T10:00")
    english, chinese = "for security", "安全目的"
    for day in range(1, 24):
        if day % 3:
            made.change(english, f"for reason {day}")
            english = f"for reason {day}"
        else:
            made.change(chinese, f"目的{day}")
            chinese = f"目的{day}"
        made.release(f"2026-02-{day:02}T10:00", urgent=True, short_notice="A court order.")
    return made


@pytest.fixture(scope="module")
def many(long: Workspace) -> Files:
    return files(long)


def pages(found: Files, tag: str, ending: str) -> Iterator[Any]:
    """Every page, the newest first, as its own links lead on."""
    name: str | None = f"feeds/privacy.{tag}.{ending}"
    while name:
        if ending == "json":
            page = json.loads(found[name])
            older = page.get("next_url")
        else:
            page = feedparser.parse(found[name])
            assert not page.bozo, page.get("bozo_exception")
            older = next((link.href for link in page.feed.links if link.rel == "prev-archive"), None)
        yield page
        name = "feeds/" + older.rpartition("/")[2] if older else None


@pytest.mark.parametrize("which", ["few", "many"])
def test_every_page_is_valid_atom(which: str, request: pytest.FixtureRequest) -> None:
    found = [data for name, data in request.getfixturevalue(which).items() if name.endswith(".atom")]
    assert found
    for data in found:
        GRAMMAR.assertValid(etree.fromstring(data))


def test_the_grammar_refuses_what_is_no_atom(few: Files) -> None:
    for part in (b"<updated>", b"<id>", b"<author>", b'rel="alternate"'):
        assert part in few["feeds/privacy.en.atom"]
    spoilt = few["feeds/privacy.en.atom"].replace(b"<id>tag:", b"<id>tag ", 1)
    assert not GRAMMAR.validate(etree.fromstring(spoilt))


@pytest.mark.parametrize("tag", TAGS)
def test_a_feed_reader_finds_every_record_over_all_pages(tag: str, many: Files) -> None:
    atom = [entry.id for page in pages(many, tag, "atom") for entry in page.entries]
    items = [item["id"] for page in pages(many, tag, "json") for item in page["items"]]
    assert len(atom) == len(set(atom)) == 24
    assert atom == items


@pytest.mark.parametrize("tag", TAGS)
def test_releases_and_withdrawals_are_entries_the_newest_first(tag: str, few: Files) -> None:
    entries = feedparser.parse(few[f"feeds/privacy.{tag}.atom"]).entries
    ends = ["3.0.0", "2.0.0/withdrawn", "2.0.0", "1.1.0", "1.0.0"]
    assert [entry.id for entry in entries] == [f"{PREFIX}/{end}/{tag}" for end in ends]
    assert "The service will not be offered." in entries[1].summary


def test_instants_are_those_of_the_ledger(few: Files) -> None:
    feed = feedparser.parse(few["feeds/privacy.en.atom"])
    assert feed.feed.updated == "2026-04-01T10:00:00+08:00"
    assert feed.entries[1].published == feed.entries[1].updated == "2026-03-10T10:00:00+08:00"
    assert feed.entries[4].published == "2026-01-05T10:00:00+08:00"


def test_readers_can_filter(few: Files, many: Files) -> None:
    items = json.loads(few["feeds/privacy.en.json"])["items"]
    assert items[1]["tags"] == ["type:withdrawal"]
    assert items[0]["tags"] == [
        "type:release",
        "severity:material",
        "action:none",
        "language:en",
    ]
    for tag in TAGS:  # of a release that corrects Chinese alone, in both feeds
        corrected = json.loads(many[f"feeds/privacy.{tag}.json"])["items"][2]["tags"]
        assert corrected == ["type:release", "severity:editorial", "action:none", "language:zh-Hans"]
    entry = feedparser.parse(few["feeds/privacy.en.atom"]).entries[0]
    assert {f"{tag.scheme}:{tag.term}" for tag in entry.tags} == {
        f"urn:policypress:{tag}" for tag in items[0]["tags"]
    }


def test_an_entry_has_the_notes_and_the_redline(few: Files) -> None:
    items = json.loads(few["feeds/privacy.en.json"])["items"]
    assert "<p>We say it better.</p>" in items[0]["content_html"]
    assert '<del data-mark="deleted">your safety</del>' in items[0]["content_html"]
    assert '<ins data-mark="inserted">60 days</ins>' in items[0]["content_html"]
    entry = feedparser.parse(few["feeds/privacy.en.atom"], sanitize_html=False).entries[0]
    assert entry.content[0].value.strip() == items[0]["content_html"].strip()


def test_with_a_known_address_all_links_are_whole(many: Files) -> None:
    page = next(pages(many, "en", "json"))
    assert page["feed_url"] == f"{SITE_URL}feeds/privacy.en.json"
    assert page["home_page_url"] == f"{SITE_URL}en/privacy/history/"
    for name, data in many.items():
        if name.endswith(".atom"):
            hrefs = etree.fromstring(data).xpath("//@href")
            assert [href for href in hrefs if not href.startswith(SITE_URL)] == []
        assert b'href=\\"#' not in data


def test_json_feeds_satisfy_every_must(few: Files, many: Files) -> None:
    for name, data in [*few.items(), *many.items()]:
        if not name.endswith(".json"):
            continue
        page = json.loads(data)
        assert page.keys() <= {*TOP.split()}
        assert page["version"] == "https://jsonfeed.org/version/1.1"
        assert isinstance(page["title"], str)
        assert page.get("next_url") != page["feed_url"]
        assert all(author.keys() & {"name", "url", "avatar"} for author in page["authors"])
        ids = [item["id"] for item in page["items"]]
        assert len(set(ids)) == len(ids)
        for item in page["items"]:
            assert {key for key in item if not re.match("_[a-z]", key)} <= {*ITEM.split()}
            assert isinstance(item["id"], str)
            assert isinstance(item["content_html"], str)
            assert all(isinstance(tag, str) for tag in item["tags"])
            for key in ("date_published", "date_modified"):
                assert datetime.fromisoformat(item[key]).tzinfo


def test_old_pages_are_archives_that_never_change(long: Workspace, many: Files, tmp_path: Path) -> None:
    made = long.copy(tmp_path / "later")
    made.change("privacy@example.com", "other@example.net", "policy.yaml")
    made.release("2026-03-01T10:00", effective="2026-06-01")
    after = files(made)
    assert {name for name in many if after[name] != many[name]} == {
        f"feeds/privacy.{tag}.{ending}" for tag in TAGS for ending in ("atom", "json")
    }
    old = feedparser.parse(after["feeds/privacy.en.1.atom"])
    assert "fh_archive" in old.feed
    assert {link.rel for link in old.feed.links} == {"self", "alternate", "current"}
    assert all(entry.id.startswith(PREFIX) for entry in next(pages(after, "en", "atom")).entries)


def test_pages_lead_to_their_feeds(tmp_path: Path) -> None:
    made = five_records(tmp_path / "workspace")
    frames = {page.path: page.frame.feed for page in app.rendered(made.root, as_of=at("2027-06-01")).pages}
    for path in ("", "1.0.0/", "history/", "1.1.0/changes/"):
        assert frames[f"en/privacy/{path}index.html"] == "feeds/privacy.en"


def test_releases_are_read_back_from_a_page_as_they_were_made(few: Files) -> None:
    name = "feeds/privacy.en.json"
    known = jsonfeed.entries(few[name])
    items = [item for item in json.loads(few[name])["items"] if "type:release" in item["tags"]]
    assert list(known) == [(item["id"], item["_policypress"]["sha256"]) for item in items]
    assert [entry.content for entry in known.values()] == [item["content_html"] for item in items]
    for other in (None, b"", b"[]", b'{"items": [{"_policypress": {}}]}', few["feeds/privacy.en.atom"]):
        assert jsonfeed.entries(other) == {}


def test_a_release_that_a_page_had_before_is_taken_from_it(long: Workspace, tmp_path: Path) -> None:
    made = long.copy(tmp_path / "before")
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    app.build(made.root, as_of=at("2026-03-01"))
    feed = made.root / "site/feeds/privacy.en.json"
    was = json.loads(feed.read_bytes())
    was["items"][0]["title"] = "As it was made"
    was["items"][1] |= {"title": "Of another release", "_policypress": {"sha256": "0" * 64}}
    feed.write_text(json.dumps(was), "utf-8")
    made.change("for reason 23", "for reason 24")
    made.release("2026-03-02T10:00", urgent=True, short_notice="A court order.")
    app.build(made.root, as_of=at("2026-03-03"))
    titles = [item["title"] for item in json.loads(feed.read_bytes())["items"]]
    assert "As it was made" in titles
    assert "Of another release" not in titles
    app.build(made.root, as_of=at("2026-03-03"), rebuild=True)
    assert "As it was made" not in feed.read_text("utf-8")
