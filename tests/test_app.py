"""The use cases, called as the command line calls them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from policypress import app
from policypress.core.errors import RenderError, SourceError, WorkspaceError
from policypress.write import mkdocs, publish
from tests.cli.runner import edit, lay_out

USE = "policy_src/privacy/clauses/01-use.yaml"
Contents = dict[str, tuple[bytes, int]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "workspace")


def contents(folder: Path) -> Contents:
    """Every file with its bytes and the time at which it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- Where the workspace is


def test_the_workspace_is_the_nearest_folder_upwards_with_sources(workspace: Path) -> None:
    inner = workspace / "policy_src" / "inner"
    (inner / "policy_src").mkdir(parents=True)
    assert app.find_workspace(workspace / "policy_src" / "privacy") == workspace
    assert app.find_workspace(workspace) == workspace
    assert app.find_workspace(inner / "policy_src") == inner


def test_a_file_named_like_the_sources_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "policy_src").touch()
    with pytest.raises(WorkspaceError, match="there is no policy_src/"):
        app.find_workspace(tmp_path)


# --- Checking


def test_a_check_counts_policies_and_files_and_orders_what_it_found_by_place(workspace: Path) -> None:
    shutil.copytree(workspace / "policy_src" / "privacy", workspace / "policy_src" / "another")
    edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")
    report = app.check(workspace)
    assert (report.policies, report.files) == (2, 6)
    assert {found.file.split("/")[1] for found in report.diagnostics} == {"another", "privacy"}
    assert list(report.diagnostics) == sorted(report.diagnostics)


def test_hidden_folders_are_no_policies(workspace: Path) -> None:
    app.write_schemas(workspace)
    assert app.check(workspace).policies == 1


def test_a_check_writes_nothing(workspace: Path) -> None:
    before = contents(workspace)
    app.check(workspace)
    assert contents(workspace) == before


# --- Building


def test_a_build_tells_what_it_does_in_order(workspace: Path) -> None:
    told: list[str] = []
    app.build(workspace, progress=told.append)
    assert told[0] == "Reading policy_src/privacy/policy.yaml"
    assert told[-3:] == ["Rendering pages", "Building the site", "Publishing"]


def test_a_build_writes_nothing_but_the_site(workspace: Path) -> None:
    before = contents(workspace)
    app.build(workspace)
    after = contents(workspace)
    assert {name for name in after if not name.startswith("site/")} == set(before)
    assert {name: after[name] for name in before} == before


def test_a_build_without_changes_touches_no_file(workspace: Path) -> None:
    app.build(workspace)
    before = contents(workspace / "site")
    assert app.build(workspace) == 0
    assert contents(workspace / "site") == before


def test_a_changed_clause_touches_its_page_and_what_is_searched_only(workspace: Path) -> None:
    app.build(workspace)
    before = contents(workspace / "site")
    edit(workspace / USE, "  en: |\n    We use", "  en: |\n    Indeed we use")
    changed = app.build(workspace)
    after = contents(workspace / "site")
    touched = {name for name in after if after[name] != before[name]} - {publish.MANIFEST}
    assert touched == {"en/privacy/index.html", "en/privacy/search/search_index.json"}
    assert changed == len(touched)


def test_pages_of_a_policy_that_is_gone_go_and_foreign_files_stay(workspace: Path) -> None:
    source = workspace / "policy_src" / "privacy"
    other = workspace / "policy_src" / "other"
    shutil.copytree(source, other)
    edit(other / "policy.yaml", "id: privacy", "id: other")
    app.build(workspace)
    site = workspace / "site"
    (site / "CNAME").write_text("example.com")
    (site / ".gitignore").write_text("*")
    assert (site / "en" / "other" / "index.html").is_file()
    shutil.rmtree(other)
    app.build(workspace)
    assert not list(site.glob("*/other"))
    assert ((site / "CNAME").read_text(), (site / ".gitignore").read_text()) == ("example.com", "*")


def break_source(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> type[Exception]:
    edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")
    return SourceError


def break_configuration(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> type[Exception]:
    (workspace / "mkdocs.yml").write_text("site_name: [")
    return WorkspaceError


def break_theme(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> type[Exception]:
    theme = workspace / "templates" / "theme"
    theme.mkdir(parents=True)
    (theme / "main.html").write_text("{{ nobody.knows.this }}")
    return RenderError


def break_warning(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> type[Exception]:
    edit(workspace / "mkdocs.yml", "use_directory_urls: true", "use_directory_urls: true\nno_such_option: 1")
    return RenderError


def break_disk(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> type[Exception]:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mkdocs, "build", full)
    return OSError


BREAK = [break_source, break_configuration, break_theme, break_warning, break_disk]


@pytest.mark.parametrize("damage", BREAK, ids=lambda damage: damage.__name__.removeprefix("break_"))
def test_a_build_that_fails_leaves_the_last_good_site_to_the_byte(
    damage: Callable[[Path, pytest.MonkeyPatch], type[Exception]],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.build(workspace)
    before = contents(workspace / "site")
    edit(workspace / USE, "  en: |\n    We use", "  en: |\n    Indeed we use")
    error = damage(workspace, monkeypatch)
    with pytest.raises(error):
        app.build(workspace)
    assert contents(workspace / "site") == before
    assert not (workspace / "site" / publish.STAGING).exists()


@pytest.mark.parametrize("damage", BREAK, ids=lambda damage: damage.__name__.removeprefix("break_"))
def test_a_first_build_that_fails_publishes_nothing(
    damage: Callable[[Path, pytest.MonkeyPatch], type[Exception]],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = damage(workspace, monkeypatch)
    with pytest.raises(error):
        app.build(workspace)
    assert contents(workspace) == {
        name: content for name, content in contents(workspace).items() if not name.startswith("site/")
    }


# --- The preview


def test_a_preview_keeps_the_last_good_pages_and_leaves_nothing_behind(workspace: Path) -> None:
    with app.preview(workspace, "127.0.0.1", 0) as preview:
        folder = preview._folder
        assert preview.has_pages is False
        assert preview.rebuild() is None
        assert preview.has_pages is True
        good = (folder / "en/privacy/index.html").read_bytes()
        edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")
        assert isinstance(preview.rebuild(), SourceError)
        assert (folder / "en/privacy/index.html").read_bytes() == good
    assert not folder.exists()
    assert not (workspace / "site").exists()
