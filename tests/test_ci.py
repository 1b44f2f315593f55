"""What docs/ci.md shows, run in real repositories: red, a note, green, released, published."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from junitparser import JUnitXml

from tests.support import workflows
from tests.support.histories import Workspace, workspace
from tests.support.paths import ROOT
from tests.support.repositories import Repository, repository
from tests.support.server import serving
from tests.support.workflows import Result, Runner

GITLAB = ROOT / "docs/ci/policies.gitlab-ci.yml"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The common repository: `main` with a release, and a branch for each step of a change."""
    root = tmp_path_factory.mktemp("ci") / "origin"
    made = workspace(root)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "site").mkdir()
    shutil.copyfile(ROOT / "site/.gitignore", root / "site/.gitignore")
    made.change("for security", "for 30 days")
    made.release("2020-01-05T10:00")
    found = repository(root)
    found.commit("A first release")
    _branch(found, "edited", lambda: made.change("for 30 days", "for 60 days"))
    _branch(found, "noted", made.explain)
    _branch(
        found, "released", lambda: made.release("2020-02-01T10:00", explained=False, effective="2020-03-01")
    )
    _branch(found, "tampered", lambda: _tamper(made))
    found.git("checkout", "--quiet", "-b", "broken", "main")
    _branch(found, "broken", lambda: made.change("id: use\n", "id: use\ncolour: red\n"), new=False)
    found.git("checkout", "--quiet", "main")
    return found


def _branch(found: Repository, name: str, happen: Callable[[], object], *, new: bool = True) -> None:
    if new:
        found.git("checkout", "--quiet", "-b", name)
    happen()
    found.git("add", "--all")
    found.git("commit", "--quiet", "--message", name)


def _tamper(made: Workspace) -> None:
    record = made.releases / "1.0.0.json"
    record.write_text(record.read_text("utf-8").replace("30 days", "90 days"), "utf-8")


def clone(origin: Repository, branch: str, to: Path) -> Path:
    """As CI systems check out: the newest commit alone, without a branch."""
    made = origin.clone(to / "clone", "--depth=1", "--single-branch", f"--branch={branch}")
    made.git("checkout", "--quiet", "--detach")
    return made.root


def _github(
    origin: Repository, branch: str, folder: Path, context: Mapping[str, str] | None = None
) -> Runner:
    context = {
        "github.base_ref": "main",
        "github.event.before": "",
        "github.action_path": str(ROOT),
        **(context or {}),
    }
    folder.mkdir(exist_ok=True)
    return Runner(clone(origin, branch, folder), folder / "runner", context)


def github(origin: Repository, branch: str, folder: Path) -> Result:
    runner = _github(origin, branch, folder)
    return runner.workflow(workflows.block("ci.md", ".github/workflows/policies.yml"))


def gitlab(origin: Repository, branch: str, folder: Path) -> Result:
    runner = Runner(clone(origin, branch, folder), folder / "runner", {})
    target = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    return runner.pipeline(GITLAB.read_text("utf-8"), "policies-gate", **target)


def by_hand(origin: Repository, branch: str, folder: Path) -> Result:
    (script,) = re.findall(r"## Anywhere else\n\n```sh\n(.*?)```", _page(), re.DOTALL)
    result = Result()
    workflows.run([*workflows.BASH, "-c", script], clone(origin, branch, folder), workflows.here(), result)
    return result


def _page() -> str:
    return (ROOT / "docs/ci.md").read_text("utf-8")


TODO = {
    "edited": "run `policypress diff --draft-notes`",
    "noted": "",
    "released": "",
    "tampered": "differs from git:base: restore it",
    "broken": "`colour` is not known here",
}


@pytest.mark.parametrize(
    ("gate", "branch"),
    [
        *((github, branch) for branch in TODO),
        *((gitlab, branch) for branch in ("edited", "noted", "tampered")),
        *((by_hand, branch) for branch in ("edited", "noted")),
    ],
)
def test_a_gate_is_red_until_the_note_is_there_and_its_first_line_says_what_to_do(
    gate: Callable[[Repository, str, Path], Result], branch: str, origin: Repository, tmp_path: Path
) -> None:
    todo = TODO[branch]
    result = gate(origin, branch, tmp_path)
    assert result.code == bool(todo), result.said
    assert todo in result.said.splitlines()[0]


def test_the_job_s_summary_shows_the_redline_the_severity_and_what_is_missing(
    origin: Repository, tmp_path: Path
) -> None:
    summary = github(origin, "edited", tmp_path).summary
    assert "**1 change is without a note or a decision: run `policypress diff --draft-notes`" in summary
    assert "| **Material** | Article 1. How We Use Information `use` | reworded |" in summary
    assert "**the severity is undecided**<br>**there is no note**" in summary
    assert "> We use your information for <del>30</del><ins>60</ins> days." in summary


def test_a_material_change_fails_where_that_is_asked_although_it_has_a_note(
    origin: Repository, tmp_path: Path
) -> None:
    page = workflows.block("ci.md", ".github/workflows/policies.yml")
    strict = page.replace("fail-on: undocumented", "fail-on: material")
    runner = _github(origin, "noted", tmp_path)
    result = runner.workflow(strict)
    assert (result.code, strict != page) == (1, True)
    assert "1 change is material: have it reviewed and released on purpose, or take it back" in result.said


def test_a_base_that_cannot_be_fetched_is_never_green(origin: Repository, tmp_path: Path) -> None:
    runner = _github(origin, "noted", tmp_path, {"github.base_ref": "nowhere"})
    assert runner.workflow(workflows.block("ci.md", ".github/workflows/policies.yml")).code != 0


def test_a_push_is_compared_with_what_was_there_before(origin: Repository, tmp_path: Path) -> None:
    page = workflows.block("ci.md", ".github/workflows/policies.yml")
    before = {"github.base_ref": "", "github.event.before": origin.git("rev-parse", "main")}
    assert _github(origin, "tampered", tmp_path / "a", before).workflow(page).code == 1
    new = {"github.base_ref": "", "github.event.before": "0" * 40}
    assert _github(origin, "noted", tmp_path / "b", new).workflow(page).code == 0


def test_gitlab_receives_a_test_report(origin: Repository, tmp_path: Path) -> None:
    gitlab(origin, "tampered", tmp_path)
    (suite,) = JUnitXml.fromfile(str(tmp_path / "clone/policies.xml"))
    assert (suite.failures, next(iter(suite)).result[0].type) == (1, "R901")


# --- Publishing


def test_a_transition_is_published_by_the_daily_run_and_its_last_step_proves_it(
    origin: Repository, tmp_path: Path
) -> None:
    live = tmp_path / "live"
    old = Repository(clone(origin, "released", tmp_path / "old"))
    _policypress(old.root, "build", "--as-of", "2020-02-15", "--site", str(live))  # before the new text binds
    with serving(live, "/legal/") as server:
        site = {"steps.deploy.outputs.page_url": server.url}
        assert _policypress(old.root, "check", "--published", server.url) == 1
        runner = _github(origin, "released", tmp_path / "new", site)
        runner.live = live
        result = runner.workflow(workflows.block("ci.md", ".github/workflows/publish.yml"))
        assert result.code == 0, result.said
        assert _policypress(old.root, "check", "--published", server.url) == 0
        assert "/legal/api/v1/policies/privacy/versions/1.0.0.json" in server.requests


def test_gitlab_publishes_and_proves_it(origin: Repository, tmp_path: Path) -> None:
    pipeline = GITLAB.read_text("utf-8")
    runner = Runner(clone(origin, "released", tmp_path), tmp_path / "runner", {})
    assert runner.pipeline(pipeline, "pages").code == 0
    with serving(runner.clone / "public") as server:
        url = {"CI_PAGES_URL": server.url}
        assert runner.pipeline(pipeline, "policies-published", **url).code == 0
        (runner.clone / "public/en/privacy/1.0.0/index.html").unlink()
        result = runner.pipeline(pipeline, "policies-published", **url)
        assert result.code == 1
        assert "en/privacy/1.0.0/index.html:1:1: R903 error: is not there" in result.said


def test_the_daily_run_comes_when_a_day_begins_in_the_zone_of_the_policy() -> None:
    text = workflows.block("ci.md", ".github/workflows/publish.yml")
    assert '- cron: "5 16 * * *"  # 00:05 in Asia/Shanghai' in text


# --- Before a commit


def test_the_hooks_refuse_a_commit_that_touches_a_release(origin: Repository, tmp_path: Path) -> None:
    found = Repository(shutil.copytree(origin.root, tmp_path / "r"))
    hook = found.root / ".git/hooks/pre-commit"
    hook.write_text(_hooks(), "utf-8")
    hook.chmod(0o755)
    made = Workspace(found.root)
    made.change("for 30 days", "for thirty days")
    made.explain()
    assert _commit(found).returncode == 0
    _tamper(made)
    refused = _commit(found)
    assert refused.returncode != 0
    assert "R901 error: differs from git:HEAD: restore it" in refused.stdout + refused.stderr
    found.git("checkout", "HEAD", "--", ".")
    made.change("id: use\n", "id: use\ncolour: red\n")
    refused = _commit(found)
    assert refused.returncode != 0
    assert "S201" in refused.stdout + refused.stderr


def _hooks() -> str:
    """The hooks that the page names, for git itself: each is run where a file that it is for is staged."""
    offered = workflows.read_yaml((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repo,) = workflows.read_yaml(workflows.block("ci.md", ".pre-commit-config.yaml"))["repos"]
    known = {hook["id"]: hook for hook in offered}
    lines = ["#!/bin/sh", "set -e"]
    for hook in (known[one["id"]] for one in repo["hooks"]):
        assert hook["pass_filenames"] is False
        staged = f"git diff --cached --name-only | grep -Eq {shlex.quote(hook['files'])}"
        lines.append(f"if {staged}; then {hook['entry']}; fi")
    return "\n".join(lines) + "\n"


def _commit(found: Repository) -> subprocess.CompletedProcess[str]:
    found.git("add", "--all")
    return subprocess.run(
        ["git", "commit", "--quiet", "--message", "A change"],
        cwd=found.root,
        env=workflows.here(),
        capture_output=True,
        text=True,
        check=False,
    )


def _policypress(root: Path, *arguments: str) -> int:
    result = Result()
    workflows.run(["policypress", *arguments], root, workflows.here(), result)
    return result.code
