"""A revision of git is read as the work tree is: the same reader, the committed bytes, nothing touched."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policypress.core.assemble import assemble
from policypress.core.layout import SOURCE
from policypress.read import git
from policypress.read.git import GitError, GitTree
from policypress.read.workspace import ReadPolicy, read_policy
from tests.support.histories import BASE
from tests.support.paths import ROOT
from tests.support.repositories import Repository, environment, repository

USE = "policy_src/privacy/clauses/01-use.yaml"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows no settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, environment()[name])


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    """A repository whose first commit, tagged `first`, holds a sound workspace."""
    shutil.copytree(BASE, tmp_path / "made")
    found = repository(tmp_path / "made")
    found.commit()
    found.git("tag", "first")
    return found


def read(root: Path, revision: str) -> ReadPolicy:
    with git.opened(root, revision, SOURCE) as tree:
        return read_policy(root, root / SOURCE / "privacy", files=tree)


@contextmanager
def opened(root: Path, revision: str) -> Iterator[GitTree]:
    with git.opened(root, revision, SOURCE) as tree:
        yield tree


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files, those of git too, with the time at which each was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- The same as the work tree


@pytest.mark.parametrize("source", [BASE, ROOT], ids=["small", "real"])
def test_a_commit_reads_as_the_folder_that_was_committed(source: Path, tmp_path: Path) -> None:
    shutil.copytree(source / SOURCE, tmp_path / "w" / SOURCE)
    made = repository(tmp_path / "w")
    made.commit()
    folder = made.root / SOURCE / "privacy"
    assert read(made.root, "HEAD") == read_policy(made.root, folder)


def test_faults_are_told_as_in_the_work_tree(made: Repository) -> None:
    (made.root / USE).write_bytes("id: Use\ncolour: 红\xa0\n".encode("gb18030"))
    (made.root / "policy_src/privacy/clauses/03-folder.yaml").mkdir()
    (made.root / "policy_src/privacy/clauses/03-folder.yaml/inside").touch()
    (made.root / "policy_src/privacy/policy.yaml").unlink()
    made.commit()
    there, here = read(made.root, "HEAD"), read_policy(made.root, made.root / SOURCE / "privacy")
    assert there == here
    assert {found.code for found in there.diagnostics} == {"S206", "Y101", "Y114"}


def test_an_earlier_commit_is_read_whatever_the_work_tree_says_now(made: Repository) -> None:
    before = read(made.root, "first")
    text = (made.root / USE).read_text("utf-8")
    (made.root / USE).write_text(text.replace("for security", "for 30 days"), "utf-8")
    made.commit()
    shutil.rmtree(made.root / SOURCE)
    assert read(made.root, "first") == before
    assert read(made.root, "HEAD") != before
    assert before.draft is not None
    assert assemble(before.draft).policy == "privacy"


def test_the_bytes_are_those_of_the_commit_whatever_a_checkout_would_make_of_them(made: Repository) -> None:
    data = (made.root / USE).read_bytes().replace(b"\n", b"\r\n")
    (made.root / USE).write_bytes(data)
    made.commit()
    (made.root / ".gitattributes").write_text("*.yaml text eol=lf working-tree-encoding=UTF-16\n")
    made.git("config", "core.autocrlf", "true")
    with opened(made.root, "HEAD") as tree:
        assert tree.read(USE) == data
    assert read(made.root, "HEAD") == read(made.root, "first")


@pytest.mark.parametrize(
    "name", ["01-a b.yaml", '01-"q\\".yaml', "01-条款.yaml", "01-*[x].yaml", "01-a\nb.yaml"]
)
def test_any_file_name_is_found(name: str, made: Repository) -> None:
    (made.root / USE).rename((made.root / USE).with_name(name))
    made.commit()
    with opened(made.root, "HEAD") as tree:
        place = f"policy_src/privacy/clauses/{name}"
        assert place in tree.names("policy_src/privacy/clauses")
        assert tree.read(place).startswith(b"#") or tree.read(place)


def test_names_are_those_of_one_folder_files_and_folders(made: Repository) -> None:
    with opened(made.root, "HEAD") as tree:
        assert tree.names(SOURCE) == ["policy_src/privacy"]
        assert tree.names("policy_src/priv") == []
        assert tree.all_names(SOURCE) == [
            "policy_src/privacy/clauses/01-use.yaml",
            "policy_src/privacy/clauses/02-share.yaml",
            "policy_src/privacy/policy.yaml",
        ]
        for name in ("policy_src/privacy", "policy_src/none.yaml"):
            with pytest.raises(OSError):  # noqa: PT011 - which one it is belongs to the system
                tree.read(name)


def test_a_symbolic_link_is_not_followed(made: Repository) -> None:
    (made.root / USE).unlink()
    (made.root / USE).symlink_to("/etc/hostname")
    made.commit()
    found = read(made.root, "HEAD")
    assert [one.code for one in found.diagnostics if one.file == USE] == ["Y114"]


# --- Wherever the workspace is


def test_a_workspace_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "r/legal/policies")
    shutil.copytree(BASE, tmp_path / "r/legal/policies-too")
    made = repository(tmp_path / "r")
    made.commit()
    found = read(made.root / "legal/policies", "HEAD")
    assert found == read_policy(
        made.root / "legal/policies", made.root / "legal/policies" / SOURCE / "privacy"
    )


def test_another_work_tree_of_the_repository(made: Repository, tmp_path: Path) -> None:
    made.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "other"), "first")
    assert read(tmp_path / "other", "main").draft == read(made.root, "first").draft


def test_a_detached_head_an_unborn_branch_and_a_lost_index(made: Repository) -> None:
    expected = read(made.root, "first")
    made.git("checkout", "--quiet", "--detach")
    assert read(made.root, "main") == expected
    made.git("checkout", "--quiet", "--orphan", "new")
    (made.root / ".git/index").unlink()
    assert read(made.root, "first") == expected
    with pytest.raises(GitError):
        read(made.root, "HEAD")


def test_a_repository_that_calls_itself_bare(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "r/legal")
    made = repository(tmp_path / "r")
    made.commit()
    expected = read(made.root / "legal", "HEAD")
    made.git("config", "core.bare", "true")
    assert read(made.root / "legal", "HEAD") == expected


def test_a_hook_s_environment_does_not_mislead(
    made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    other.commit()
    expected = read(made.root, "first")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    assert read(made.root, "first") == expected


def test_nothing_is_touched(made: Repository) -> None:
    (made.root / USE).write_text("not committed")
    (made.root / "policy_src/new.yaml").write_text("not added")
    # A file whose time is not that of the index: git would like to refresh it.
    os.utime(made.root / "policy_src/privacy/policy.yaml", (1, 1))
    before = everything(made.root)
    read(made.root, "first")
    assert everything(made.root) == before


# --- What cannot be read


def test_a_folder_in_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.copytree(BASE, tmp_path / "w")
    with pytest.raises(GitError, match="is in no git repository") as caught:
        read(tmp_path / "w", "HEAD")
    assert caught.value.exit_code == 2


def test_no_git_at_all(made: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git is not installed"):
        read(made.root, "HEAD")


@pytest.mark.parametrize(
    "revision", ["nowhere", "HEAD~9", "0" * 40, "HEAD:policy_src", "a..b", "", "HEAD HEAD"]
)
def test_an_unknown_revision_is_an_error_in_words(revision: str, made: Repository) -> None:
    with pytest.raises(GitError, match="git knows no revision") as caught:
        read(made.root, revision)
    assert caught.value.exit_code == 2
    assert "git log" in caught.value.hint


def command_of(error: GitError) -> list[str]:
    """The command that an error names as the way out."""
    return shlex.split(error.hint.split("`")[1])


def test_what_a_shallow_clone_lacks_is_there_after_the_command_that_the_error_names(
    made: Repository, tmp_path: Path
) -> None:
    first = made.git("rev-parse", "first")
    made.git("branch", "release/1", "first")
    made.commit()
    made.git("branch", "topic")
    made.git("config", "uploadpack.allowAnySHA1InWant", "true")
    lacking = [
        "HEAD~1",
        "main^",
        "origin/release/1",
        "origin/release/1~0",
        "release/1",
        "first",
        first,
        first[:9],
    ]
    for number, revision in enumerate(lacking):
        clone = made.clone(tmp_path / f"clone-{number}", "--depth=1", "--no-tags", "--single-branch")
        with pytest.raises(GitError, match="which is shallow") as caught:
            read(clone.root, revision)
        assert caught.value.exit_code == 2
        command = command_of(caught.value)
        assert {"--depth=1", "--unshallow"} & set(command)  # no more than is needed
        subprocess.run(command, cwd=clone.root, env=environment(), check=True, capture_output=True)
        assert read(clone.root, revision).draft == read(made.root, "first").draft, (revision, command)


def test_a_branch_that_was_never_fetched_into_a_whole_clone(made: Repository, tmp_path: Path) -> None:
    clone = made.clone(tmp_path / "clone", "--single-branch")
    made.git("branch", "later")
    for revision in ("origin/later", "later"):
        with pytest.raises(GitError, match="git knows no revision") as caught:
            read(clone.root, revision)
        command = command_of(caught.value)
        assert not any(part.startswith("--depth") for part in command)
        subprocess.run(command, cwd=clone.root, env=environment(), check=True, capture_output=True)
        assert read(clone.root, revision).draft is not None
