"""A release without its document: what lists and histories say of it, and the digests of its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from policypress.core import contents, recorded
from policypress.core.canonical import digest
from policypress.core.digests import said, titled
from policypress.core.ledger import Release
from policypress.core.model import Document, Same, walk
from policypress.core.timeline import Entry, Timeline

_BY_CLAUSE = ("clauses", "contents")
_INSTANTS = ("recorded", "published", "effective", "known_since")


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a release without reading its text. `sha256` is the digest of its file.

    `clauses` goes from clause id to the digest of what the clause says in all languages, `contents` to what
    knows all that it holds, as printed; `frame` knows what the document says besides its clauses. `replaces`
    goes from the id of a clause to those of the ones that it took over. `changes` are those about clauses:
    see core/recorded.py.
    """

    policy: str
    version: str
    sequence: int
    sha256: str
    recorded: datetime
    published: datetime
    effective: datetime | None
    known_since: datetime | None
    previous: str
    based_on: str | None
    severity: str
    provenance: str
    date_basis: str
    time_zone: str
    title: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Mapping[str, Any], ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)
    frame: str = ""
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its languages, in order."""
        return tuple(self.title)

    def summaries(self, tag: str) -> tuple[str, ...]:
        """What its notes say in one language."""
        return tuple(note["summary"][tag] for note in self.notes if tag in note["summary"])


def head(release: Release, sha256: str) -> Head:
    """The head of a release whose file has this digest."""
    document = release.document
    return Head(
        policy=release.policy,
        version=release.version,
        sequence=release.sequence,
        sha256=sha256,
        recorded=release.recorded,
        published=release.published,
        effective=release.effective,
        known_since=release.known_since,
        previous=release.previous.sha256 if release.previous else "",
        based_on=release.based_on,
        severity=release.severity,
        provenance=release.provenance,
        date_basis=release.date_basis,
        time_zone=document.time_zone,
        title={tag: document.title[tag] for tag in document.tags},
        reasons=dict(release.reasons),
        notes=release.notes,
        clauses=clause_digests(document),
        contents={node.id: contents.key(node) for node in walk(document.nodes)},
        frame=contents.frame_key(document),
        replaces={node.id: node.replaces for node in walk(document.nodes) if node.replaces},
        changes=recorded.pack(release.changes),
    )


def clause_digests(document: Document) -> dict[str, str]:
    """What each clause says, in all languages, in 12 hex digits; in document order."""
    return {node.id: _said(Same(node)) for node in walk(document.nodes)}


@lru_cache(maxsize=4096)
def _said(same: Same) -> str:
    node = same.node
    return digest({tag: [titled(node, tag), said(node, tag)] for tag in node.labels})[:12]


def timeline(heads: Iterable[Head], withdrawn: Mapping[str, datetime]) -> Timeline:
    """The releases as they bind; `withdrawn` says when a version was."""
    return Timeline(
        tuple(
            Entry(
                version=one.version,
                sequence=one.sequence,
                recorded=one.recorded,
                published=one.published,
                effective=one.effective,
                known_since=one.known_since,
                based_on=one.based_on,
                withdrawn=withdrawn.get(one.version),
            )
            for one in heads
        )
    )


def to_json(heads: Sequence[Head]) -> list[dict[str, Any]]:
    """Heads of one policy, each with only those clauses that differ from the one before."""
    before: dict[str, Mapping[str, str]] = {key: {} for key in _BY_CLAUSE}
    order: list[str] = []
    made = []
    for one in heads:
        data = {name: value for name, value in _plain(one) if value}
        for name in _BY_CLAUSE:
            now = getattr(one, name)
            data[name] = {clause: text for clause, text in now.items() if before[name].get(clause) != text}
            before[name] = now
        data["order"] = [] if order == list(one.clauses) else list(one.clauses)
        order = list(one.clauses)
        made.append(data)
    return made


def _plain(one: Head) -> Iterator[tuple[str, Any]]:
    for name in (found.name for found in fields(one) if found.name not in _BY_CLAUSE):
        value = getattr(one, name)
        yield name, value.isoformat() if isinstance(value, datetime) else value


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Head, ...]:
    """The heads that `to_json` made this of. Raises KeyError, TypeError or ValueError for anything else."""
    known: dict[str, dict[str, str]] = {key: {} for key in _BY_CLAUSE}
    found = []
    for one in data:
        for name in _BY_CLAUSE:
            now = {**known[name], **one[name]}
            known[name] = {clause: now[clause] for clause in one["order"]} if one["order"] else now
        found.append(_head(one, known))
    return tuple(found)


def _head(data: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]) -> Head:
    values = {found.name: data.get(found.name, _EMPTY.get(found.name)) for found in fields(Head)}
    values |= {name: datetime.fromisoformat(data[name]) for name in _INSTANTS if name in data}
    replaces = {name: tuple(gone) for name, gone in data.get("replaces", {}).items()}
    values |= {"notes": tuple(data.get("notes", ())), "replaces": replaces, **known}
    return Head(**values)


_EMPTY: Mapping[str, Any] = {"previous": "", "date_basis": "", "reasons": {}, "changes": ""}
