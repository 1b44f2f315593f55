"""`policypress build`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import edit, run, run_planted

USE = "policy_src/privacy/clauses/01-use.yaml"


def pages(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}


def test_it_builds_into_site_and_says_so_on_stderr(workspace: Path) -> None:
    done = run("build", cwd=workspace)
    assert (done.returncode, done.stdout) == (0, "")
    count = sum(path.is_file() and not path.name.startswith(".") for path in (workspace / "site").rglob("*"))
    assert done.stderr == f"{workspace / 'site'}: {count} files changed\n"


def test_a_second_build_changes_nothing(workspace: Path) -> None:
    run("build", cwd=workspace)
    done = run("build", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, f"{workspace / 'site'}: 0 files changed\n")


def test_another_folder_is_meant_from_where_one_stands(workspace: Path) -> None:
    done = run("build", "--site", "../elsewhere", cwd=workspace)
    assert done.returncode == 0
    assert (workspace.parent / "elsewhere" / "index.html").is_file()
    assert not (workspace / "site").exists()


def test_a_file_where_the_site_should_be_is_2(workspace: Path) -> None:
    (workspace / "page.html").write_text("mine")
    done = run("build", "--site", "page.html", cwd=workspace)
    assert done.returncode == 2
    assert (workspace / "page.html").read_text() == "mine"


def test_errors_are_1_with_their_places_and_the_last_good_site_stays(workspace: Path) -> None:
    run("build", cwd=workspace)
    before = pages(workspace / "site")
    edit(workspace / USE, "id: use\n", "id: use\nhedaing: {}\n")
    done = run("build", cwd=workspace)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{USE}:" in done.stderr
    assert "S201 error" in done.stderr
    assert "the source has 1 error; nothing was built" in done.stderr
    assert pages(workspace / "site") == before


def test_a_workspace_without_mkdocs_yml_is_2(workspace: Path) -> None:
    (workspace / "mkdocs.yml").unlink()
    done = run("build", cwd=workspace)
    assert done.returncode == 2
    assert f"there is no mkdocs.yml in {workspace}" in done.stderr
    assert not (workspace / "site").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("site_name: ", "site_name: [", "mkdocs.yml"),
        ("site_name: ", "- site_name: ", "mkdocs.yml"),
        ("use_directory_urls: true", "use_directory_urls: maybe", "use_directory_urls"),
        ("  - policypress ", "  - no-such-plugin ", "no-such-plugin"),
        ("  - policypress ", "  - search ", "does not use the plugin policypress"),
    ],
    ids=["yaml", "list", "value", "unknown plugin", "not our plugin"],
)
def test_a_broken_mkdocs_yml_is_2_and_says_what_is_wrong(
    old: str, new: str, said: str, workspace: Path
) -> None:
    run("build", cwd=workspace)
    before = pages(workspace / "site")
    edit(workspace / "mkdocs.yml", old, new)
    done = run("build", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert pages(workspace / "site") == before


def test_what_mkdocs_does_not_expect_is_3_with_its_message_and_nothing_is_published(workspace: Path) -> None:
    plant = (
        "from mkdocs.commands import build\n"
        "def broken(*_, **__): raise RuntimeError('planted')\n"
        "build.build = broken"
    )
    done = run_planted(plant, "build", cwd=workspace)
    assert done.returncode == 3
    assert "planted" in done.stderr
    assert list((workspace / "site").iterdir()) == []
