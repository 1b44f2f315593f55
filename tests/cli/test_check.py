"""`policypress check`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.runner import edit, on_terminal, run, run_here
from tests.support.paths import ROOT

USE = "policy_src/privacy/clauses/01-use.yaml"
PLACE = re.compile(
    r"(?P<file>\S+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[A-Z]\d{3}) (?P<level>\w+): (?P<message>.+)"
)


def place_of(file: str, text: str, *, at: str = "") -> tuple[str, int, int]:
    """Where the last character of `text` stands (or `at` in it); the text is in the file once."""
    lines = (ROOT / file).read_text("utf-8").split("\n")
    ((number, line),) = [(number, line) for number, line in enumerate(lines, 1) if text in line]
    start = line.index(text)
    return file, number, start + 1 + (text.index(at) if at else len(text) - 1)


def add_fault(workspace: Path) -> None:
    edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")


def add_warning(workspace: Path) -> None:
    edit(workspace / "policy_src/privacy/policy.yaml", "en: Privacy Policy,", "en: Privacy。Policy,")


# --- The repository's own policy


def warnings_of(root: Path) -> list[tuple[str, str, int, int]]:
    done = run_here("check", "--format", "json", cwd=root)
    report = json.loads(done.stdout)
    assert (done.returncode, report["errors"]) == (0, 0)
    return [(one["code"], one["file"], one["line"], one["column"]) for one in report["diagnostics"]]


def unfinished() -> list[tuple[str, str, int, int]]:
    minors = "policy_src/privacy/clauses/08-minors.yaml"
    return [
        ("C605", *place_of(minors, "you may send your request in written to")),
        ("C605", *place_of(minors, "您可以将您的书面请求发送至")),
    ]


def test_the_real_policy_has_no_errors_and_warnings_only_where_it_is_unfinished() -> None:
    assert warnings_of(ROOT) == unfinished()


def test_a_slip_in_the_real_policy_is_found_where_it_stands(tmp_path: Path) -> None:
    share = "policy_src/privacy/clauses/05-share.yaml"
    file, line, column = place_of(share, "mandatory requirements of government agencies.")
    shutil.copytree(ROOT / "policy_src", tmp_path / "policy_src")
    edit(tmp_path / share, "government agencies.", "government agencies。")
    assert warnings_of(tmp_path) == [("C603", file, line, column), *unfinished()]


# --- Exit codes


def test_no_findings_is_0_and_says_nothing_on_stdout(workspace: Path) -> None:
    done = run_here("check", cwd=workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "0 errors, 0 warnings in 3 files\n"


def test_errors_are_1(workspace: Path) -> None:
    add_fault(workspace)
    done = run_here("check", cwd=workspace)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{USE}:")
    assert ": S201 error: " in done.stdout


def test_warnings_pass_unless_strict(workspace: Path) -> None:
    add_warning(workspace)
    lenient, strict = run_here("check", cwd=workspace), run_here("check", "--strict", cwd=workspace)
    assert "C603 warning" in lenient.stdout
    assert (lenient.returncode, strict.returncode) == (0, 1)
    assert lenient.stdout == strict.stdout


def test_strict_passes_what_has_no_warnings(workspace: Path) -> None:
    assert run_here("check", "--strict", cwd=workspace).returncode == 0


def test_a_file_that_cannot_be_read_is_a_finding_with_its_name(workspace: Path) -> None:
    (workspace / "policy_src/privacy/clauses/03-folder.yaml").mkdir()
    done = run_here("check", cwd=workspace)
    assert done.returncode == 1
    assert "policy_src/privacy/clauses/03-folder.yaml:1:1: Y114 error: is a directory" in done.stdout


def test_a_workspace_without_policies_is_2(tmp_path: Path) -> None:
    (tmp_path / "policy_src").mkdir()
    done = run_here("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "policy_src/ holds no policy" in done.stderr


# --- What is said, and where


def test_findings_are_results_and_the_summary_is_talk(workspace: Path) -> None:
    add_fault(workspace)
    add_warning(workspace)
    done = run_here("check", cwd=workspace)
    assert {match["level"] for match in PLACE.finditer(done.stdout)} == {"error", "warning"}
    assert done.stderr == "1 error, 1 warning in 3 files\n"


def test_json_says_the_same_as_text(workspace: Path) -> None:
    add_fault(workspace)
    add_warning(workspace)
    text, as_json = run_here("check", cwd=workspace), run_here("check", "--format", "json", cwd=workspace)
    report = json.loads(as_json.stdout)
    assert as_json.returncode == text.returncode == 1
    assert (report["format"], report["errors"], report["warnings"]) == (1, 1, 1)
    keys = ("file", "line", "column", "code", "level", "message")
    in_json = [tuple(str(one[key]) for key in keys) for one in report["diagnostics"]]
    assert in_json == [tuple(match[key] for key in keys) for match in PLACE.finditer(text.stdout)]
    assert all(one["hint"] in text.stdout for one in report["diagnostics"])


def test_json_is_all_that_stdout_holds_even_without_findings(workspace: Path) -> None:
    done = run_here("check", "--format", "json", cwd=workspace)
    assert json.loads(done.stdout) == {"format": 1, "errors": 0, "warnings": 0, "diagnostics": []}


@pytest.mark.parametrize("form", ["github", "sarif", "junit", "markdown"])
def test_the_formats_of_other_programs_say_the_same_and_fail_the_same(workspace: Path, form: str) -> None:
    add_fault(workspace)
    done = run_here("check", "--format", form, cwd=workspace)
    assert done.returncode == 1
    assert "S201" in done.stdout
    assert "hedaing" in done.stdout
    assert done.stderr == "1 error, 0 warnings in 3 files\n"


def test_strict_makes_errors_of_warnings_in_them(workspace: Path) -> None:
    add_warning(workspace)
    assert "<failure" not in run_here("check", "--format", "junit", cwd=workspace).stdout
    assert "<failure" in run_here("check", "--format", "junit", "--strict", cwd=workspace).stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_chinese_is_printed_in_any_locale(locale: str, workspace: Path) -> None:
    edit(workspace / USE, "id: use\n", "id: use\n标题: {}\n")
    done = run("check", cwd=workspace, environ={"LC_ALL": locale, "PYTHONIOENCODING": ""})
    assert done.returncode == 1
    assert "标题" in done.stdout


def test_a_reader_that_leaves_early_gets_no_traceback(workspace: Path) -> None:
    import subprocess
    import sys

    add_fault(workspace)
    command = f"{sys.executable} -m policypress check | true"
    done = subprocess.run(command, shell=True, cwd=workspace, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_colour_is_for_terminals(workspace: Path) -> None:
    add_fault(workspace)
    code, received = on_terminal("", "check", cwd=workspace)
    assert code == 1
    assert re.search(r"\x1b\[31m.*S201 error", received)
    done = run_here("check", cwd=workspace)
    assert "\x1b" not in done.stdout + done.stderr
