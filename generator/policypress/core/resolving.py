"""What a person made of each change: by the notes about it, the severity that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policypress.core.changes import Change, ChangeSet
from policypress.core.notes import NoteFile
from policypress.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change, the notes about it, and what they say of its severity."""

    change: Change
    notes: tuple[NoteFile, ...] = ()

    @property
    def stated(self) -> Severity | None:
        """The severity that a person stated; the worst, should notes differ."""
        words = [note.note.severity for note in self.notes if note.note.severity]
        return max((Severity.of(word) for word in words), default=None)

    @property
    def lacks_note(self) -> bool:
        """Whether it must be explained and is not. What is editorial needs no words."""
        return self.change.floor > Severity.EDITORIAL and not self.notes

    @property
    def is_undecided(self) -> bool:
        """Whether a machine cannot tell how far it moved, and no person has."""
        return self.change.floor is Severity.DECIDE and self.stated is None

    @property
    def understates(self) -> bool:
        """Whether a note says less than the floor and does not say why."""
        if self.stated is None or self.change.floor is Severity.DECIDE or self.stated >= self.change.floor:
            return False
        return not any(note.note.override for note in self.notes)

    @property
    def severity(self) -> Severity:
        """The severity that counts; while it is undecided or understated, the floor."""
        if self.stated is None or self.understates:
            return self.change.floor
        return self.stated


def weigh(changes: ChangeSet, notes: Iterable[NoteFile]) -> tuple[Weighed, ...]:
    """Each change with the notes that name its fingerprint."""
    about: dict[str, list[NoteFile]] = {}
    for note in notes:
        for fingerprint in dict.fromkeys(note.note.fingerprints):
            about.setdefault(fingerprint, []).append(note)
    return tuple(Weighed(change, tuple(about.get(change.fingerprint, ()))) for change in changes)


def worst(weighed: Iterable[Weighed]) -> Severity:
    """The severity of all changes together."""
    return max((one.severity for one in weighed), default=Severity.EDITORIAL)


def told(change: Change) -> str:
    """A change in a few English words: `reworded use: a number, date, duration or amount changed`."""
    where = " ".join(part for part in (change.clause, change.field) if part)
    return f"{change.kind} {where}: {change.rule.why}"
