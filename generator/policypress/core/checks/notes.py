"""Change notes beside the changes that they are about: what a release would be refused for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policypress.core.changes import Change, ChangeSet
from policypress.core.checks.characters import forbidden
from policypress.core.diagnostics import Finding, Place
from policypress.core.model import Document, walk
from policypress.core.notes import TODO, NoteFile, NoteSource
from policypress.core.resolving import Weighed, told, weigh
from policypress.core.source import Draft

STALE = "D104"
_NEED_CHOICES = frozenset({"acknowledge", "consent"})
PlaceOf = Callable[[Change], Place]


@dataclass(frozen=True, slots=True)
class Notes:
    """A draft's notes, the changes since the release that it amends, and the draft as a document.

    What is `suppressed`, by fingerprint, needs nothing yet.
    """

    document: Document
    changes: ChangeSet
    notes: Sequence[NoteFile]
    suppressed: frozenset[str] = frozenset()

    def check(self, place_of: PlaceOf) -> Iterator[Finding]:
        """Every finding, in no particular order; `place_of` tells where a change is in the source."""
        weighed = weigh(self.changes, self.notes)
        for one in weighed:
            if one.change.fingerprint not in self.suppressed:
                yield from _change(one, place_of)
        present = {change.fingerprint for change in self.changes}
        clauses = {node.id for node in walk(self.document.nodes)}
        for note in self.notes:
            yield from _stale(note, present)
            yield from _words(note, self.document.tags)
            yield from _action(note, clauses)


def _change(one: Weighed, place_of: PlaceOf) -> Iterator[Finding]:
    change = one.change
    name = f"`{change.fingerprint}` ({told(change)})"
    if one.lacks_note:
        yield Finding(
            "D101", place_of(change), f"no note explains {name}: run `policypress diff --draft-notes`"
        )
        return
    if one.is_undecided:
        yield Finding("D103", _fingerprint(one.notes[0], change), f"no severity is stated for {name}")
    if one.understates:
        note = next(note for note in one.notes if note.note.severity)
        floor = change.floor.word
        message = f"{note.note.severity} is less than {floor}, which {name} is at least"
        yield Finding("D102", Place(note.file, ("severity",)), message)
    for other in one.notes[1:]:
        message = f"{name} is explained in {one.notes[0].file.rsplit('/', 1)[-1]} too"
        yield Finding("D110", _fingerprint(other, change), message)


def _fingerprint(note: NoteFile, change: Change) -> Place:
    index = note.note.fingerprints.index(change.fingerprint)
    return Place(note.file, ("fingerprints", index))


def _stale(note: NoteFile, present: set[str]) -> Iterator[Finding]:
    for index, fingerprint in enumerate(note.note.fingerprints):
        if fingerprint not in present:
            yield Finding(
                STALE, Place(note.file, ("fingerprints", index)), f"`{fingerprint}` is no present change"
            )


def _words(file: NoteFile, tags: Sequence[str]) -> Iterator[Finding]:
    for path, texts in _texts(file.note):
        place = Place(file.file, path)
        name = ".".join(str(part) for part in path)
        if missing := [tag for tag in tags if tag not in texts]:
            yield Finding("D105", place, f"`{name}` is missing in {', '.join(missing)}")
        for tag, text in texts.items():
            if tag not in tags:
                yield Finding("L402", (place / tag).key(), f"`{tag}` is not a language of the policy")
            elif not text.strip() or text.lstrip().startswith(TODO):
                yield Finding("D106", place / tag, f"`{name}` in {tag} is still to be written")
            yield from forbidden(text, place / tag)
    yield from forbidden(file.note.approved_by or "", Place(file.file, ("approved_by",)))


def _texts(note: NoteSource) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, str]]]:
    yield ("summary",), note.summary
    if note.impact is not None:
        yield ("impact",), note.impact
    if note.choices is not None:
        yield ("choices",), note.choices
    if note.override is not None:
        yield ("override", "reason"), note.override.reason
    for index, scope in enumerate(note.scopes):
        yield ("scopes", index, "declining"), scope.declining


def _action(file: NoteFile, clauses: set[str]) -> Iterator[Finding]:
    note = file.note
    place = Place(file.file)
    if note.action == "consent" and not note.scopes:
        yield Finding("D107", place / "action", "`consent` without `scopes`: nobody knows to what")
    if note.scopes and note.action != "consent":
        yield Finding(
            "D107", (place / "scopes").key(), f"`scopes` belong to `consent`, not to `{note.action}`"
        )
    if note.action in _NEED_CHOICES and note.choices is None:
        yield Finding("D109", place / "action", f"`{note.action}` without `choices`: what can a reader do?")
    yield from _scopes(note, place, clauses)


def _scopes(note: NoteSource, place: Place, clauses: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, scope in enumerate(note.scopes):
        here = place / "scopes" / index
        if scope.id in seen:
            yield Finding("D108", here / "id", f"there are two scopes `{scope.id}`")
        seen.add(scope.id)
        for at, name in enumerate(scope.clauses):
            if name not in clauses:
                yield Finding("D108", here / "clauses" / at, f"`{name}` is no clause of the policy")


def places(draft: Draft) -> PlaceOf:
    """Where each change is in the source: at its clause, or at the field; else at the policy's first line."""
    located = {at.clause.id: at.place / "id" for at in draft.located}

    def place_of(change: Change) -> Place:
        names: Iterable[str] = (node.id for node in change.after)
        found = next((located[name] for name in names if name in located), None)
        if found is not None or change.clause:
            return found or Place(draft.file)
        path = tuple(change.field.split("."))
        return Place(draft.file, path)

    return place_of
