"""`policypress schema`."""

from __future__ import annotations

import json
from pathlib import Path

from policypress.core.schema import published_schemas, schemas
from tests.cli.runner import run


def test_the_schemas_are_written_where_the_files_look_for_them(workspace: Path) -> None:
    done = run("schema", cwd=workspace / "policy_src")
    names = [
        f"policy_src/.schema/{name}.schema.json"
        for name in ("clause", "diff", "history", "notify", "policy", "suppressions")
    ]
    assert (done.returncode, sorted(done.stdout.splitlines()), done.stderr) == (0, names, "")
    for name in names:
        assert (
            json.loads((workspace / name).read_text("utf-8"))
            == {**schemas(), **published_schemas()}[Path(name).name]
        )


def test_old_schemas_are_replaced_and_are_no_policy(workspace: Path) -> None:
    (workspace / "policy_src" / ".schema").mkdir()
    (workspace / "policy_src" / ".schema" / "clause.schema.json").write_text("old")
    run("schema", cwd=workspace)
    json.loads((workspace / "policy_src" / ".schema" / "clause.schema.json").read_text("utf-8"))
    assert run("check", "--strict", cwd=workspace).returncode == 0
