"""Change notes: a person's words and decisions about changes, a file each until a release collects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from policypress.core.source import ByLanguage, ClauseId, Format, SourceModel

if TYPE_CHECKING:
    from policypress.core.changes import ChangeSet
    from policypress.core.ledger import Release

Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
TODO = "TODO"  # words that begin so are still to be written
Action = Literal["none", "notify", "acknowledge", "consent"]


class ScopeSource(SourceModel):
    """Something a reader agrees to, or declines, on its own."""

    id: ClauseId
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    separate: bool = False
    declining: ByLanguage = Field(description="What declining means for the reader.")


class OverrideSource(SourceModel):
    """Why the severity is below the floor that was computed."""

    reason: ByLanguage


class NoteSource(SourceModel):
    """changes/*.yaml: what changed, in words for readers, and what was decided about it."""

    format: Format
    fingerprints: tuple[Fingerprint, ...] = Field(min_length=1, description="The changes it speaks of.")
    summary: ByLanguage
    impact: ByLanguage | None = None
    choices: ByLanguage | None = None
    action: Action = Field("none", description="What a reader must do. Decided by a person, never derived.")
    scopes: tuple[ScopeSource, ...] = ()
    severity: Literal["editorial", "minor", "material"] | None = None
    override: OverrideSource | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note and the file that holds it, relative to the workspace."""

    file: str
    note: NoteSource


def note_to_json(note: NoteSource) -> dict[str, Any]:
    """A note as a release keeps it."""
    return note.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"format"})


def notes_of(release: Release) -> tuple[NoteFile, ...]:
    """The notes that a release holds, as they were beside its draft."""
    sources = (NoteSource.model_validate({"format": "1", **note}) for note in release.notes)
    return tuple(NoteFile(release.file, source) for source in sources)


def about(notes: tuple[NoteFile, ...], changes: ChangeSet) -> tuple[NoteFile, ...]:
    """The notes that speak of any of these changes; the others are left from earlier ones."""
    current = {change.fingerprint for change in changes.changes}
    return tuple(note for note in notes if current & set(note.note.fingerprints))
