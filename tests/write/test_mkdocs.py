import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policypress.core.errors import RenderError, WorkspaceError
from policypress.render.site import render_site
from policypress.write import mkdocs
from tests.support.documents import document
from tests.support.paths import ROOT

SITE = render_site((document(),))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "policy_src").mkdir()
    (tmp_path / "policy_src/secret.yaml").write_text("not: published\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    return tmp_path


def built(workspace: Path, extra: str = "") -> Path:
    config = workspace / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + extra, "utf-8")
    mkdocs.build(config, SITE, workspace / "out")
    return workspace / "out"


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.name[0] != "."}


def test_what_is_published_is_the_site_and_the_search_worker(workspace: Path) -> None:
    names = set(files(built(workspace)))
    workers = {name for name in names if name.startswith("assets/javascripts/")}
    assert len(workers) == 1
    assert names - workers == {page.path for page in SITE.pages} | set(SITE.files) | {"robots.txt"}


def test_pages_hold_no_inline_script_or_style_and_nothing_absolute(workspace: Path) -> None:
    for name, content in files(built(workspace)).items():
        if name.endswith(".html"):
            text = content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), name
            assert not re.search(r'\b(?:href|src)="(?:https?:|/)', text), name
            assert 'http-equiv="Content-Security-Policy"' in text
            assert "generator" not in text


def test_every_file_that_a_page_names_is_there(workspace: Path) -> None:
    folder = built(workspace)
    for page in folder.rglob("*.html"):
        for address in re.findall(
            r'(?:href|src|data-index|data-worker|data-search)="(?!data:)([^"#]+)', page.read_text("utf-8")
        ):
            target = (page.parent / address).resolve()
            assert (target / "index.html" if target.is_dir() else target).is_file(), (page, address)


def test_site_url_adds_canonical_links_and_a_sitemap_without_dates(workspace: Path) -> None:
    folder = built(workspace, "site_url: https://example.com/legal/\n")
    sitemap = (folder / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.com/legal/en/privacy/</loc>" in sitemap
    assert "404" not in sitemap
    assert "lastmod" not in sitemap
    assert not (folder / "sitemap.xml.gz").exists()
    page = (folder / "zh-Hans/privacy/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.com/legal/zh-Hans/privacy/">' in page
    assert 'hreflang="en" href="https://example.com/legal/en/privacy/"' in page


@pytest.mark.parametrize(
    ("extra", "home"),
    [("site_url: https://example.com/legal/\n", "/legal/"), ("site_url: https://example.com\n", "/")],
)
def test_the_404_page_links_from_the_host(workspace: Path, extra: str, home: str) -> None:
    page = (built(workspace, extra) / "404.html").read_text("utf-8")
    assert f'href="{home}zh-Hans/"' in page
    assert f'href="{home}assets/policypress/site.' in page


def test_the_scope_alone_is_enough_for_the_404_page(workspace: Path) -> None:
    config = workspace / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(re.sub(r"- policypress.*", "- policypress: {scope: /legal}", text), "utf-8")
    assert 'href="/legal/en/"' in (built(workspace) / "404.html").read_text("utf-8")


def test_the_404_page_links_nothing_where_the_sites_place_is_unknown(workspace: Path) -> None:
    page = (built(workspace) / "404.html").read_text("utf-8")
    assert re.findall(r'href="([^"]*)"', page) == ["data:,"]
    assert "页面不存在" in page


def _run(*command: str, folder: Path, **environ: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_plain_mkdocs_and_policypress_build_the_same_bytes_anywhere(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "deep/er/theirs"
    _run(
        "policypress",
        "build",
        "--site",
        str(ours),
        folder=ROOT,
        TZ="Asia/Tokyo",
        PYTHONHASHSEED="7",
        LC_ALL="C",
    )
    _run("mkdocs", "build", "--quiet", "--site-dir", str(theirs), folder=ROOT, TZ="UTC", PYTHONHASHSEED="1")
    assert files(ours) == files(theirs)


def test_a_workspace_that_does_not_name_the_plugin_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", "utf-8")
    with pytest.raises(WorkspaceError, match="does not use the plugin"):
        mkdocs.build(tmp_path / "mkdocs.yml", SITE, tmp_path / "out")


def test_what_mkdocs_complains_about_is_an_error(workspace: Path) -> None:
    with pytest.raises(RenderError, match="unknown_option"):
        built(workspace, "unknown_option: 1\n")


def test_a_broken_config_is_an_error_in_words(workspace: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be used"):
        built(workspace, "nav: {\n")
