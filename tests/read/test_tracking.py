"""Git itself says whether it tracks a file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from policypress import app
from policypress.core.errors import WorkspaceError
from policypress.read.git import GitError, is_tracked

ROWS = "id,address,language,accepted_version,accepted_language\n"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "lists").mkdir(parents=True)
    git(folder, "init", "-q")
    return folder


def test_an_added_file_is_tracked(repository: Path) -> None:
    file = repository / "lists" / "people.csv"
    file.write_text(ROWS)
    assert not is_tracked(file)
    git(repository, "add", "lists/people.csv")
    assert is_tracked(file)


def test_a_name_is_not_taken_for_a_pattern(repository: Path) -> None:
    (repository / "a.csv").write_text(ROWS)
    (repository / "[a].csv").write_text(ROWS)
    git(repository, "add", "a.csv")
    assert not is_tracked(repository / "[a].csv")


def test_a_link_to_a_tracked_file_is_tracked(repository: Path, tmp_path: Path) -> None:
    (repository / "people.csv").write_text(ROWS)
    git(repository, "add", "people.csv")
    (tmp_path / "link.csv").symlink_to(repository / "people.csv")
    assert is_tracked(tmp_path / "link.csv")


def test_outside_a_repository_nothing_is_tracked(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(ROWS)
    assert not is_tracked(tmp_path / "people.csv")


def test_a_hooks_own_repository_does_not_answer(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "people.csv").write_text(ROWS)
    git(repository, "add", "people.csv")
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert is_tracked(repository / "people.csv")


def test_a_repository_that_git_cannot_read_is_no_yes_and_no_no(repository: Path) -> None:
    (repository / "people.csv").write_text(ROWS)
    (repository / ".git" / "index").write_text("no index")
    with pytest.raises(GitError, match="cannot say"):
        is_tracked(repository / "people.csv")


def test_a_tracked_recipient_file_is_refused(repository: Path) -> None:
    file = repository / "people.csv"
    file.write_text(ROWS)
    assert app.check_recipients(file).rows == 0
    git(repository, "add", "people.csv")
    with pytest.raises(WorkspaceError, match="git tracks"):
        app.check_recipients(file)


def test_a_bad_recipient_file_is_refused_with_all_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"{ROWS}c1,nobody,en,1.0.0,en\nc1,b@example.com,en,1.0.0,en\nc1,c@example.com,,,\n")
    with pytest.raises(app.RecipientsError, match="2 errors; nothing was sent") as refused:
        app.check_recipients(file)
    assert [str(found).split(" ", 1)[0] for found in refused.value.diagnostics] == [
        "people.csv:2:1:",
        "people.csv:4:1:",
    ]
