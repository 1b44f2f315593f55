"""The index of all policies, and the list of everything that was released of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from policypress.core.instants import rfc3339
from policypress.core.since import action
from policypress.core.site import link
from policypress.core.timeline import Entry, Span
from policypress.render.api import files
from policypress.render.edition import Archive

if TYPE_CHECKING:
    from policypress.core.api.shapes import IndexPolicy, Note, Scheduled, VersionEntry, VersionLinks
    from policypress.core.heads import Head


def index(archives: Sequence[Archive]) -> bytes:
    """index.json."""
    passed = [at for archive in archives if (at := as_of(archive))]
    coming = [at for archive in archives if (at := archive.timeline.next_transition(archive.as_of))]
    made: dict[str, Any] = {
        "format": 1,
        "sequence": sum(archive.sequence for archive in archives),
        "as_of": rfc3339(max(passed)) if passed else None,
        "next_transition": rfc3339(min(coming)) if coming else None,
    }
    filled = {name: part for name, part in made.items() if part is not None}
    return files.to_bytes({**filled, "policies": [_policy(archive) for archive in archives]})


def as_of(archive: Archive) -> datetime | None:
    """Since when things are as they are: when the last version came into force."""
    entry = archive.timeline.in_force(archive.as_of)
    return entry.applies_from if entry else None


def _policy(archive: Archive) -> IndexPolicy:
    document = archive.current.document
    return {
        "policy": archive.policy,
        "title": {tag: document.title[tag] for tag in document.tags},
        "languages": [{"tag": language.tag, "status": language.status} for language in document.languages],
        "time_zone": document.time_zone,
        "sequence": archive.sequence,
        "schedule": [_scheduled(span, archive) for span in archive.spans.values()],
        "links": {
            "versions": link(files.INDEX, files.versions(archive.policy)),
            "pages": {tag: link(files.INDEX, archive.current.path(tag)) for tag in document.tags},
        },
    }


def _scheduled(span: Span, archive: Archive) -> Scheduled:
    made: dict[str, Any] = {"version": span.entry.version, "since": rfc3339(span.start)}
    if span.until:
        made["until"] = rfc3339(span.until)
    if span.entry.effective is None:
        made["exact"] = False
    made["sha256"] = archive.head(span.entry.version).sha256
    return cast("Scheduled", made)


def versions(archive: Archive) -> bytes:
    """versions.json: a line for each release, so that a difference of two of them is short."""
    lines = ",\n".join(files.to_text(_entry(entry, archive)) for entry in archive.timeline.entries)
    start = files.to_text({"format": 1, "policy": archive.policy, "sequence": archive.sequence})
    return files.encode(f'{start[:-1]},"versions":[\n{lines}\n]}}\n')


def _entry(entry: Entry, archive: Archive) -> VersionEntry:
    head = archive.head(entry.version)
    made: dict[str, Any] = {
        "version": head.version,
        "sequence": head.sequence,
        "recorded": rfc3339(head.recorded),
        "published": rfc3339(head.published),
        "effective": rfc3339(head.effective) if head.effective else None,
        "known_since": rfc3339(head.known_since) if head.known_since else None,
        "withdrawn": withdrawn(entry, archive),
        "based_on": head.based_on,
        "previous": head.previous,
        "sha256": head.sha256,
        "severity": head.severity,
        "action": action(head),
        "provenance": head.provenance,
        "date_basis": head.date_basis,
        "reasons": dict(head.reasons),
        "notes": [_note(note) for note in head.notes],
        "links": _links(head),
    }
    return cast("VersionEntry", {name: part for name, part in made.items() if part})


def withdrawn(entry: Entry, archive: Archive) -> dict[str, str] | None:
    """That a release was withdrawn, and why."""
    if entry.withdrawn is None:
        return None
    return {"recorded": rfc3339(entry.withdrawn), "reason": archive.withdrawals[entry.version]}


def _note(note: Any) -> Note:
    """A note as the release keeps it, with what goes without saying there."""
    rest = {name: part for name, part in note.items() if name not in {"summary", "action"}}
    if "scopes" in rest:
        rest["scopes"] = [{**scope, "separate": scope.get("separate", False)} for scope in rest["scopes"]]
    return cast("Note", {"summary": note["summary"], "action": note.get("action", "none"), **rest})


def _links(head: Head) -> VersionLinks:
    path = files.versions(head.policy)
    made: VersionLinks = {
        "record": link(path, files.record(head.policy, head.version)),
        "texts": {tag: link(path, files.text(head.policy, head.version, tag)) for tag in head.tags},
        "pages": {tag: link(path, f"{tag}/{head.policy}/{head.version}/index.html") for tag in head.tags},
    }
    if head.based_on:
        made["changes"] = link(path, files.changes(head.policy, head.version))
    return made
