"""Another policy and another language need files, and no code."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from policypress import app

CASE = Path(__file__).parent / "cases" / "valid" / "three-languages"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a workspace with two policies, in three languages and in one."""
    root = tmp_path_factory.mktemp("data") / "workspace"
    shutil.copytree(CASE, root)
    app.build(root)
    return root / "site"


def text(page: Path) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))).split())


def test_the_workspace_is_free_of_findings() -> None:
    assert app.check(CASE).diagnostics == ()


@pytest.mark.parametrize("tag", ["de", "en", "zh-Hans"])
def test_every_language_has_its_page(site: Path, tag: str) -> None:
    page = (site / tag / "privacy" / "index.html").read_text("utf-8")
    assert f'<html lang="{tag}"' in page
    assert 'id="use.security"' in page


def test_a_policy_has_pages_only_in_its_own_languages(site: Path) -> None:
    assert [path.parts[-3] for path in site.glob("*/terms/index.html")] == ["de"]


def test_labels_and_references_follow_the_language(site: Path) -> None:
    assert "§ 1 Wie wir Daten verwenden" in text(site / "de" / "privacy" / "index.html")
    assert "Näheres sagt (2) ." in text(site / "de" / "privacy" / "index.html")
    assert "See 1.2 for more." in text(site / "en" / "privacy" / "index.html")


def test_the_home_page_offers_every_language_and_policy(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    for href in ("de/privacy/", "en/privacy/", "zh-Hans/privacy/", "de/terms/"):
        assert f'href="{href}"' in home


def test_the_workspace_brings_interface_words_and_english_fills_the_gaps(site: Path) -> None:
    page = text(site / "de" / "privacy" / "index.html")
    assert "Entwurf Noch nicht veröffentlicht" in page
    assert "Key facts" in page


def test_a_language_without_words_is_warned_of_and_still_builds(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(CASE, root)
    shutil.rmtree(root / "templates")
    found = {(diagnostic.code, diagnostic.file) for diagnostic in app.check(root).diagnostics}
    assert found == {
        ("L409", "policy_src/privacy/policy.yaml"),
        ("L409", "policy_src/terms/policy.yaml"),
    }
    app.build(root)
    assert "Draft Not yet published" in text(root / "site" / "de" / "privacy" / "index.html")
