"""A run and the lock that dies with it: how others know whether it is still there."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path
from uuid import uuid4

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def _boot() -> str:
    """Which start of which machine this is; where nobody says, always the same."""
    try:
        return hashlib.sha256(_BOOT.read_bytes()).hexdigest()[:12]
    except OSError:
        return "unknown"


class Run:
    """A name of our own, `boot-number`, and a lock on a file of that name beside the outbox."""

    def __init__(self, outbox: Path) -> None:
        self._outbox = outbox
        self._boot = _boot()
        outbox.parent.mkdir(parents=True, exist_ok=True)
        while True:
            self.name = f"{self._boot}-{uuid4().hex}"
            self._handle = os.open(self._file(self.name), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            # A run that sweeps may have taken the file before it was locked: then another name is needed.
            if _lock(self._handle) and self._file(self.name).exists():
                return
            os.close(self._handle)

    def _file(self, name: str) -> Path:
        return self._outbox.with_name(f"{self._outbox.name}.run-{name}")

    def is_of_this_boot(self, name: str) -> bool:
        """Whether a run was on this machine since it was started: then all that it wrote is there."""
        return name.startswith(f"{self._boot}-")

    def is_over(self, name: str) -> bool:
        """Whether another run has ended, in whatever way. Its lock file goes with it."""
        file = self._file(name)
        try:
            handle = os.open(file, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            if not _lock(handle):
                return False
            file.unlink(missing_ok=True)
            return True
        finally:
            os.close(handle)

    def sweep(self) -> None:
        """Remove the lock files of runs that are over."""
        prefix = f"{self._outbox.name}.run-"
        for file in self._outbox.parent.glob(f"{prefix}*"):
            name = file.name.removeprefix(prefix)
            if name != self.name:
                self.is_over(name)

    def end(self) -> None:
        """Let the others know."""
        self._file(self.name).unlink(missing_ok=True)
        os.close(self._handle)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
