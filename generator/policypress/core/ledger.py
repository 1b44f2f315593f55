"""The ledger's records as values and as bytes: releases and withdrawals, each naming the one before it.

A record's digest is the SHA-256 of its file's bytes. Records are written once and never edited.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from policypress.core import ids, snapshot
from policypress.core.diff import ENGINE, Change, ChangeSet
from policypress.core.model import Document
from policypress.core.severity import Severity
from policypress.core.timeline import Entry, Timeline

FORMAT = 1
UNKNOWN = "unknown"


class RecordError(ValueError):
    """Not a record of a ledger."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The record before: its file name and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """A published, immutable version of a policy in all its languages. Instants carry a zone."""

    policy: str
    version: str
    sequence: int
    recorded: datetime
    published: datetime
    effective: datetime | None
    document: Document
    severity: str
    known_since: datetime | None = None
    previous: Predecessor | None = None
    based_on: str | None = None
    provenance: str = "original"
    date_basis: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Mapping[str, Any], ...] = ()
    changes: tuple[Mapping[str, Any], ...] = ()
    engine: str = ENGINE

    @property
    def file(self) -> str:
        """Its file's name in the ledger."""
        return f"{self.version}.json"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A scheduled release that will not take effect, and why."""

    policy: str
    version: str
    sequence: int
    recorded: datetime
    reason: str
    previous: Predecessor

    @property
    def file(self) -> str:
        """Its file's name in the ledger."""
        return f"{self.version}.withdrawn.json"


Record = Release | Withdrawal


def to_bytes(record: Record) -> bytes:
    """The file of a record: stable key order, indented, UTF-8, one final newline."""
    data = _release(record) if isinstance(record, Release) else _withdrawal(record)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def sha256(data: bytes) -> str:
    """The digest of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def sums(files: Mapping[str, bytes]) -> str:
    """SHA256SUMS for these files, as `sha256sum -c` reads it."""
    return "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items()))


def _release(release: Release) -> dict[str, Any]:
    head: dict[str, Any] = {
        "format": FORMAT,
        "type": "release",
        "policy": release.policy,
        "version": release.version,
        "sequence": release.sequence,
        "recorded": release.recorded.isoformat(),
        "published": release.published.isoformat(),
        "effective": release.effective.isoformat() if release.effective else UNKNOWN,
    }
    optional: dict[str, Any] = {
        "known_since": release.known_since.isoformat() if release.known_since else None,
        "previous": _predecessor(release.previous),
        "based_on": release.based_on,
        "provenance": release.provenance,
        "date_basis": release.date_basis,
        "severity": release.severity,
        "reasons": dict(release.reasons),
        "notes": [dict(note) for note in release.notes],
    }
    head |= {name: value for name, value in optional.items() if value}
    head["engine"] = release.engine
    head["changes"] = [dict(change) for change in release.changes]
    head["document"] = snapshot.to_json(release.document)
    return head


def _withdrawal(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "type": "withdrawal",
        "policy": withdrawal.policy,
        "version": withdrawal.version,
        "sequence": withdrawal.sequence,
        "recorded": withdrawal.recorded.isoformat(),
        "reason": withdrawal.reason,
        "previous": _predecessor(withdrawal.previous),
    }


def _predecessor(previous: Predecessor | None) -> dict[str, str] | None:
    return {"file": previous.file, "sha256": previous.sha256} if previous else None


def change_to_json(change: Change, severity: Severity | None = None) -> dict[str, Any]:
    """A change as a release keeps it: what, where, how far, and the digests that prove it.

    `severity` is what a person made of the floor. `from` and `into` name the clauses of a split or merge.
    """
    takeover = change.kind in {"split", "merged"}
    parts: dict[str, Any] = {
        "kind": change.kind,
        "clause": change.clause,
        "field": change.field,
        "from": [node.id for node in change.before] if takeover else [],
        "into": [node.id for node in change.after] if takeover else [],
        "rules": [rule.id for rule in change.rules],
        "floor": change.floor.floor_word,
        "severity": (change.floor if severity is None else severity).word,
        "languages": list(change.languages),
        "fingerprint": change.fingerprint,
        "old_labels": dict(change.old_labels),
        "new_labels": dict(change.new_labels),
        "old": dict(change.old),
        "new": dict(change.new),
    }
    return {name: part for name, part in parts.items() if part}


def changes_to_json(changes: ChangeSet) -> tuple[dict[str, Any], ...]:
    """All of them."""
    return tuple(change_to_json(change) for change in changes)


def from_bytes(data: bytes) -> Record:
    """The record of a file. Raises RecordError where it is not one."""
    try:
        return _record_from(json.loads(data))
    except KeyError as error:
        raise RecordError(f"{error} is missing") from error
    except RecursionError:
        raise RecordError("it is nested too deeply") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise RecordError(str(error)) from error


def _record_from(found: Mapping[str, Any]) -> Record:
    if found["format"] != FORMAT:
        raise ValueError(f"format {found['format']} is not known here")
    if not ids.is_version(found["version"]):
        raise ValueError(f"{found['version']!r} is not a version")
    if type(found["sequence"]) is not int:
        raise ValueError(f"{found['sequence']!r} is not a number in the ledger")
    match found["type"]:
        case "release":
            return _release_from(found)
        case "withdrawal":
            return _withdrawal_from(found)
        case other:
            raise ValueError(f"{other!r} is not a type of record")


def _release_from(data: Mapping[str, Any]) -> Release:
    effective = data["effective"]
    known_since = data.get("known_since")
    if effective == UNKNOWN and not known_since:
        raise ValueError("neither `effective` nor `known_since` is known")
    based_on = data.get("based_on")
    if based_on is not None and not ids.is_version(based_on):
        raise ValueError(f"{based_on!r} is not a version")
    return Release(
        policy=data["policy"],
        version=data["version"],
        sequence=data["sequence"],
        recorded=_instant(data["recorded"]),
        published=_instant(data["published"]),
        effective=None if effective == UNKNOWN else _instant(effective),
        document=snapshot.from_json(data["document"]),
        severity=data["severity"],
        known_since=_instant(known_since) if known_since else None,
        previous=_predecessor_from(data),
        based_on=based_on,
        provenance=data["provenance"],
        date_basis=data.get("date_basis", ""),
        reasons=data.get("reasons", {}),
        notes=tuple(data.get("notes", ())),
        changes=tuple({**change, "fingerprint": str(change["fingerprint"])} for change in data["changes"]),
        engine=data["engine"],
    )


def _withdrawal_from(data: Mapping[str, Any]) -> Withdrawal:
    previous = _predecessor_from(data)
    if previous is None:
        raise ValueError("a withdrawal has no predecessor")
    recorded = _instant(data["recorded"])
    return Withdrawal(data["policy"], data["version"], data["sequence"], recorded, data["reason"], previous)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return instant


def _predecessor_from(data: Mapping[str, Any]) -> Predecessor | None:
    previous = data.get("previous")
    return Predecessor(previous["file"], previous["sha256"]) if previous else None


def timeline(records: Sequence[Record]) -> Timeline:
    """The releases as they bind, the withdrawn ones marked."""
    withdrawn = {record.version: record.recorded for record in records if isinstance(record, Withdrawal)}
    return Timeline(
        tuple(
            Entry(
                version=record.version,
                sequence=record.sequence,
                recorded=record.recorded,
                published=record.published,
                effective=record.effective,
                known_since=record.known_since,
                based_on=record.based_on,
                withdrawn=withdrawn.get(record.version),
            )
            for record in records
            if isinstance(record, Release)
        )
    )
