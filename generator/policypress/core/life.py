"""The life of one clause: every release that changed it, against the one whose text that amended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policypress.core.comparison import Entry, compare
from policypress.core.diff import diff
from policypress.core.ledger import Record, Release, timeline
from policypress.core.model import Document, walk
from policypress.core.notes import notes_of
from policypress.core.refs import Resolved
from policypress.core.resolving import weigh
from policypress.core.timeline import Entry as Dates


@dataclass(frozen=True, slots=True)
class Stage:
    """A release that changed the clause, when it applies, and its changes."""

    dates: Dates
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """All of them, in the order of the ledger. `title` is the policy's."""

    policy: str
    clause: str
    title: Mapping[str, str]
    time_zone: str
    tags: tuple[str, ...]
    stages: tuple[Stage, ...]


def life(records: Sequence[Record], clause: str, tags: Sequence[str] = ()) -> Life | None:
    """The life of a clause, in some languages or all; None where no release ever had it."""
    releases = {record.version: record for record in records if isinstance(record, Release)}
    dates = {entry.version: entry for entry in timeline(records).entries}
    stages = []
    for release in releases.values():
        base = releases.get(release.based_on or "")
        entries = tuple(_entries(base, release, clause, tags))
        if entries:
            stages.append(Stage(dates[release.version], entries))
    if not stages:
        return None
    last = list(releases.values())[-1].document
    return Life(
        last.policy, clause, last.title, last.time_zone, tuple(tags) or tags_of(records), tuple(stages)
    )


def ids_of(records: Sequence[Record]) -> tuple[str, ...]:
    """Every clause that a release ever had."""
    documents = (record.document for record in records if isinstance(record, Release))
    return tuple(sorted({node.id for document in documents for node in walk(document.nodes)}))


def tags_of(records: Sequence[Record]) -> tuple[str, ...]:
    """Every language that a release ever had."""
    documents = (record.document for record in records if isinstance(record, Release))
    return tuple(dict.fromkeys(tag for document in documents for tag in document.tags))


def _entries(base: Release | None, release: Release, clause: str, tags: Sequence[str]) -> Iterator[Entry]:
    old = base.document if base else _empty(release.document)
    changes = weigh(diff(old, release.document), notes_of(release))
    about = [one for one in changes if clause in one.change.clauses]
    before = Resolved(base.version if base else "", "release", old, base)
    found = compare(before, Resolved(release.version, "release", release.document, release), about)
    yield from (found.only(tags) if tags else found).entries


def _empty(document: Document) -> Document:
    """The policy before its first release: the same without a clause."""
    return replace(document, nodes=())
