"""Appending to a ledger: one at a time, each record whole or not at all, never over another."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policypress.core.errors import PolicypressError
from policypress.core.layout import SUMS
from policypress.core.ledger import sums
from policypress.write.files import sync_folder, temporary_file, write_text


class TakenError(PolicypressError):
    """A record of this name exists already."""

    exit_code = 1


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a ledger; the lock is on the folder itself and dies with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def append(folder: Path, name: str, data: bytes) -> None:
    """Add a record. The link under its own name is the commit point; SHA256SUMS follows."""
    with temporary_file(folder, data) as temporary:
        try:
            os.link(temporary, folder / name)
        except FileExistsError:
            raise TakenError(f"{name} exists already", "Another run was first; look at the ledger.") from None
    sync_folder(folder)
    write_sums(folder)


def write_sums(folder: Path) -> None:
    """List the records; also what a run that was killed after its commit point had left to do."""
    records = sorted(path for path in folder.glob("*.json") if path.is_file())
    text = sums({path.name: path.read_bytes() for path in records})
    target = folder / SUMS
    if not target.is_file() or target.read_text("utf-8") != text:
        write_text(target, text)


def sweep(folder: Path) -> None:
    """Remove what killed runs left half written."""
    for path in folder.glob(".tmp-*"):
        path.unlink(missing_ok=True)
