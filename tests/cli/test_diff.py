"""`policypress diff`: which versions, for whom, and when it fails."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.runner import Done, on_terminal, run, run_here
from tests.support.comparisons import amended
from tests.support.histories import Workspace, five_records, workspace
from tests.support.repositories import environment, repository


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One release, and a draft with ten changes."""
    return amended(tmp_path_factory.mktemp("diff") / "w")


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """1.0.0, 1.1.0, 2.0.0 withdrawn, 3.0.0 scheduled, each with other words about use."""
    return five_records(tmp_path_factory.mktemp("history") / "w")


def diff(made: Workspace, *arguments: str) -> Done:
    return run_here(
        "diff",
        *arguments,
        cwd=made.root,
        environ=environment(GIT_CEILING_DIRECTORIES=str(made.root.parents[1])),
    )


def sides(done: Done) -> tuple[str, str]:
    report = json.loads(done.stdout)
    return report["old"]["name"], report["new"]["name"]


# --- Which versions


def test_the_draft_is_compared_with_what_it_amends(made: Workspace) -> None:
    done = diff(made)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["10 changes, 7 material, 2 minor, 1 editorial", "privacy: 1.0.0 -> the draft"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("3.0.0", "draft")),
        (["1.0.0"], ("1.0.0", "draft")),
        (["1.0.0", "latest"], ("1.0.0", "3.0.0")),
        (["@2026-01-31", "in-force", "--as-of", "2026-12-31"], ("1.0.0", "1.1.0")),
        (["in-force", "--as-of", "2027-01-01"], ("3.0.0", "draft")),
        (["2.0.0", "1.0.0"], ("2.0.0", "1.0.0")),
        (["--base", "1.1.0"], ("1.1.0", "draft")),
        (["--base", "1.1.0", "latest"], ("1.1.0", "3.0.0")),
    ],
)
def test_every_ref_stands_on_both_sides(
    history: Workspace, arguments: list[str], expected: tuple[str, str]
) -> None:
    assert sides(diff(history, *arguments, "--format", "json")) == expected


def test_revisions_of_git_are_compared_with_each_other_and_with_the_draft(tmp_path: Path) -> None:
    made = workspace(tmp_path / "r/legal")
    found = repository(tmp_path / "r")
    first = found.commit()
    made.change("for security", "for 30 days")
    second = found.commit()
    made.change("for 30 days", "for 60 days")
    between = json.loads(diff(made, "git:HEAD~1", "git:main", "--format", "json").stdout)
    assert (between["old"]["commit"], between["new"]["commit"]) == (first, second)
    assert [change["clause"] for change in between["changes"]] == ["use"]
    redline = diff(made, "git:HEAD", "--language", "en").stdout
    assert "for [-30-]{+60+} days" in redline
    assert diff(made, "--base", "main", "--language", "en").stdout == redline.replace("git:HEAD", "git:main")


def test_the_same_version_has_no_changes(history: Workspace) -> None:
    done = diff(history, "3.0.0", "draft")
    assert (done.returncode, done.stdout) == (0, "no changes\nprivacy: 3.0.0 -> the draft\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["9.9.9"],
        ["HEAD"],
        ["git:HEAD"],
        ["--base", "nowhere"],
        ["--base", "1.0.0", "1.1.0", "draft"],
        ["1.0.0", "--language", "fr"],
        ["@soon"],
        ["--fail-on", "huge"],
    ],
)
def test_what_cannot_be_compared_is_2(history: Workspace, arguments: list[str]) -> None:
    done = diff(history, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_policy_that_was_never_released_has_to_name_two_versions(tmp_path: Path) -> None:
    done = diff(workspace(tmp_path / "w"))
    assert done.returncode == 2
    assert "privacy was never released" in done.stderr
    assert "policypress diff git:HEAD draft" in done.stderr


def test_a_draft_with_errors_is_1_with_their_places(made: Workspace, tmp_path: Path) -> None:
    broken = made.copy(tmp_path / "w")
    broken.change("id: use\n", "id: use\ncolour: red\n")
    done = diff(broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert "clauses/01-use.yaml:3:1: S201 error" in done.stderr


# --- For whom


def test_one_language_alone(made: Workspace) -> None:
    done = diff(made, "--language", "zh-Hans")
    assert "六十日" in done.stdout
    assert "60 days" not in done.stdout


def test_colour_and_width_are_a_terminal_s(made: Workspace) -> None:
    code, received = on_terminal("", "diff", cwd=made.root)
    assert code == 0
    assert "\x1b[31;9m30\x1b[0m" in received
    assert "\x1b" not in diff(made).stdout


def test_no_color_is_honoured(made: Workspace) -> None:
    plant = "import os; os.environ['NO_COLOR'] = '1'"
    _, received = on_terminal(plant, "diff", cwd=made.root)
    assert "[-30-]{+60+}" in received
    assert "\x1b" not in received


@pytest.mark.parametrize(("columns", "beside"), [("139", False), ("140", True)])
def test_old_stands_beside_new_on_a_wide_terminal(made: Workspace, columns: str, beside: bool) -> None:
    plant = f"import os; os.environ['COLUMNS'] = '{columns}'; os.environ['NO_COLOR'] = '1'"
    _, received = on_terminal(plant, "diff", "--language", "en", cwd=made.root)
    assert bool(re.search(r"\[-30-\].* │ .*\{\+60\+\}", received)) is beside


def test_side_by_side_can_be_asked_for(made: Workspace) -> None:
    assert re.search(r"\[-Fraud|30-\].*", diff(made, "--side-by-side").stdout)
    assert diff(made, "--inline").stdout == diff(made).stdout != diff(made, "--side-by-side").stdout


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "github", "sarif", "junit"])
def test_the_same_versions_give_the_same_bytes_anywhere(made: Workspace, form: str, tmp_path: Path) -> None:
    shutil.copytree(made.root, tmp_path / "elsewhere/deep")
    one = diff(made, "--format", form)
    environ = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    other = run("diff", "--format", form, cwd=tmp_path / "elsewhere/deep", environ=environ)
    assert one.returncode == 0
    assert one.stdout == other.stdout != ""


# --- Gates


@pytest.mark.parametrize("fail_on", ["editorial", "minor", "material", "undocumented"])
def test_a_gate_that_is_hit_is_1_and_its_first_line_says_what_to_do(made: Workspace, fail_on: str) -> None:
    done = diff(made, "--fail-on", fail_on)
    assert done.returncode == 1
    first = done.stdout.splitlines()[0]
    assert re.match(r"\d+ changes are .+: (have it reviewed|run `policypress diff --draft-notes`)", first)


@pytest.mark.parametrize("form", ["html", "json", "sarif", "junit"])
def test_where_a_program_reads_the_report_it_is_said_beside_it(made: Workspace, form: str) -> None:
    done = diff(made, "--fail-on", "material", "--format", form)
    assert done.returncode == 1
    assert (
        done.stderr == "7 changes are material: have it reviewed and released on purpose, or take it back\n"
    )
    assert "have it reviewed" not in done.stdout


@pytest.mark.parametrize("form", ["markdown", "github"])
def test_where_people_read_it_comes_first(made: Workspace, form: str) -> None:
    done = diff(made, "--fail-on", "material", "--format", form)
    assert "have it reviewed" in done.stdout.splitlines()[0]


def test_what_is_less_severe_passes(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    made.release("2026-01-05T10:00")
    made.change("for security", "for your safety")
    made.change("安全目的", "保护目的")
    assert diff(made, "--fail-on", "material").returncode == 0
    assert diff(made, "--fail-on", "minor").returncode == 1


def test_a_gate_counts_what_a_restricted_report_does_not_show(made: Workspace) -> None:
    every = diff(made, "--fail-on", "editorial").stdout.splitlines()[0]
    assert diff(made, "--fail-on", "editorial", "--language", "en").stdout.splitlines()[0] == every


def test_what_was_released_needs_no_note(history: Workspace) -> None:
    assert diff(history, "1.0.0", "3.0.0", "--fail-on", "undocumented").returncode == 0


def test_a_note_documents_what_it_names(made: Workspace, tmp_path: Path) -> None:
    noted = made.copy(tmp_path / "w")
    report = json.loads(diff(noted, "--format", "json").stdout)
    assert report["undocumented"] == 9
    noted.write(
        "changes/all.yaml",
        "format: 1\nseverity: material\n"
        f"fingerprints: [{', '.join(change['fingerprint'] for change in report['changes'])}]\n"
        "summary: {en: We keep it longer., zh-Hans: 我们延长保存期限。}\n",
    )
    done = diff(noted, "--fail-on", "undocumented", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["undocumented"]) == (0, 0)


def test_notes_are_drafted_and_pass_once_they_are_written(made: Workspace, tmp_path: Path) -> None:
    noted = made.copy(tmp_path / "w")
    drafted = diff(noted, "--draft-notes")
    assert drafted.returncode == 0
    files = drafted.stdout.splitlines()
    assert sorted(files) == sorted(
        path.relative_to(noted.root).as_posix() for path in noted.policy.glob("changes/*")
    )
    assert len(files) == 9
    assert diff(noted, "--fail-on", "undocumented").returncode == 1
    for name in files:
        text = (noted.root / name).read_text("utf-8")
        said = re.sub('TODO[:：][^"]*', "We say so.", text)
        written = re.sub(r"(?m)^severity:.*\n", "", said)
        (noted.root / name).write_text(f"{written}severity: material\n", "utf-8")
    assert diff(noted, "--fail-on", "undocumented").returncode == 0
    assert diff(noted, "--draft-notes").stdout == ""


def undocumented(made: Workspace, base: str) -> list[str]:
    """The kinds of the changes since a revision of git that the gate stops; none where it is green."""
    done = diff(made, "--base", base, "--fail-on", "undocumented", "--format", "json")
    found = [
        change["kind"]
        for change in json.loads(done.stdout)["changes"]
        if not (change["documented"] and change["decided"])
    ]
    assert done.returncode == bool(found)
    return found


def test_a_note_documents_what_became_of_a_change_that_was_noted_before(tmp_path: Path) -> None:
    made = workspace(tmp_path / "r")
    found = repository(made.root)
    before = found.commit()
    made.change("for security", "for 30 days")
    assert undocumented(made, before) == []  # nothing was released: nothing needs a note
    made.release("2026-01-05T10:00")
    released = found.commit()
    made.change("for 30 days", "for 60 days")
    assert undocumented(made, released) == ["reworded"]
    (note,) = made.explain()
    noted = found.commit()
    made.change("for 60 days", "for 90 days")
    assert undocumented(made, noted) == ["reworded"]  # the note is about other words
    note.unlink()
    made.explain()
    assert undocumented(made, noted) == []
    assert undocumented(made, released) == []
    assert run_here("check", cwd=made.root).returncode == 0


def test_what_is_taken_back_before_a_release_needs_no_note(tmp_path: Path) -> None:
    made = workspace(tmp_path / "r")
    made.release("2026-01-05T10:00")
    made.change("for security", "for 30 days")
    noted = repository(made.root).commit()
    made.change("for 30 days", "for security")
    assert undocumented(made, noted) == []
    made.change("call {hotline}", "you may call {hotline}", "clauses/02-share.yaml")
    assert undocumented(made, noted) == ["reworded"]


def test_a_release_documents_what_it_released(tmp_path: Path) -> None:
    made = workspace(tmp_path / "r")
    made.release("2026-01-05T10:00")
    before = repository(made.root).commit()
    made.change("for security", "for 30 days")
    made.release("2026-02-01T10:00")
    assert undocumented(made, before) == []


def test_notes_are_about_changes_since_a_release(made: Workspace) -> None:
    done = diff(made, "--draft-notes", "--base", "main")
    assert (done.returncode, done.stdout) == (2, "")


def test_findings_stand_where_the_clauses_do(made: Workspace) -> None:
    lines = diff(made, "--format", "github").stdout.splitlines()
    places = {}
    for line in lines:
        match = re.match(r"::\w+ file=(\S+?),line=(\d+),col=(\d+),title=\S+ (\w+ [\w.]+)", line)
        assert match
        places[match[4]] = match[1].removeprefix("policy_src/privacy/"), int(match[2])
    assert places["added use.fraud"] == ("clauses/01-use.yaml", 18)
    assert places["removed use.research"] == ("clauses/01-use.yaml", 2)  # where the clause around it stands
    assert places["reworded share"] == ("clauses/02-share.yaml", 2)
    assert places["document prevailing"] == ("policy.yaml", 1)
