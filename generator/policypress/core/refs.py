"""How people name a version: `1.2.0`, `latest`, `in-force`, `draft`, `git:<rev>`, `@2026-01-31`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Literal, TypeAlias

from policypress.core import ids, instants
from policypress.core.diagnostics import Spot
from policypress.core.errors import PolicypressError
from policypress.core.ledger import Release
from policypress.core.model import Document
from policypress.core.notes import NoteFile
from policypress.core.suppressions import Suppressions
from policypress.core.timeline import Entry, Timeline

FORMS = "1.2.0, latest, in-force, draft, git:<revision>, @2026-01-31 or @<instant>"


class Word(StrEnum):
    """The versions that have a name of their own."""

    LATEST = "latest"
    IN_FORCE = "in-force"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A release by its version."""

    version: str

    def __str__(self) -> str:
        return self.version


@dataclass(frozen=True, slots=True)
class Revision:
    """The draft as a revision of git has it."""

    name: str

    def __str__(self) -> str:
        return f"git:{self.name}"


@dataclass(frozen=True, slots=True)
class Moment:
    """What was, is or will be in force at an instant; a bare date means the end of that day."""

    text: str

    def __str__(self) -> str:
        return f"@{self.text}"


Ref: TypeAlias = Word | Numbered | Revision | Moment


class RefError(PolicypressError):
    """A ref that names nothing."""


def parse(text: str) -> Ref:
    """The ref that a text means.

    >>> parse("git:origin/main")
    Revision(name='origin/main')
    """
    if text in set(Word):
        return Word(text)
    if ids.is_version(text):
        return Numbered(text)
    if text.startswith("@"):
        instants.end_of(text[1:], UTC)  # refused here, before anything is read
        return Moment(text[1:])
    if text.startswith("git:") and _is_revision(text[4:]):
        return Revision(text[4:])
    raise RefError(f"`{_printable(text)}` names no version", f"Write {FORMS}.")


def parse_base(text: str) -> Ref:
    """The same where a base is asked for: there a plain name is a revision of git, as CI systems write it.

    >>> parse_base("origin/main")
    Revision(name='origin/main')
    """
    try:
        return parse(text)
    except RefError:
        if _is_revision(text) and not text.startswith("git:"):
            return Revision(text)
        raise


def _is_revision(name: str) -> bool:
    """Whether git can be asked for it: no option, no line end."""
    return bool(name) and name.isprintable() and not name.startswith("-")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def find(ref: Ref, timeline: Timeline, zone: tzinfo, now: datetime) -> Entry | None:
    """The release that a ref means; None for the draft and a revision of git, which are none.

    Raises RefError where there is no such release.
    """
    match ref:
        case Numbered(version):
            return _there(timeline.get(version), f"{version} was never released", timeline)
        case Moment(text):
            return _in_force(timeline, instants.end_of(text, zone))
        case Word.IN_FORCE:
            return _in_force(timeline, now)
        case Word.LATEST:
            return _there(latest(timeline), "nothing was released yet", timeline)
        case _:
            return None


def latest(timeline: Timeline) -> Entry | None:
    """The release that was made last, and was not withdrawn."""
    standing = [entry for entry in timeline.entries if entry.withdrawn is None]
    return max(standing, key=lambda entry: entry.sequence, default=None)


def amended(timeline: Timeline) -> Entry | None:
    """The release that a draft amends: the one that takes effect last."""
    return next(reversed(timeline.standing), None)


def _in_force(timeline: Timeline, at: datetime) -> Entry:
    what = f"no version is known to have been in force at {at.isoformat()}"
    return _there(timeline.in_force(at), what, timeline)


def _there(entry: Entry | None, what: str, timeline: Timeline) -> Entry:
    if entry is not None:
        return entry
    known = ", ".join(entry.version for entry in timeline.entries)
    raise RefError(what, f"There is {known}." if known else "See `policypress release`.")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a ref named: a document, and where it is from. `name` is for people, `commit` git's own name.

    `notes` are those that lie beside a draft, whose releases collect them; `spots` says where its clauses
    stand, by id.
    """

    name: str
    source: Literal["release", "draft", "git"]
    document: Document
    release: Release | None = None
    sha256: str = ""
    commit: str = ""
    notes: tuple[NoteFile, ...] = ()
    suppressions: Suppressions = field(default_factory=Suppressions)
    spots: Mapping[str, Spot] = field(default_factory=dict)
