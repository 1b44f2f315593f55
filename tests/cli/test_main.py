"""What holds for every command: exit codes, streams, help, no traceback for a person's mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from policypress import __version__
from policypress.cli.main import COMMANDS, cli
from tests.cli.runner import on_terminal, run, run_planted

IN_A_WORKSPACE = ("check", "build", "serve", "schema")
PLANT = "from policypress import app\ndef broken(*_, **__): raise {error}\napp.check = broken"


@pytest.mark.parametrize("command", IN_A_WORKSPACE)
def test_no_workspace_is_2_with_the_way_out(command: str, tmp_path: Path) -> None:
    done = run(command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no policy_src/ in {tmp_path} or above" in done.stderr
    assert "policypress init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workspace_is_found_from_a_folder_in_it(workspace: Path) -> None:
    assert run("check", cwd=workspace / "policy_src" / "privacy").returncode == 0


def test_a_workspace_may_be_named(workspace: Path, tmp_path: Path) -> None:
    assert run("check", "--workspace", str(workspace), cwd=tmp_path).returncode == 0
    done = run("check", "-w", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


@pytest.mark.parametrize("arguments", [("chekc",), ("check", "--srtict"), ("check", "--format", "xml"), ()])
def test_wrong_usage_is_2_and_explained_on_stderr(arguments: tuple[str, ...], workspace: Path) -> None:
    done = run(*arguments, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


def test_a_bug_is_3_with_its_message_and_place(workspace: Path) -> None:
    done = run_planted(PLANT.format(error="KeyError('planted')"), "check", cwd=workspace)
    assert (done.returncode, done.stdout) == (3, "")
    assert "KeyError: 'planted'" in done.stderr
    assert "this is a bug in policypress" in done.stderr


def test_what_the_machine_refuses_is_3_with_its_file_and_without_traceback(workspace: Path) -> None:
    error = "OSError(28, 'No space left on device', '/full/disk')"
    done = run_planted(PLANT.format(error=error), "check", cwd=workspace)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "policypress: No space left on device: /full/disk\n"


def test_ctrl_c_stops_with_one_line(workspace: Path) -> None:
    done = run_planted(PLANT.format(error="KeyboardInterrupt"), "check", cwd=workspace)
    assert done.returncode == 130
    assert done.stderr.strip() == "policypress: stopped"


def test_errors_are_red_on_a_terminal_and_plain_in_a_pipe(workspace: Path) -> None:
    plant = PLANT.format(error="OSError(28, 'No space left on device')")
    code, received = on_terminal(plant, "check", cwd=workspace)
    assert code == 3
    assert "\x1b[31mpolicypress: No space left on device\x1b[0m" in received
    assert "\x1b" not in run_planted(plant, "check", cwd=workspace).stderr


def test_the_version_is_told(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"policypress, version {__version__}\n", "")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command_the_exit_codes_and_examples(flag: str) -> None:
    done = CliRunner().invoke(cli, [flag])
    assert done.exit_code == 0
    listed = done.output.split("Commands:")[1]
    assert all(re.search(rf"^  {name}  +\S", listed, re.MULTILINE) for name in COMMANDS)
    words = " ".join(done.output.split())
    assert "Exit codes: 0 fine, 1 findings, 2 usage or unreadable input, 3 a bug or the machine." in words
    assert re.search(r"Examples:\n +policypress init", done.output)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_in_help_can_be_understood(name: str) -> None:
    told = CliRunner().invoke(cli, [name, "--help"]).output
    examples = re.findall(rf"^ +policypress ({name}\b[^>&|\n]*)", told, re.MULTILINE)
    assert examples
    options = {option for line in examples for option in re.findall(r"--[a-z-]+", line)}
    assert options <= set(re.findall(r"--[a-z-]+", told.split("Options:")[1]))
