"""`policypress show`: what was, is or will be in force."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.runner import Done, run
from tests.support.histories import BASE, Workspace, five_records, workspace
from tests.support.repositories import environment, repository


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return five_records(tmp_path_factory.mktemp("history") / "workspace")


def shown(history: Workspace, *arguments: str, zone: str = "UTC") -> Done:
    return run("show", *arguments, cwd=history.root, environ={**os.environ, "TZ": zone})


@pytest.mark.parametrize(
    ("as_of", "version"),
    [
        ("2026-01-05", "1.0.0"),  # released at 10:00: a bare date means the end of the day
        ("2026-01-05T10:00", "1.0.0"),
        ("2026-02-01T09:59:59", "1.0.0"),
        ("2026-02-01", "1.1.0"),
        ("2026-06-01", "1.1.0"),  # 2.0.0 was withdrawn
        ("2026-12-31", "1.1.0"),
        ("2026-12-31T15:59:59Z", "1.1.0"),
        ("2026-12-31T16:00Z", "3.0.0"),
        ("2027-01-01", "3.0.0"),
    ],
)
def test_the_version_in_force_at_an_instant(history: Workspace, as_of: str, version: str) -> None:
    done = shown(history, "--as-of", as_of)
    assert (done.returncode, done.stdout) == (0, f"{version}\n")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_bare_date_ends_in_the_policy_s_zone_wherever_it_is_asked(history: Workspace, zone: str) -> None:
    assert shown(history, "--as-of", "2026-12-31", zone=zone).stdout == "1.1.0\n"
    assert shown(history, "--as-of", "2027-01-01", zone=zone).stdout == "3.0.0\n"


def test_since_when_is_said_beside_it(history: Workspace) -> None:
    done = shown(history, "--as-of", "2026-02-02")
    assert done.stderr == "in force since 2026-02-01T10:00:00+08:00, published 2026-02-01T10:00:00+08:00\n"


def test_before_the_first_release_there_is_none(history: Workspace) -> None:
    done = shown(history, "--as-of", "2026-01-04")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "no version of privacy is known to have been in force at 2026-01-04T23:59:59.999999+08:00\n"
    )


@pytest.mark.parametrize("as_of", ["soon", "9999-12-31", "2026-02-30"])
def test_what_is_no_instant_is_a_fault_of_usage(history: Workspace, as_of: str) -> None:
    done = shown(history, "--as-of", as_of)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{as_of}` is not an instant" in done.stderr


def test_an_unknown_date_is_called_so(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    made.release("2026-01-05", effective_unknown=True, known_since="2025-11-23")
    done = shown(made, "--as-of", "2025-11-23")
    assert done.stdout == "1.0.0\n"
    assert done.stderr.startswith("in force since an unknown date")
    assert shown(made, "--as-of", "2025-11-22").returncode == 1


# --- What a ref names


@pytest.mark.parametrize(
    ("ref", "version"),
    [
        ("1.0.0", "1.0.0"),
        ("2.0.0", "2.0.0"),
        ("latest", "3.0.0"),
        ("@2026-01-31", "1.0.0"),
        ("@2026-12-31T16:00Z", "3.0.0"),
    ],
)
def test_a_ref_is_shown_with_its_dates_and_the_digest_of_its_file(
    history: Workspace, ref: str, version: str
) -> None:
    done = shown(history, ref)
    digest = hashlib.sha256((history.releases / f"{version}.json").read_bytes()).hexdigest()
    head, *rest = done.stdout.splitlines()
    assert (done.returncode, head, rest[2:]) == (0, version, [f"sha256 {digest}"])
    assert rest[0].startswith("published 2026-")
    assert rest[1].startswith("effective 202")


def test_in_force_is_meant_as_of_an_instant(history: Workspace) -> None:
    assert shown(history, "in-force", "--as-of", "2026-01-31").stdout.startswith("1.0.0\n")
    assert shown(history, "in-force", "--as-of", "2027-01-01").stdout.startswith("3.0.0\n")


def test_the_draft_has_neither_dates_nor_a_digest(history: Workspace) -> None:
    assert shown(history, "draft").stdout == "draft\n"


def test_a_revision_of_git_is_shown_with_its_commit(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "w")
    commit = repository(tmp_path / "w").commit()
    done = run("show", "git:main", cwd=tmp_path / "w", environ=environment())
    assert done.stdout == f"git:main\ncommit {commit}\n"


@pytest.mark.parametrize("ref", ["9.9.9", "1.0", "main", "@soon", "git:HEAD"])
def test_a_ref_that_names_nothing_is_2(history: Workspace, ref: str) -> None:
    done = run(
        "show", ref, cwd=history.root, environ=environment(GIT_CEILING_DIRECTORIES=str(history.root.parent))
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("policypress: ")


def test_a_policy_that_was_not_there_yet_is_2_and_those_that_were_are_named(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    found = repository(made.root)
    found.commit()
    shutil.copytree(made.policy, made.root / "policy_src/terms")
    done = run("show", "git:HEAD", "--policy", "terms", cwd=made.root, environ=environment())
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no policy `terms` at git:HEAD" in done.stderr
    assert "There is: privacy." in done.stderr


def test_a_revision_whose_source_cannot_be_read_is_2_with_its_first_fault(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    made.write("clauses/03-broken.yaml", "id: [")
    repository(made.root).commit()
    done = run("show", "git:HEAD", cwd=made.root, environ=environment())
    assert (done.returncode, done.stdout) == (2, "")
    assert "the source at git:HEAD cannot be read" in done.stderr
    assert "clauses/03-broken.yaml:1:" in done.stderr
