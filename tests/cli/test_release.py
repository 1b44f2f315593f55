"""`policypress release`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import edit, run_here
from tests.support.histories import Workspace, tree

USE = "policy_src/privacy/clauses/01-use.yaml"


def record(workspace: Path, version: str) -> dict[str, Any]:
    path = workspace / f"policy_src/privacy/releases/{version}.json"
    return dict(json.loads(path.read_text("utf-8")))


def test_a_release_says_what_it_made_and_where(workspace: Path) -> None:
    done = run_here("release", cwd=workspace)
    assert done.returncode == 0, done.stderr
    first, dates = done.stdout.splitlines()
    assert first == "privacy 1.0.0 (material)"
    made = record(workspace, "1.0.0")
    assert dates == f"  published {made['published']}, effective {made['effective']}"
    assert done.stderr == "  releases/1.0.0.json\n"
    assert made["recorded"] == made["published"] == made["effective"]
    assert made["recorded"].endswith("+08:00")


def test_every_change_is_shown_with_its_fingerprint_and_why(workspace: Path) -> None:
    run_here("release", cwd=workspace)
    edit(workspace / USE, "for security", "for 30 days")
    Workspace(workspace).explain()
    done = run_here("release", cwd=workspace)
    (change,) = record(workspace, "2.0.0")["changes"]
    assert done.stdout.splitlines()[2:] == [
        f"  {change['fingerprint']}  reworded   Article 1. use: "
        "a number, date, duration or amount changed (material)"
    ]


def test_a_version_that_understates_is_refused(workspace: Path) -> None:
    run_here("release", cwd=workspace)
    edit(workspace / USE, "for security", "for 30 days")
    Workspace(workspace).explain()
    done = run_here("release", "--as", "1.1.0", cwd=workspace)
    assert (done.returncode, done.stdout) == (1, "")
    assert "1.1.0 understates" in done.stderr
    assert run_here("release", "--as", "3.0.0", cwd=workspace).stdout.startswith("privacy 3.0.0 (material)\n")


def test_options_reach_the_record(workspace: Path) -> None:
    arguments = ("--effective", "unknown", "--known-since", "2023-11-23", "--published", "2020-01-01T09:00Z")
    more = ("--published-reason", "On paper.", "--reconstructed", "An archive.")
    done = run_here("release", *arguments, *more, cwd=workspace)
    assert done.returncode == 0, done.stderr
    made = record(workspace, "1.0.0")
    assert (made["effective"], made["known_since"]) == ("unknown", "2023-11-23T00:00:00+08:00")
    assert (made["published"], made["reasons"]) == ("2020-01-01T09:00:00+00:00", {"published": "On paper."})
    assert (made["provenance"], made["date_basis"]) == ("reconstructed", "An archive.")
    assert "effective unknown" in done.stdout


def test_an_urgent_release_beside_a_scheduled_one_says_so(workspace: Path) -> None:
    run_here("release", cwd=workspace)
    edit(workspace / USE, "for security", "for 30 days")
    Workspace(workspace).explain()
    run_here("release", "--effective", "2999-01-01", cwd=workspace)
    edit(workspace / USE, "for 30 days", "for 60 days")
    Workspace(workspace).explain("1.0.0")
    done = run_here("release", "--urgent", cwd=workspace)
    assert (done.returncode, record(workspace, "3.0.0")["based_on"]) == (0, "1.0.0")
    assert "2.0.0 is still scheduled without this change" in done.stderr


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    before = tree(workspace)
    done = run_here("release", "--dry-run", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "nothing was written\n")
    assert done.stdout.startswith("privacy 1.0.0 (material)\n")
    assert tree(workspace) == before


def test_a_refusal_gives_every_reason_in_words(workspace: Path) -> None:
    run_here("release", cwd=workspace)
    done = run_here("release", "--published", "2020-01-01", "--effective", "2019-01-01", cwd=workspace)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "policypress: nothing was released\n  nothing changed since 1.0.0; published lies"
    )
    assert "before it is published" in done.stderr


def test_a_draft_with_errors_is_refused_with_their_places(workspace: Path) -> None:
    edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")
    done = run_here("release", cwd=workspace)
    assert done.returncode == 1
    assert f"{USE}:3:1:" in done.stderr
    assert not (workspace / "policy_src/privacy/releases").exists()


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "''"])
def test_a_zone_that_does_not_exist_is_a_place_in_the_source_and_no_traceback(
    workspace: Path, zone: str
) -> None:
    edit(workspace / "policy_src/privacy/policy.yaml", "Asia/Shanghai", zone)
    for command in (("release",), ("withdraw", "1.0.0", "--reason", "x"), ("show",)):
        done = run_here(*command, cwd=workspace)
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert "policy_src/privacy/policy.yaml:" in done.stderr


@pytest.mark.parametrize("option", ["--effective", "--published", "--known-since"])
def test_what_is_no_instant_is_a_fault_of_usage(workspace: Path, option: str) -> None:
    done = run_here("release", option, "soon", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`soon` is not an instant" in done.stderr
