"""What a person made of each change: by the notes about it, the severity that counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policypress.core.changes import Change, ChangeSet
from policypress.core.notes import NoteFile
from policypress.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change, the notes about it, and what they say of its severity.

    `due` is set where the old text is no release: the changes of the same place since the last release,
    which are what people have to speak of. `suppressed` is why gates pass over it, if they do.
    """

    change: Change
    notes: tuple[NoteFile, ...] = ()
    due: tuple[Weighed, ...] | None = None
    suppressed: str = ""

    @property
    def stated(self) -> Severity | None:
        """The severity that a person stated; the worst, should notes differ."""
        words = [note.note.severity for note in self.notes if note.note.severity]
        return max((Severity.of(word) for word in words), default=None)

    @property
    def lacks_note(self) -> bool:
        """Whether it must be explained and is not. What is editorial needs no words."""
        if self.due is not None:
            return any(one.lacks_note for one in self.due)
        return self.change.floor > Severity.EDITORIAL and not self.notes

    @property
    def is_undecided(self) -> bool:
        """Whether a machine cannot tell how far it moved, and no person has."""
        if self.due is not None:
            return any(one.is_undecided for one in self.due)
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


def amid(changes: ChangeSet, pending: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Changes since a text between two releases, with the notes about what is `pending` since the last."""
    at: dict[str, list[Weighed]] = {}
    for one in pending:
        for place in _places(one.change):
            at.setdefault(place, []).append(one)
    return tuple(_amid(change, at) for change in changes.changes)


def _amid(change: Change, at: dict[str, list[Weighed]]) -> Weighed:
    near = [one for place in _places(change) for one in at.get(place, ())]
    due = [one for one in near if one.change.kind == change.kind] or near
    notes = {note.file: note for one in due for note in one.notes}
    return Weighed(change, tuple(notes.values()), tuple(due))


def suppress(weighed: Iterable[Weighed], reasons: Mapping[str, str]) -> tuple[Weighed, ...]:
    """The changes, with why gates pass over some: those that are named, or of which all that is due is."""
    return tuple(replace(one, suppressed=_reason(one, reasons)) for one in weighed)


def _reason(one: Weighed, reasons: Mapping[str, str]) -> str:
    named = [reasons.get(due.change.fingerprint, "") for due in one.due or ()]
    return reasons.get(one.change.fingerprint, "") or (named[0] if named and all(named) else "")


def _places(change: Change) -> tuple[str, ...]:
    return change.clauses or (change.field,)


def worst(weighed: Iterable[Weighed]) -> Severity:
    """The severity of all changes together."""
    return max((one.severity for one in weighed), default=Severity.EDITORIAL)


def told(change: Change) -> str:
    """A change in a few English words: `reworded use: a number, date, duration or amount changed`."""
    where = " ".join(part for part in (change.clause, change.field) if part)
    return f"{change.kind} {where}: {change.rule.why}"
