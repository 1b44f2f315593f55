"""`policypress withdraw`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.runner import run_here

REASON = "The service will not be offered."


def test_a_scheduled_release_is_withdrawn_with_its_reason(workspace: Path) -> None:
    run_here("release", "--effective", "2999-01-01", cwd=workspace)
    done = run_here("withdraw", "1.0.0", "--reason", REASON, cwd=workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "privacy 1.0.0 withdrawn: releases/1.0.0.withdrawn.json\n"
    path = workspace / "policy_src/privacy/releases/1.0.0.withdrawn.json"
    assert json.loads(path.read_text("utf-8"))["reason"] == REASON
    assert run_here("verify", cwd=workspace).returncode == 0
    again = run_here("withdraw", "1.0.0", "--reason", REASON, cwd=workspace)
    assert (again.returncode, again.stderr) == (
        1,
        "policypress: nothing was withdrawn\n  1.0.0 was withdrawn already\n",
    )


def test_what_is_in_force_cannot_be_withdrawn(workspace: Path) -> None:
    run_here("release", cwd=workspace)
    done = run_here("withdraw", "1.0.0", "--reason", REASON, cwd=workspace)
    assert done.returncode == 1
    assert "1.0.0 is in force or was: correct it by a new release" in done.stderr


def test_a_reason_is_asked_for(workspace: Path) -> None:
    done = run_here("withdraw", "1.0.0", cwd=workspace)
    assert done.returncode == 2
    assert "--reason" in done.stderr
