"""The page of what a version changed, from a ledger of five records."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from policypress import app
from policypress.core.site import Page, Site
from tests.support.histories import Workspace, at, five_records, workspace


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """1.0.0, then 1.1.0; 2.0.0 was withdrawn, 3.0.0 is scheduled for 2027."""
    return five_records(tmp_path_factory.mktemp("changes") / "workspace")


@pytest.fixture(scope="module")
def site(ledger: Workspace) -> Site:
    return app.rendered(ledger.root, as_of=at("2026-05-01"))


def page(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == f"{path}index.html")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def inline(page: Page) -> list[str]:
    """The paragraphs of the first view that hold a mark, `+` and `-` for inserted and deleted."""
    found = "".join(re.findall(r'<div class="inline">(.*?)</div>', page.content))
    texts = re.findall(r"<p>(.*?)</p>", found)
    signed = [re.sub(r"<del[^>]*>", "-", re.sub(r"<ins[^>]*>", "+", text)) for text in texts]
    return [re.sub(r"<[^>]+>", "", text) for text in signed]


def test_all_versions_but_the_first_have_a_page_of_what_they_changed(site: Site) -> None:
    found = {page.path for page in site.pages if "/changes/" in page.path}
    versions = ("1.1.0", "2.0.0", "3.0.0")
    assert found == {f"{tag}/privacy/{v}/changes/index.html" for tag in ("en", "zh-Hans") for v in versions}


def test_it_is_against_the_text_that_the_version_amends_in_each_language(site: Site) -> None:
    assert inline(page(site, "en/privacy/1.1.0/changes/")) == [
        "We use your information for -security+your safety."
    ]
    [chinese] = inline(page(site, "zh-Hans/privacy/1.1.0/changes/"))
    assert "-安全+保护目的" in chinese
    assert 'href="../../1.1.0/"' in page(site, "en/privacy/3.0.0/changes/").content


def test_it_says_how_much_changed_how_far_and_why(site: Site) -> None:
    said = words(page(site, "en/privacy/3.0.0/changes/").content)
    assert "1 change, 1 material" in said
    assert "Reworded: a number, date, duration or amount changed" in said
    assert "数字、日期、期限或者金额变更" in words(page(site, "zh-Hans/privacy/3.0.0/changes/").content)


def test_a_change_in_another_language_alone_says_where_it_is_to_be_seen(site: Site) -> None:
    content = page(site, "zh-Hans/privacy/3.0.0/changes/").content
    assert inline(page(site, "zh-Hans/privacy/3.0.0/changes/")) == []
    assert 'href="../../../../en/privacy/3.0.0/changes/#use" hreflang="en"' in content


def test_the_text_and_the_history_lead_to_it(site: Site) -> None:
    assert '<a href="changes/" data-keeps-place>' in page(site, "en/privacy/1.1.0/").content
    assert "changes/" not in page(site, "en/privacy/1.0.0/").content
    history = page(site, "en/privacy/history/").content
    assert '<a href="../1.1.0/changes/">Changes' in history
    assert "1.0.0/changes/" not in history


def test_what_is_unchanged_is_folded_and_counted(site: Site) -> None:
    content = page(site, "en/privacy/1.1.0/changes/").content
    folds = [int(n) for n in re.findall(r"<summary>(\d+) unchanged clause", content)]
    lines = len(re.findall(r'class="row line', content))
    assert sum(folds) == lines - 1


def clause(name: str) -> str:
    return f"  - id: use.{name}\n    text: {{en: We do {name}., zh-Hans: 我们这样做。}}\n"


def test_what_was_removed_stands_where_it_was(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    source = (made.policy / "clauses/01-use.yaml").read_text("utf-8") + "children:\n"
    for version, names in enumerate((("one", "two", "three"), ("one", "three"))):
        made.write("clauses/01-use.yaml", source + "".join(map(clause, names)))
        made.release(f"2026-0{version + 1}-05T10:00", effective=f"2026-0{version + 6}-01")
    content = page(app.rendered(made.root, as_of=at("2026-03-01")), "en/privacy/2.0.0/changes/").content
    found = re.findall(r'class="row line( opens)?( gone)?" id="use([^"]*)"', content)
    assert [name for _, _, name in found] == ["", ".one", ".two", ".three"]
    assert [bool(gone) for _, gone, _ in found] == [False, False, True, False]


def test_where_a_link_leads_is_shown_where_the_text_shows_nothing(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    for version, address in enumerate(("https://example.com/old", "https://example.com/new")):
        made.write(
            "clauses/03-law.yaml",
            "format: 1\nid: law\nheading: {en: Law, zh-Hans: 法律}\n"
            f"text: {{en: 'Read [the law]({address}).', zh-Hans: '请阅读[法律]({address})。'}}\n",
        )
        made.release(f"2026-0{version + 1}-05T10:00", effective=f"2026-0{version + 6}-01")
    content = page(app.rendered(made.root, as_of=at("2026-03-01")), "en/privacy/2.0.0/changes/").content
    [value] = re.findall(r'<p class="value">(.*?)</p>', content)
    assert re.sub(r"<(ins|del)[^>]*>", r"\1:", value).replace("</ins>", "").replace("</del>", "") == (
        "https://example.com/del:oldins:new"
    )
