"""`policypress init`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.runner import run_here
from tests.support.paths import ROOT

SCAFFOLD = ROOT / "templates" / "scaffold"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "policies"
    assert run_here("init", str(folder), cwd=folder.parent).returncode == 0
    return folder


def test_an_empty_folder_becomes_a_workspace_without_findings_that_builds(made: Path) -> None:
    checked = run_here("check", "--strict", cwd=made)
    assert (checked.returncode, checked.stdout) == (0, "")
    built = run_here("build", cwd=made)
    assert built.returncode == 0, built.stderr
    for page in ("index.html", "en/privacy/index.html", "zh-Hans/privacy/index.html"):
        assert (made / "site" / page).is_file()


def test_every_file_it_wrote_is_named_on_stdout(tmp_path: Path) -> None:
    done = run_here("init", cwd=tmp_path)
    assert (done.returncode, sorted(done.stdout.splitlines())) == (0, sorted(tree(tmp_path)))
    assert "policypress check" in done.stderr


def test_hidden_files_and_the_schemas_that_editors_read_are_there(made: Path) -> None:
    assert (made / "site" / ".gitignore").read_text() == (ROOT / "site" / ".gitignore").read_text()
    files = sorted((made / "policy_src").rglob("*.yaml"))
    assert len(files) == 5
    for file in files:
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
        assert match, file
        assert "$schema" in json.loads((file.parent / match[1]).read_text("utf-8"))


def test_its_mkdocs_yml_is_the_repositorys_but_for_the_name() -> None:
    def lines(path: Path) -> list[str]:
        return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("site_name:")]

    assert lines(SCAFFOLD / "mkdocs.yml") == lines(ROOT / "mkdocs.yml")
    assert "site_name: Policies\n" in (SCAFFOLD / "mkdocs.yml").read_text("utf-8")


def test_every_placeholder_is_marked_as_one() -> None:
    for file in SCAFFOLD.rglob("*.yaml"):
        for line in file.read_text("utf-8").splitlines():
            if re.search(r"example\.com|Example Company|示例公司", line):
                assert "# REPLACE" in line, f"{file.name}: {line}"


@pytest.mark.parametrize("name", ["mkdocs.yml", "policy_src/privacy/clauses/02-use.yaml", "site/.gitignore"])
def test_what_is_in_the_way_stays_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    done = run_here("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path / name} is already there; nothing was written" in done.stderr
    assert tree(tmp_path) == {name: b"mine"}


@pytest.mark.parametrize("name", ["policy_src", "policy_src/privacy/clauses", "site", "policy_src/.schema"])
def test_a_file_where_a_folder_must_be_is_in_the_way_too(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    done = run_here("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path / name} is already there; nothing was written" in done.stderr
    assert tree(tmp_path) == {name: b"mine"}


def test_a_dangling_link_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "nowhere")
    done = run_here("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (tmp_path / "mkdocs.yml").is_symlink()


def test_a_second_init_changes_nothing(tmp_path: Path) -> None:
    run_here("init", cwd=tmp_path)
    before = tree(tmp_path)
    assert run_here("init", cwd=tmp_path).returncode == 2
    assert tree(tmp_path) == before


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert run_here("init", cwd=tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text() == "mine"
