"""The site over versions, rendered from a ledger of five records."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from policypress import app
from policypress.core.site import Page, Site
from policypress.write.ledger import write_sums
from tests.support.histories import Workspace, at, five_records, workspace


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """1.0.0, then 1.1.0; 2.0.0 was withdrawn, 3.0.0 is scheduled for 2027."""
    return five_records(tmp_path_factory.mktemp("history") / "workspace")


@pytest.fixture(scope="module")
def site(ledger: Workspace) -> Site:
    return app.rendered(ledger.root, as_of=at("2026-05-01"))


def page(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == f"{path}index.html")


def words(page: Page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content)).split())


VERSIONS = ("1.0.0", "1.1.0", "2.0.0", "3.0.0")


def test_every_version_has_its_page_in_every_language(site: Site) -> None:
    paths = {page.path for page in site.pages}
    wanted = {f"{tag}/privacy/{version}/index.html" for tag in ("en", "zh-Hans") for version in VERSIONS}
    assert wanted <= paths


@pytest.mark.parametrize(
    ("as_of", "words_in_force"),
    [
        ("2026-01-06", "We use your information for security."),
        ("2026-05-01", "We use your information for your safety."),
        ("2026-12-31", "We use your information for your safety."),
        ("2027-01-01", "We use your information for 60 days."),
    ],
)
def test_the_policys_address_shows_the_text_in_force(
    ledger: Workspace, as_of: str, words_in_force: str
) -> None:
    assert words_in_force in words(page(app.rendered(ledger.root, as_of=at(as_of)), "en/privacy/"))


def test_before_anything_is_in_force_it_shows_the_first_that_will_be(ledger: Workspace) -> None:
    site = app.rendered(ledger.root, as_of=at("2025-12-31"))
    assert "for security." in words(page(site, "en/privacy/"))


def test_a_preview_shows_the_draft_instead(ledger: Workspace) -> None:
    site = app.rendered(ledger.root, as_of=at("2026-05-01"), drafts=True)
    assert "This is a draft." in words(page(site, "en/privacy/"))


def test_a_version_page_says_its_own_dates_and_leads_to_the_text_in_force(site: Site) -> None:
    shown = page(site, "en/privacy/1.0.0/")
    assert "Version 1.0.0, effective from January 5, 2026. See the text now in force" in words(shown)
    assert 'href="../" data-keeps-place' in shown.content
    assert 'href="../history/"' in shown.content
    assert not shown.indexed
    assert shown.canonical == "en/privacy/index.html"


def test_a_version_page_is_the_same_whatever_happens_later(ledger: Workspace, tmp_path: Path) -> None:
    early = ledger.copy(tmp_path / "early")
    for name in ("3.0.0.json", "2.0.0.withdrawn.json", "2.0.0.json"):
        (early.releases / name).unlink()
    write_sums(early.releases)
    before = app.rendered(early.root, as_of=at("2026-02-02"))
    after = app.rendered(ledger.root, as_of=at("2027-02-02"))
    for version in ("1.0.0", "1.1.0"):
        path = f"en/privacy/{version}/"
        assert page(before, path) == page(after, path)


def test_version_pages_link_languages_at_the_same_version(site: Site) -> None:
    links = {link.tag: link.path for link in page(site, "en/privacy/1.0.0/").frame.languages}
    assert links == {
        "en": "en/privacy/1.0.0/index.html",
        "zh-Hans": "zh-Hans/privacy/1.0.0/index.html",
    }


def test_programs_find_the_other_versions(site: Site) -> None:
    assert dict(page(site, "en/privacy/1.1.0/").frame.links) == {
        "version-history": "en/privacy/history/index.html",
        "timemap": "en/privacy/timemap.link",
        "latest-version": "en/privacy/index.html",
        "predecessor-version": "en/privacy/1.0.0/index.html",
    }


def test_the_history_tells_all_newest_first(site: Site) -> None:
    shown = page(site, "en/privacy/history/")
    assert re.findall(r'<li class="([a-z-]+)" id="v([0-9.]+)"', shown.content) == [
        ("scheduled", "3.0.0"),
        ("withdrawn", "2.0.0"),
        ("in-force", "1.1.0"),
        ("past", "1.0.0"),
    ]
    told = words(shown)
    assert "Version 3.0.0 Not yet in force Material change In force from January 1, 2027" in told
    assert "Version 2.0.0 Withdrawn Material change Withdrawn on March 10, 2026, never in force" in told
    assert "Reason: The service will not be offered." in told
    assert "In force from February 1, 2026 to January 1, 2027" in told
    assert "Version 1.0.0 No longer in force First version In force from January 5, 2026 to" in told


def test_the_history_is_in_the_readers_language(site: Site) -> None:
    told = words(page(site, "zh-Hans/privacy/history/"))
    assert "现行有效" in told
    assert "自2026年2月1日起至2027年1月1日有效" in told


def test_versions_json_has_what_selectors_and_clocks_need(site: Site) -> None:
    listed = json.loads(site.files["en/privacy/versions.json"])
    assert [entry["version"] for entry in listed] == ["3.0.0", "2.0.0", "1.1.0", "1.0.0"]
    assert [entry["aliases"] for entry in listed] == [[], [], ["latest"], []]
    assert listed[0]["properties"] == {
        "published": "2026-04-01T10:00:00+08:00",
        "effective": "2027-01-01T00:00:00+08:00",
    }
    assert listed[1]["properties"]["withdrawn"] == "2026-03-10T10:00:00+08:00"


def test_the_time_map_lists_what_ever_bound(site: Site) -> None:
    assert site.files["en/privacy/timemap.link"].decode() == (
        '<./>; rel="original",\n'
        '<timemap.link>; rel="self"; type="application/link-format",\n'
        '<1.0.0/>; rel="memento"; datetime="Mon, 05 Jan 2026 02:00:00 GMT",\n'
        '<1.1.0/>; rel="memento"; datetime="Sun, 01 Feb 2026 02:00:00 GMT"\n'
    )


def test_an_unknown_date_is_said_to_be_unknown(tmp_path: Path) -> None:
    made = five_records(tmp_path / "workspace")
    made.change("for 60 days", "for 90 days")
    made.release("2027-02-01", effective_unknown=True, known_since="2027-01-15")
    site = app.rendered(made.root, as_of=at("2027-03-01"))
    told = words(page(site, "en/privacy/"))
    assert "Effective Unknown; in force since January 15, 2027 at the latest" in told
    assert "Known to be in force since January 15, 2027" in words(page(site, "en/privacy/history/"))


GROUNDS = {
    "en": (
        "How the dates are known: It was read that day.",
        "Why it was recorded only later: It was printed on paper.",
        "Why the notice was shorter than promised: A court order.",
    ),
    "zh-Hans": (
        "日期依据：It was read that day.",
        "补录原因：It was printed on paper.",
        "通知期短于承诺的原因：A court order.",
    ),
}


@pytest.mark.parametrize("tag", GROUNDS)
def test_what_a_person_gave_as_the_ground_of_dates_is_said_with_them(tmp_path: Path, tag: str) -> None:
    made = workspace(tmp_path / "workspace")
    made.release(
        "2026-01-05T10:00",
        effective_unknown=True,
        known_since="2026-01-04",
        published="2026-01-03",
        published_reason="It was printed on paper.",
        provenance="reconstructed",
        date_basis="It was read that day.",
    )
    made.change("for security", "for 30 days")
    made.release("2026-02-01T10:00", effective="2026-02-02", short_notice="A court order.")
    site = app.rendered(made.root, as_of=at("2026-03-01"))
    found = sorted(
        {page.path.split("/")[2] for page in site.pages if page.path.startswith(f"{tag}/privacy/")}
    )
    first, second = [version for version in found if version[0].isdigit()]
    shown = [words(page(site, f"{tag}/privacy/{version}/")) for version in (first, second)]
    told = [[text in one for text in GROUNDS[tag]] for one in shown]
    assert told == [[True, True, False], [False, False, True]]
    assert all(text in words(page(site, f"{tag}/privacy/history/")) for text in GROUNDS[tag])
