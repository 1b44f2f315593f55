"""Runs `policypress` as a person would, and lays out workspaces for it."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest

from policypress.cli.main import main
from tests.support.paths import ROOT

CASES = ROOT / "tests" / "cases" / "valid"
Done = subprocess.CompletedProcess[str]


def lay_out(root: Path, case: str = "base") -> Path:
    """A workspace of tests/cases/valid in a folder of its own, with the repository's mkdocs.yml."""
    shutil.copytree(CASES / case, root)
    if not (root / "mkdocs.yml").exists():
        shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace something that must be there exactly once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def run(*arguments: str, cwd: Path, environ: Mapping[str, str] | None = None) -> Done:
    """`policypress` in a process of its own, with nothing but pipes around it."""
    return _run([sys.executable, "-m", "policypress", *arguments], cwd, environ)


def run_here(*arguments: str, cwd: Path, environ: Mapping[str, str] | None = None) -> Done:
    """The same in this process, where many runs would take long to start."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    thresholds = gc.get_threshold()
    with (
        patch.object(sys, "argv", ["policypress", *arguments]),
        patch.dict(os.environ, environ or {}),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main()
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    assert isinstance(end.value.code, int)
    return Done(["policypress", *arguments], end.value.code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode().replace("\r\n", "\n")


def run_planted(plant: str, *arguments: str, cwd: Path) -> Done:
    """The same, after these lines of Python were run in its process."""
    return _run([sys.executable, "-c", _planted(plant), *arguments], cwd, None)


def _planted(plant: str) -> str:
    return f"{plant}\nfrom policypress.cli.main import main\nmain()"


def _run(command: list[str], cwd: Path, environ: Mapping[str, str] | None) -> Done:
    env = {**os.environ, **environ} if environ else None
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


def on_terminal(plant: str, *arguments: str, cwd: Path) -> tuple[int, str]:
    """The exit code and all that a terminal receives, standard output and error in one."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", _planted(plant), *arguments]
    env = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        received = b""
        while chunk := _read(ours):
            received += chunk
        code = process.wait(timeout=60)
    os.close(ours)
    return code, received.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side has closed
        return b""
