"""What pages tell search engines and apps: schema.org terms, and where the same is as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress import app
from policypress.core.site import link
from policypress.render.structured import _written
from tests.support.histories import at, built, five_records, workspace
from tests.support.paths import ROOT

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITE_URL = "https://example.com/legal/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(five_records(tmp_path_factory.mktemp("structured") / "w"), "2026-05-01")


def told(site: Path, path: str) -> Any:
    """The data of a page, which has one block of it."""
    (found,) = DATA.findall((site / path).read_text("utf-8"))
    return json.loads(found)


def test_a_version_says_what_it_is_and_what_it_is_made_of(site: Path) -> None:
    assert told(site, "zh-Hans/privacy/1.1.0/index.html") == {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "url": "./",
        "name": "隐私政策",
        "version": "1.1.0",
        "datePublished": "2026-02-01T10:00:00+08:00",
        "inLanguage": "zh-Hans",
        "publisher": {"@type": "Organization", "name": "示例公司"},
        "isPartOf": {"@type": "CollectionPage", "url": "../../"},
        "exampleOfWork": {"@type": "DigitalDocument", "url": "../"},
        "isBasedOn": {"@type": "DigitalDocument", "url": "../1.0.0/", "version": "1.0.0"},
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": "application/json",
                "contentUrl": "../../../api/v1/policies/privacy/versions/1.1.0.zh-Hans.json",
            }
        ],
        "translationOfWork": {
            "@type": "DigitalDocument",
            "url": "../../../en/privacy/1.1.0/",
            "inLanguage": "en",
        },
    }


def test_a_policy_says_which_version_it_shows(site: Path) -> None:
    found = told(site, "en/privacy/index.html")
    assert (found["version"], found["url"]) == ("1.1.0", "./")
    assert found["workExample"] == {"@type": "DigitalDocument", "url": "1.1.0/", "version": "1.1.0"}
    assert "translationOfWork" not in found
    assert "isBasedOn" not in found


def test_a_list_says_what_it_lists(site: Path) -> None:
    found = told(site, "en/index.html")
    assert found["@type"] == "CollectionPage"
    assert found["hasPart"] == [{"@type": "DigitalDocument", "url": "privacy/", "name": "Privacy Policy"}]


def test_with_a_known_address_all_of_them_are_whole(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    made.release("2026-01-05T10:00")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (made.root / "mkdocs.yml").write_text(f"{config}\nsite_url: {SITE_URL}\n", "utf-8")
    app.build(made.root, as_of=at("2026-05-01"))
    text = (made.root / "site/en/privacy/1.0.0/index.html").read_text("utf-8")
    (found,) = DATA.findall(text)
    addresses = re.findall(r'"(?:url|contentUrl)":"([^"]*)"', found)
    assert len(addresses) == 4
    assert all(address.startswith(SITE_URL) for address in addresses)


def test_a_draft_tells_nothing(tmp_path: Path) -> None:
    site = built(workspace(tmp_path / "w"), "2026-05-01")
    for page in ("en/privacy/index.html", "en/index.html"):
        text = (site / page).read_text("utf-8")
        assert "ld+json" not in text
        assert "application/json" not in text


@given(st.text())
def test_no_text_ends_the_block_or_is_changed(text: str) -> None:
    written = _written("DigitalDocument", {"name": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written)["name"] == text


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("index.html", "api/v1/index.json"),
        ("en/index.html", "api/v1/index.json"),
        ("en/privacy/index.html", "api/v1/policies/privacy/versions/1.1.0.en.json"),
        ("zh-Hans/privacy/1.0.0/index.html", "api/v1/policies/privacy/versions/1.0.0.zh-Hans.json"),
        ("en/privacy/1.1.0/changes/index.html", "api/v1/policies/privacy/changes/1.1.0.json"),
        ("en/privacy/history/index.html", "api/v1/policies/privacy/versions.json"),
        ("en/privacy/compare/index.html", "api/v1/policies/privacy/versions.json"),
    ],
)
def test_every_page_leads_to_the_same_as_json(site: Path, page: str, data: str) -> None:
    text = (site / page).read_text("utf-8")
    wanted = f'<link rel="alternate" type="application/json" href="{link(page, data)}">'
    assert text.count('type="application/json"') == text.count(wanted) == 1
    assert json.loads((site / data).read_bytes())["format"] == 1


def test_the_history_leads_to_the_json_of_each_version(site: Path) -> None:
    text = (site / "zh-Hans/privacy/history/index.html").read_text("utf-8")
    links = re.findall(r'<a href="([^"]*)">JSON<', text)
    folder = "../../../api/v1/policies/privacy/versions/"
    assert links == [f"{folder}{version}.zh-Hans.json" for version in ("3.0.0", "2.0.0", "1.1.0", "1.0.0")]
