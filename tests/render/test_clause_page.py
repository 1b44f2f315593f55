"""The page of each clause, from a ledger in which everything happens to clauses that can."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from policypress import app
from policypress.core.site import Page, Site
from tests.support.eventful import AS_OF, eventful
from tests.support.golden import same_as_golden
from tests.support.histories import at
from tests.support.paths import ROOT

CASES = YAML(typ="safe", pure=True).load(ROOT / "tests/cases/clauses/eventful.yaml")
NAMES = [case["clause"] for case in CASES]
TAGS = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return app.rendered(eventful(tmp_path_factory.mktemp("clauses") / "workspace").root, as_of=at(AS_OF))


def page(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == f"{path}index.html")


def clause(site: Site, name: str, tag: str = "en") -> Page:
    return page(site, f"{tag}/privacy/clauses/{name}/")


def words(html: str) -> str:
    """Line by line; `[-deleted-]` and `{+inserted+}`."""
    for pattern, sign in ((r"<del[^>]*>", "[-"), ("</del>", "-]"), (r"<ins[^>]*>", "{+"), ("</ins>", "+}")):
        html = re.sub(pattern, sign, html)
    lines = re.sub(r"<[^>]+>", "", html.replace("</dt>", ": ").replace("</a>", " ")).splitlines()
    return "\n".join(" ".join(unescape(line).split()) for line in lines if line.strip())


def told(page: Page) -> list[str]:
    """Each version, when it applies, and the kinds of change."""
    found = re.findall(r'<li class="(\S+)" id="v(\S+)">(.*?)</li>', page.content, re.DOTALL)
    kinds = [re.findall(r'data-kind="(\w+)"', inside) for _, _, inside in found]
    return [
        " ".join([version, state, *those]) for (state, version, _), those in zip(found, kinds, strict=True)
    ]


def test_every_clause_that_ever_was_has_a_page_in_every_language(site: Site) -> None:
    found = {page.path for page in site.pages if "/clauses/" in page.path}
    assert found == {f"{tag}/privacy/clauses/{name}/index.html" for tag in TAGS for name in NAMES}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@pytest.mark.parametrize("tag", TAGS)
def test_it_tells_where_the_clause_stands_and_each_version_that_changed_it(
    site: Site, case: dict[str, object], tag: str
) -> None:
    found = clause(site, str(case["clause"]), tag)
    assert told(found) == case["told"]
    if tag == "en":
        assert f"<li>{case['state']}</li>" in found.content


@pytest.mark.parametrize("tag", TAGS)
def test_all_pages_read_as_they_did(site: Site, tag: str, update_golden: bool) -> None:
    texts = [f"=== {name}\n{words(clause(site, name, tag).content)}\n" for name in NAMES]
    same_as_golden(f"clauses/{tag}.txt", "\n".join(texts), update=update_golden)


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_is_what_it_was_to_the_byte(site: Site, tag: str, update_golden: bool) -> None:
    same_as_golden(f"clauses/use.log.{tag}.html", clause(site, "use.log", tag).content, update=update_golden)


def test_every_link_leads_to_a_page_of_the_site(site: Site) -> None:
    there = {page.path: page for page in site.pages}
    checked = 0
    for name in NAMES:
        for tag in TAGS:
            here = clause(site, name, tag)
            for href in re.findall(r'<a href="([^"]+)"', here.content):
                path, _, fragment = href.partition("#")
                folder = posixpath.dirname(here.path)
                target = posixpath.normpath(posixpath.join(folder, path, "index.html")) if path else here.path
                assert target in there, href
                if not fragment.startswith("_") and fragment:
                    assert f'id="{fragment}"' in there[target].content, href
                checked += 1
    assert checked > 150


def test_the_other_languages_show_the_same_clause(site: Site) -> None:
    links = clause(site, "use.log", "zh-Hans").frame.languages
    assert [(one.tag, one.path, one.current) for one in links] == [
        ("en", "en/privacy/clauses/use.log/index.html", False),
        ("zh-Hans", "zh-Hans/privacy/clauses/use.log/index.html", True),
    ]


def test_a_change_in_another_language_alone_says_where_it_is_to_be_seen(site: Site) -> None:
    chinese = clause(site, "use.log", "zh-Hans").content
    entry = chinese.split('id="v6.0.0"')[1].split("</li>")[0]
    assert 'href="../../../../en/privacy/clauses/use.log/#v6.0.0" hreflang="en"' in entry
    assert "<ins" not in entry


def test_what_was_split_merged_or_moved_leads_to_the_others(site: Site) -> None:
    split = clause(site, "use.improve").content
    assert '<a href="../use.better/">1.2 We improve the service.</a>' in split
    assert '<a href="../use.protect/">1.3 We protect your account.</a>' in split
    protect = clause(site, "use.protect").content
    assert 'Before: <a href="../use/">Article 1. Use of Information</a>' in protect
    assert 'After: <a href="../share/">Article 2. Sharing</a>' in protect
    assert '<a href="../share.all/">' in protect


def test_the_text_in_force_and_the_redlines_lead_to_it_and_old_versions_stay_as_they_were(site: Site) -> None:
    assert '<a class="past" href="clauses/use.log/">' in page(site, "en/privacy/").content
    assert '<a href="../../clauses/use.log/">' in page(site, "en/privacy/3.0.0/changes/").content
    for version in ("1.0.0", "6.0.0"):
        assert "clauses/" not in page(site, f"en/privacy/{version}/").content.replace('"clauses', "")


def test_the_words_of_a_person_stand_with_the_change_that_they_are_about(site: Site) -> None:
    entries = clause(site, "use.log").content.split("<li class=")
    noted = [entry.split('id="v')[1].split('"')[0] for entry in entries if "We say it better." in entry]
    assert noted == ["8.0.0", "7.0.0", "6.0.0", "4.0.0", "3.0.0", "2.0.0"]


def test_what_nobody_ever_changed_says_so(site: Site) -> None:
    assert "Never since it was first there" in clause(site, "share").content


def test_of_a_text_to_come_it_says_what_it_will_say(tmp_path: Path) -> None:
    root = eventful(tmp_path / "workspace").root
    before = app.rendered(root, as_of=at("2025-12-01"))
    content = clause(before, "use.log").content
    assert "What it will say" in content
    assert "<li>Not yet in force</li>" in content
