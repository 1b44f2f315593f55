"""From a draft to the next release: what it would be, or every reason why it may not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from policypress.core.diff import ChangeSet, diff
from policypress.core.errors import PolicypressError
from policypress.core.ledger import Predecessor, Record, Release, Withdrawal, changes_to_json, timeline
from policypress.core.model import Document, walk
from policypress.core.notes import NoteFile, about, note_to_json
from policypress.core.severity import Severity
from policypress.core.timeline import Entry
from policypress.core.versions import next_version


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for. Instants carry a zone; `effective` None means after the promised notice."""

    now: datetime
    published: datetime | None = None
    effective: datetime | None = None
    effective_unknown: bool = False
    known_since: datetime | None = None
    short_notice: str = ""
    published_reason: str = ""
    urgent: bool = False
    provenance: str = "original"
    date_basis: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release ready to be written, the notes it collects, and what should be known about it."""

    release: Release
    changes: ChangeSet
    notes: tuple[NoteFile, ...] = ()
    remarks: tuple[str, ...] = ()


class RefusedError(PolicypressError):
    """A release or withdrawal that may not be made; `reasons` says all of why."""

    exit_code = 1

    def __init__(self, reasons: Sequence[str], what: str = "nothing was released") -> None:
        super().__init__(what, "; ".join(reasons))
        self.reasons = tuple(reasons)


def plan(
    document: Document,
    records: Sequence[Record],
    last: Predecessor | None,
    notes: tuple[NoteFile, ...],
    request: Request,
) -> Plan:
    """The next release of this document. Raises RefusedError with every reason at once.

    `records` is the whole ledger in order, `last` its newest record.
    """
    return _Planner(document, records, last, notes, request).plan()


def plan_withdrawal(  # noqa: PLR0913, PLR0917
    policy: str, records: Sequence[Record], last: Predecessor | None, version: str, reason: str, now: datetime
) -> Withdrawal:
    """The record that cancels a release which has not taken effect yet."""
    entry = timeline(records).get(version)
    reasons = []
    if entry is None:
        reasons.append(f"{version} was never released")
    elif entry.withdrawn is not None:
        reasons.append(f"{version} was withdrawn already")
    elif entry.applies_from <= now:
        reasons.append(f"{version} is in force or was: correct it by a new release")
    if not reason.strip():
        reasons.append("a withdrawal needs a reason, which is published")
    reasons += _clock(records, now)
    if last is None or reasons:
        raise RefusedError(reasons, "nothing was withdrawn")
    return Withdrawal(policy, version, len(records) + 1, now, reason, last)


def _clock(records: Sequence[Record], now: datetime) -> list[str]:
    """Records follow one another in time: one from before the newest could never be verified."""
    if records and now < records[-1].recorded:
        return [f"the clock is behind the newest record, of {records[-1].recorded.isoformat()}"]
    return []


def collected_already(notes: tuple[NoteFile, ...], records: Sequence[Record]) -> tuple[NoteFile, ...]:
    """The notes that the newest release holds: it was killed before it could clear them away."""
    newest = next((record for record in reversed(records) if isinstance(record, Release)), None)
    held = newest.notes if newest else ()
    return tuple(note for note in notes if note_to_json(note.note) in held)


class _Planner:
    def __init__(
        self,
        document: Document,
        records: Sequence[Record],
        last: Predecessor | None,
        notes: tuple[NoteFile, ...],
        request: Request,
    ) -> None:
        self.document, self.records, self.last, self.request = document, records, last, request
        self.releases = {record.version: record for record in records if isinstance(record, Release)}
        self.timeline = timeline(records)
        self.base = self._base()
        self.changes = diff(self.releases[self.base.version].document, document) if self.base else ChangeSet()
        self.notes = about(notes, self.changes)
        self.severity = self.changes.severity if self.base else Severity.MATERIAL
        self.published = request.published or request.now

    def _base(self) -> Entry | None:
        """What it amends: the text in force where it is urgent, else the one that takes effect last."""
        if self.request.urgent:
            return self.timeline.in_force(self.request.now)
        return next(reversed(self.timeline.standing), None)

    def plan(self) -> Plan:
        reasons = [*self._nothing_new(), *self._returning(), *_clock(self.records, self.request.now)]
        reasons += self._dates()
        if reasons:
            raise RefusedError(reasons)
        return Plan(self._release(), self.changes, self.notes, tuple(self._remarks()))

    @property
    def effective(self) -> datetime | None:
        if self.request.effective_unknown:
            return None
        return self.request.effective or self._earliest()

    def _earliest(self) -> datetime:
        """After the promised notice, and not before the text that it amends."""
        after_notice = self.published + self._notice()
        return max(after_notice, self.base.applies_from) if self.base else after_notice

    def _notice(self) -> timedelta:
        promised = getattr(self.document.notice_days, self.severity.word)
        return timedelta(days=promised if self.base else 0)

    def _nothing_new(self) -> list[str]:
        if self.base and self.changes.is_empty:
            return [f"nothing changed since {self.base.version}"]
        return []

    def _returning(self) -> list[str]:
        """Ids that an earlier text had and the present one has not may come back only by saying so."""
        if self.base is None:
            return []
        seen: dict[str, list[str]] = {}
        for release in reversed([*self._amended(self.base.version)]):
            for node in walk(release.document.nodes):
                seen.setdefault(node.id, []).append(release.version)
        return [
            f"`{node.id}` was last in {seen[node.id][-1]} and was removed: "
            f"choose another id, or say `restores: {seen[node.id][-1]}`"
            for node in walk(self.document.nodes)
            if node.id in seen
            and self.base.version not in seen[node.id]
            and node.restores not in seen[node.id]
        ]

    def _amended(self, version: str | None) -> Iterator[Release]:
        """A release, the one that it amends, and so on back to the first."""
        release = self.releases.get(version or "")
        while release:
            yield release
            release = self.releases.get(release.based_on or "")

    def _dates(self) -> list[str]:
        request, effective = self.request, self.effective
        reasons = []
        if self.published < request.now and not request.published_reason.strip():
            reasons.append("published lies before now: give the reason with --published-reason")
        if effective is None:
            return [*reasons, *self._unknown_date()]
        if effective < self.published:
            reasons.append("it would take effect before it is published")
        elif effective < self.published + self._notice() and not request.short_notice.strip():
            reasons.append(
                f"{self._notice().days} days of notice are promised for a {self.severity.word} change: "
                "choose a later --effective, or give --short-notice REASON, which is published"
            )
        return [*reasons, *self._too_early(effective)]

    def _too_early(self, start: datetime) -> list[str]:
        if self.base and start < self.base.applies_from:
            return [f"it would take effect before {self.base.version}, which it amends"]
        return []

    def _unknown_date(self) -> list[str]:
        known_since = self.request.known_since
        if known_since is None:
            return [
                "an unknown date needs --known-since: the first instant at which the text is known to apply"
            ]
        if known_since > self.request.now:
            return ["--known-since lies in the future"]
        return self._too_early(known_since)

    def _release(self) -> Release:
        request = self.request
        reasons: Mapping[str, str] = {
            "short_notice": request.short_notice,
            "published": request.published_reason,
        }
        return Release(
            policy=self.document.policy,
            version=next_version(self.base.version if self.base else None, self.severity, self.releases),
            sequence=len(self.records) + 1,
            recorded=request.now,
            published=self.published,
            effective=self.effective,
            document=self.document,
            severity=self.severity.word,
            known_since=request.known_since if request.effective_unknown else None,
            previous=self.last,
            based_on=self.base.version if self.base else None,
            provenance=request.provenance,
            date_basis=request.date_basis,
            reasons={name: reason for name, reason in reasons.items() if reason},
            notes=tuple(note_to_json(note.note) for note in self.notes),
            changes=changes_to_json(self.changes),
        )

    def _remarks(self) -> list[str]:
        if not self.request.urgent:
            return []
        return [
            f"{entry.version} is still scheduled without this change: release it again, or withdraw it"
            for entry in self.timeline.scheduled(self.request.now)
        ]
