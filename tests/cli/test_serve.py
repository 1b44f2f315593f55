"""`policypress serve`, as a person uses it: a browser open on one side, an editor on the other."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cli.runner import edit, run

PAGE = "en/privacy/"
USE = "policy_src/privacy/clauses/01-use.yaml"
PATIENCE = 60.0
T = TypeVar("T")


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """Whoever runs the tests in the background ignores Ctrl-C, and so would the programs that they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Serving:
    """A running `policypress serve`: what it has said so far, and its pages."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.until(lambda: re.search(r"(http://\S+) \(Ctrl", self.said))[1]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def until(self, wanted: Callable[[], T | None]) -> T:
        """Poll until something is there; fail with all that was said."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := wanted():
                return found
            time.sleep(0.05)
        raise AssertionError(f"nothing after {PATIENCE} s; it said:\n{self.said}")

    def get(self, path: str) -> str:
        try:
            with urlopen(self.url + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError as error:
            return str(error)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=PATIENCE)
        return code


@contextmanager
def serving(workspace: Path) -> Iterator[Serving]:
    command = [sys.executable, "-m", "policypress", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        with process:
            try:
                yield Serving(process)
            finally:
                process.kill()
    finally:
        process.wait()


def test_pages_follow_the_source_and_survive_its_faults(workspace: Path) -> None:
    source = workspace / USE
    good = source.read_text("utf-8")
    heading = re.search(r"heading:\n  en: (.+)", good)
    assert heading
    with serving(workspace) as served:
        assert heading[1] in served.get(PAGE)
        assert 'data-generation="1"' in served.get(PAGE)

        edit(source, heading[1], "An Edited Heading")
        served.until(lambda: "An Edited Heading" in served.get(PAGE))
        generation = served.get(".preview/wait?generation=1")
        assert generation == "2"
        assert f'data-generation="{generation}"' in served.get(PAGE)

        before = served.said
        source.write_text(good.replace("id: use\n", "id: use\nhedaing: {}\n"), "utf-8")
        served.until(lambda: "the last good page is still served" in served.said)
        line = good.split("\n").index("id: use") + 2
        assert re.search(
            rf"^{re.escape(USE)}:{line}:1: S201 error: .*hedaing", served.said[len(before) :], re.M
        )
        assert "An Edited Heading" in served.get(PAGE)
        assert 'data-generation="2"' in served.get(PAGE)

        source.write_text(good.replace(heading[1], "A Repaired Heading"), "utf-8")
        served.until(lambda: "A Repaired Heading" in served.get(PAGE))
        assert served.get(".preview/wait?generation=2") == "3"

        assert served.stop() == 0
    assert "Traceback" not in served.said
    assert not (workspace / "site").exists()


def test_it_starts_with_a_broken_source_and_shows_the_page_once_it_is_repaired(workspace: Path) -> None:
    source = workspace / USE
    good = source.read_text("utf-8")
    source.write_text("format: [", "utf-8")
    with serving(workspace) as served:
        assert f"{USE}:1:" in served.said
        assert "there is no page to serve yet" in served.said
        assert "503" in served.get("")
        source.write_text(good, "utf-8")
        served.until(lambda: "<html" in served.get(PAGE))
        assert served.stop() == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_it_nothing_is_left_behind(
    how: signal.Signals, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving(workspace) as served:
        assert [path.name.startswith("policypress-") for path in temporary.iterdir()] == [True]
        assert served.stop(how) == 0
    assert list(temporary.iterdir()) == []


def test_a_port_that_is_taken_is_2_with_the_way_out(workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen on 127.0.0.1:{port}: address already in use" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port_is_2(port: str, workspace: Path) -> None:
    done = run("serve", "--port", port, cwd=workspace)
    assert done.returncode == 2
    assert "Invalid value for '--port'" in done.stderr


def test_a_host_that_is_not_here_is_2(workspace: Path) -> None:
    done = run("serve", "--host", "203.0.113.1", "--port", "0", cwd=workspace)
    assert done.returncode == 2
    assert "cannot listen on 203.0.113.1:0" in done.stderr
