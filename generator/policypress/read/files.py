"""Where source files come from: a folder on the disk, or another tree of files that looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Files by their names in a workspace, with forward slashes."""

    def names(self, folder: str) -> list[str]:
        """What is in a folder, files and folders, sorted; nothing where there is no such folder."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises OSError where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A workspace on the disk."""

    root: Path

    def names(self, folder: str) -> list[str]:
        """What is in a folder, files and folders, sorted."""
        path = self.root / folder
        return sorted(f"{folder}/{found.name}" for found in path.iterdir()) if path.is_dir() else []

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        return (self.root / name).read_bytes()
