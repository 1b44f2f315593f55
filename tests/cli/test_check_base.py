"""`policypress check --base`: the ledger only grows, and in which formats that is told."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.runner import Done, run_here
from tests.support.histories import Workspace, five_records, workspace
from tests.support.repositories import Repository, environment, repository

RELEASES = "policy_src/privacy/releases"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a ledger of five, committed in a folder of its repository."""
    root = tmp_path_factory.mktemp("base") / "repository"
    five_records(root / "legal")
    repository(root).commit()
    return root


@pytest.fixture
def made(original: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(original, tmp_path / "r")
    return Workspace(tmp_path / "r/legal")


def check(made: Workspace, base: str = "git:HEAD", *more: str) -> Done:
    return run_here("check", "--base", base, *more, cwd=made.root, environ=environment())


@pytest.mark.parametrize("base", ["git:HEAD", "HEAD", "main", "git:main"])
def test_a_ledger_that_is_as_it_was_passes(made: Workspace, base: str) -> None:
    done = check(made, base)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_new_release_and_its_note_pass(made: Workspace) -> None:
    made.change("for 60 days", "for 90 days")
    made.release("2026-07-01T10:00", effective="2027-06-01")
    assert check(made).returncode == 0


def test_a_record_that_was_edited_fails_with_the_reason(made: Workspace) -> None:
    path = made.releases / "1.1.0.json"
    path.write_text(path.read_text("utf-8").replace("for your safety", "for our safety"), "utf-8")
    done = check(made, "main")
    assert done.returncode == 1
    first, hint, *rest = done.stdout.splitlines()
    assert first == f"{RELEASES}/1.1.0.json:1:1: R901 error: differs from git:main: restore it"
    assert hint.strip() == "Restore the file as it was; what a release got wrong, a new release corrects."
    assert rest == []


def test_an_edit_that_keeps_the_ledger_consistent_fails_too(made: Workspace) -> None:
    shutil.rmtree(made.releases)
    made.release("2026-01-06T10:00")
    found = check(made).stdout
    for name in ("1.0.0.json", "1.1.0.json", "2.0.0.json", "2.0.0.withdrawn.json", "3.0.0.json"):
        assert found.count(f"{RELEASES}/{name}:1:1: R901") == 1


@pytest.mark.parametrize("lost", ["releases/2.0.0.withdrawn.json", "releases/1.0.0.json", "releases"])
def test_a_record_that_was_deleted_fails(made: Workspace, lost: str) -> None:
    path = made.policy / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    done = check(made)
    assert done.returncode == 1
    assert "R901 error: is in git:HEAD but not here: restore it" in done.stdout


def test_a_policy_that_is_gone_with_its_ledger_fails(made: Workspace) -> None:
    made.policy.rename(made.policy.with_name("renamed"))
    done = check(made)
    assert done.returncode == 1
    assert done.stdout.count(f"{RELEASES}/") == 5


def test_a_base_before_the_first_release_has_nothing_to_lose(made: Workspace) -> None:
    found = Repository(made.root.parent)
    found.git("checkout", "--quiet", "--orphan", "empty")
    found.git("commit", "--quiet", "--allow-empty", "--message", "Nothing", "--only")
    empty = found.git("rev-parse", "HEAD")
    found.git("checkout", "--quiet", "--force", "main")
    assert check(made, empty).returncode == 0


def test_paths_start_at_the_repository_where_its_services_read_them(made: Workspace) -> None:
    (made.releases / "1.1.0.json").unlink()
    done = check(made, "main", "--format", "github")
    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file=legal/{RELEASES}/1.1.0.json,line=1,col=1,title=R901 ")
    report = json.loads(check(made, "main", "--format", "sarif").stdout)
    location = report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == f"legal/{RELEASES}/1.1.0.json"


# --- A base that cannot be read is 2, never green


def test_an_unknown_base_is_2(made: Workspace) -> None:
    done = check(made, "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "git knows no revision `nowhere`" in done.stderr


def test_a_shallow_clone_without_the_base_is_2_until_the_command_it_names_was_run(
    made: Workspace, tmp_path: Path
) -> None:
    origin = Repository(made.root.parent)
    origin.git("checkout", "--quiet", "-b", "topic")
    (made.releases / "1.1.0.json").unlink()
    origin.commit()
    clone = origin.clone(tmp_path / "clone", "--depth=1", "--single-branch", "--branch=topic")
    there = Workspace(clone.root / "legal")
    done = check(there, "origin/main")
    assert (done.returncode, done.stdout) == (2, "")
    command = done.stderr.split("`")[3]
    assert command == "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"
    subprocess.run(command.split(), cwd=clone.root, env=environment(), check=True, capture_output=True)
    assert check(there, "origin/main").returncode == 1


@pytest.mark.parametrize("base", ["1.0.0", "latest", "draft", "@2026-01-31", "--all", "git:"])
def test_what_is_no_revision_of_git_is_2(made: Workspace, base: str) -> None:
    done = run_here("check", f"--base={base}", cwd=made.root, environ=environment())
    assert (done.returncode, done.stdout) == (2, "")


def test_outside_of_git_is_2(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    ceiling = environment(GIT_CEILING_DIRECTORIES=str(tmp_path))
    done = run_here("check", "--base", "main", cwd=made.root, environ=ceiling)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is in no git repository" in done.stderr
