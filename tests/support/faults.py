"""Kills a process in the middle of its work: at the n-th call that would change a disk.

`Victims("tests.support.histories:release").killed_at(n, ...)` runs a function in a process of its own and
kills it, as `kill -9` does, just before its n-th such call, counted from 0. A file's bytes are written in two
halves with a place to die before each, so that what a kill leaves of a file is torn, as it may be in truth.
"""

from __future__ import annotations

import builtins
import importlib
import io
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from tests.support.paths import ROOT

CALLS = (
    *("chmod", "fsync", "fdatasync", "ftruncate", "link", "mkdir", "remove", "rename", "replace", "rmdir"),
    *("sendfile", "symlink", "truncate", "unlink", "utime", "write"),
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Victims:
    """Processes to kill: each is forked from one that has everything imported, so that a death is cheap.

    >>> with Victims("tests.support.histories:release") as victims:
    ...     while victims.killed_at(number, folder, "2026-05-01"): ...
    """

    def __init__(self, function: str, *imports: str) -> None:
        command = [sys.executable, "-m", "tests.support.faults", function, *imports]
        self._nursery = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def killed_at(self, number: int, *arguments: str) -> bool:
        """Run the function in its own process, killed before a call; False if it ended before."""
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps([number, *arguments]) + "\n")
        self._nursery.stdin.flush()
        code = int(self._nursery.stdout.readline())
        if code not in {0, -signal.SIGKILL}:
            raise RuntimeError(f"{self._nursery.args!r} ended with {code}")
        return code != 0

    def __enter__(self) -> Victims:
        return self

    def __exit__(self, *_: object) -> None:
        self._nursery.communicate()


class _Injector:
    """Counts the calls and kills at the chosen one."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            self()
            return call(*args, **named)

        return counted

    def before_writing(self, os_open: Callable[..., int]) -> Callable[..., int]:
        def counted(path: Any, flags: int, *args: Any, **named: Any) -> int:
            if flags & WRITING:
                self()
            return os_open(path, flags, *args, **named)

        return counted

    def opening(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """`open`, whose files for writing are written in halves."""
        die = self

        class Torn(io.FileIO):
            def write(self, data: Any, /) -> int:
                view = memoryview(data).cast("B")
                half = len(view) // 2
                die()
                if half:
                    super().write(view[:half])
                    die()
                return half + super().write(view[half:])

        def opened(  # noqa: PLR0917
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            closefd: bool = True,
            opener: Any = None,
        ) -> Any:
            if not set(mode) & set("wax+"):
                return original(file, mode, buffering, encoding, errors, newline, closefd, opener)
            self()
            raw = Torn(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            if buffering == 0:
                return raw
            buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)

        return opened


def install(number: int) -> None:
    """Arm this process."""
    injector = _Injector(number)
    for name in CALLS:
        setattr(os, name, injector.before(getattr(os, name)))
    os.open = injector.before_writing(os.open)
    io.open = builtins.open = injector.opening(builtins.open)


def main(function: str, *imports: str) -> None:
    """Answer each line of input, a JSON list of a number and arguments, with the end of one process."""
    module, _, name = function.partition(":")
    call = getattr(importlib.import_module(module), name)
    for needed in imports:
        importlib.import_module(needed)
    sys.dont_write_bytecode = True
    for line in sys.stdin:
        number, *arguments = json.loads(line)
        process = os.fork()
        if process == 0:
            _live(call, number, arguments)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(call: Callable[..., object], number: int, arguments: list[str]) -> NoReturn:
    code = 70
    end = os._exit
    try:
        install(number)
        call(*arguments)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        end(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
