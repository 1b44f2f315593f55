"""What a check reports: findings about a place, and the diagnostics that people read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]


class Level(StrEnum):
    """How bad a finding is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source: a file, the path of keys and indexes in it, an offset in the value there.

    `on_key` points at the last key of the path instead of its value.
    """

    file: str
    path: Path = ()
    offset: int | None = None
    on_key: bool = False

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.file, (*self.path, part))

    def at(self, offset: int) -> Place:
        """The same value, at a character of it."""
        return Place(self.file, self.path, offset)

    def key(self) -> Place:
        """The key instead of the value."""
        return Place(self.file, self.path, on_key=True)


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column, both counted from 1, in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a clause stands: a file, and the line and column of its id."""

    file: str
    position: Position


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at a place, before its line is known. `hint` overrides the code's own."""

    code: str
    place: Place
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding as people read it. `file` is relative to the workspace, with forward slashes."""

    file: str
    line: int
    column: int
    code: str
    level: Level
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.level}: {self.message}"


def has_errors(diagnostics: tuple[Diagnostic, ...]) -> bool:
    """Whether any of them stops a build."""
    return any(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
