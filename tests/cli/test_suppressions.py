"""Suppressions: gates pass over a change for a time, for a reason, and nobody overlooks that."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from sarif import loader

from policypress import app
from policypress.core.comparison import GATES
from policypress.core.releasing import RefusedError
from tests.cli.runner import Done, run_here
from tests.support import workflows
from tests.support.histories import Workspace, workspace
from tests.support.paths import ROOT
from tests.support.repositories import repository

REASON = "Legal decides on Friday."


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A release, and a draft with one change that nobody explained."""
    found = workspace(tmp_path / "w")
    found.change("for security", "for 30 days")
    found.release("2026-01-05T10:00")
    found.change("for 30 days", "for 60 days")
    return found


def diff(made: Workspace, *more: str) -> Done:
    return run_here("diff", *more, cwd=made.root)


def check(made: Workspace, *more: str) -> Done:
    return run_here("check", *more, cwd=made.root)


def suppress(made: Workspace, until: str = "", *, base: str = "") -> str:
    """Suppress the only change, and return its fingerprint."""
    (change,) = json.loads(diff(made, *([base] if base else []), "--format", "json").stdout)["changes"]
    fingerprint = str(change["fingerprint"])
    made.write(
        "suppressions.yaml",
        f'format: 1\nsuppressions:\n  - fingerprint: "{fingerprint}"\n    reason: {REASON}\n'
        + (f"    until: {until}\n" if until else ""),
    )
    return fingerprint


def test_a_suppressed_change_passes_every_gate_and_is_shown_with_the_reason(made: Workspace) -> None:
    assert check(made).returncode == 1
    assert {diff(made, "--fail-on", gate).returncode for gate in GATES} == {1}
    suppress(made)
    assert (check(made).returncode, check(made).stdout) == (0, "")
    assert {diff(made, "--fail-on", gate).returncode for gate in GATES} == {0}
    for form in ("text", "markdown", "json", "github", "junit"):
        assert REASON in diff(made, "--format", form).stdout.replace("\n  ", " ").replace("\\.", ".")


def test_a_release_still_asks_for_the_note(made: Workspace) -> None:
    suppress(made)
    with pytest.raises(RefusedError) as refused:
        made.release("2026-02-01T10:00", explained=False)
    assert "no note explains" in refused.value.hint


@pytest.mark.parametrize(
    ("at", "counts"),
    [("2026-12-04T23:59:59+08:00", True), ("2026-12-04T16:00:00Z", False), ("2026-12-05", False)],
)
def test_it_counts_until_the_end_of_its_last_day_in_the_zone_of_the_policy(
    at: str, counts: bool, made: Workspace
) -> None:
    suppress(made, "2026-12-04")
    done = check(made, "--as-of", at)
    assert done.returncode == (0 if counts else 1)
    assert ("D122 warning" in done.stdout) is not counts
    assert diff(made, "--as-of", at, "--fail-on", "undocumented").returncode == (0 if counts else 1)


def test_once_the_text_changed_again_it_is_about_nothing(made: Workspace) -> None:
    suppress(made)
    made.change("for 60 days", "for 90 days")
    done = check(made)
    assert done.returncode == 1
    assert "suppressions.yaml:3:19: D121 warning" in done.stdout
    assert diff(made, "--fail-on", "undocumented").returncode == 1


def test_a_change_since_a_revision_of_git_is_known_by_what_is_due_since_the_release(made: Workspace) -> None:
    base = repository(made.root).commit()
    made.change("for 60 days", "for 90 days")
    suppress(made)
    assert diff(made, "--base", base, "--fail-on", "undocumented").returncode == 0
    (made.policy / "suppressions.yaml").unlink()
    assert diff(made, "--base", base, "--fail-on", "undocumented").returncode == 1


def test_sarif_has_it_as_a_suppression(made: Workspace, tmp_path: Path) -> None:
    fingerprint = suppress(made)
    path = tmp_path / "report.sarif"
    path.write_text(diff(made, "--format", "sarif").stdout, "utf-8")
    report = json.loads(path.read_text("utf-8"))
    schema = json.loads((ROOT / "tests/fixtures/sarif-2.1.0.schema.json").read_text("utf-8"))
    jsonschema.validate(report, schema, cls=jsonschema.Draft4Validator)
    (result,) = report["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": REASON}]
    assert result["partialFingerprints"] == {"policypressChange/v1": fingerprint}
    (record,) = loader.load_sarif_file(str(path)).get_records()
    assert record["Severity"] == "note"


def test_what_is_wrong_in_the_file_stops_no_build(made: Workspace) -> None:
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    made.write("suppressions.yaml", "format: 1\nsuppressions: 1\n")
    assert check(made).returncode == 1
    assert app.build(made.root) > 0


def test_the_example_in_the_docs_is_free_of_faults(made: Workspace) -> None:
    made.write("suppressions.yaml", workflows.block("ci.md", "policy_src/privacy/suppressions.yaml"))
    found = [one.code for one in app.check(made.root).diagnostics]
    assert found == ["D101", "D121"]
