"""Every file or folder of tests/cases/invalid gives exactly the diagnostics written beside it.

`NAME.clause.yaml` stands in for clauses/01-use.yaml of the base workspace, `NAME.policy.yaml` for its
policy.yaml; a folder NAME is laid over its policy_src/. Where a case has change notes or suppressions, the
base has a release and the draft amends it; `NAME.note.yaml` stands in for the note about `use`.
`NAME.expected` holds a line for each diagnostic.
`pytest --update-golden` writes it anew: read the difference before you commit it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policypress import app
from policypress.core.codes import CODES

CASES = Path(__file__).parents[1] / "cases" / "invalid"
AMENDED = Path(__file__).parents[1] / "cases" / "amended"
BASE = Path(__file__).parents[1] / "cases" / "valid" / "base"
NAMES = sorted({path.name.split(".")[0] for path in CASES.iterdir()})


def lay_out(name: str, root: Path) -> None:
    shutil.copytree(BASE, root)
    policy = root / "policy_src" / "privacy"
    note = CASES / f"{name}.note.yaml"
    beside = (CASES / name / "privacy" / part for part in ("changes", "suppressions.yaml"))
    if note.is_file() or any(path.exists() for path in beside):
        shutil.copytree(AMENDED, root / "policy_src", dirs_exist_ok=True)
    if note.is_file():
        shutil.copyfile(note, policy / "changes" / "use.yaml")
    elif (CASES / name).is_dir():
        shutil.copytree(CASES / name, root / "policy_src", dirs_exist_ok=True)
    elif (CASES / f"{name}.policy.yaml").is_file():
        shutil.copyfile(CASES / f"{name}.policy.yaml", policy / "policy.yaml")
    else:
        shutil.copyfile(CASES / f"{name}.clause.yaml", policy / "clauses" / "01-use.yaml")


def found(root: Path) -> str:
    lines = [
        f"{found.file.removeprefix('policy_src/')}:{found.line}:{found.column} {found.code}"
        for found in app.check(root).diagnostics
    ]
    return "".join(f"{line}\n" for line in lines)


def test_the_base_workspace_is_clean() -> None:
    assert found(BASE) == ""


def test_a_release_and_what_was_noted_about_the_changes_since_are_clean(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "workspace")
    shutil.copytree(AMENDED, tmp_path / "workspace/policy_src", dirs_exist_ok=True)
    assert found(tmp_path / "workspace") == ""


@pytest.mark.parametrize("name", NAMES)
def test_case_gives_the_diagnostics_beside_it(name: str, tmp_path: Path, update_golden: bool) -> None:
    lay_out(name, tmp_path / "workspace")
    expected = CASES / f"{name}.expected"
    if update_golden:
        expected.write_text(found(tmp_path / "workspace"), "utf-8")
    assert found(tmp_path / "workspace") == expected.read_text("utf-8")


def test_every_code_has_a_case_that_shows_it() -> None:
    shown = {
        line.split()[1]
        for folder in (CASES, CASES.parent / "recipients")
        for path in folder.glob("*.expected")
        for line in path.read_text("utf-8").splitlines()
    }
    elsewhere = {code for code in CODES if code.startswith("R")}  # against git: tests/cli/test_check_base.py
    assert set(CODES) - shown == elsewhere
