"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_text(path: Path, text: str) -> None:
    """Put text in place of a file, in UTF-8, with the line ends it has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_file(path.parent, text.encode()) as temporary:
        temporary.replace(path)
    sync_folder(path.parent)


@contextmanager
def temporary_file(folder: Path, data: bytes) -> Iterator[Path]:
    """A file with this content, safely on the disk under a name that nobody reads; gone afterwards."""
    with NamedTemporaryFile("wb", dir=folder, prefix=".tmp-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            temporary.unlink()
            raise
    try:
        temporary.chmod(0o644)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
