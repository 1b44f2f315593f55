"""From a draft to the next release: what it would be, or every reason why it may not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from policypress.core.changes import Change, ChangeSet
from policypress.core.checks.characters import forbidden
from policypress.core.checks.notes import STALE, Notes
from policypress.core.codes import CODES
from policypress.core.diagnostics import Place
from policypress.core.diff import diff
from policypress.core.errors import PolicypressError
from policypress.core.ids import is_version
from policypress.core.ledger import Predecessor, Record, Release, Withdrawal, change_to_json, timeline
from policypress.core.model import Document, walk
from policypress.core.notes import NoteFile, about, note_to_json
from policypress.core.refs import amended
from policypress.core.resolving import Weighed, told, weigh, worst
from policypress.core.severity import Severity
from policypress.core.timeline import Entry
from policypress.core.versions import next_version, says


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asks for. Instants carry a zone; `effective` None means after the promised notice.

    `version` "" means the one that the severity of the changes gives.
    """

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
    version: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release ready to be written, the notes it collects, and what should be known about it."""

    release: Release
    changes: ChangeSet
    notes: tuple[NoteFile, ...] = ()
    remarks: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()


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
    """The next release of this document. Raises RefusedError with every reason at once."""
    return Planner(document, records, last, notes, request).plan()


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
    reasons += _unreadable("--reason", reason)
    reasons += _clock(records, now)
    if last is None or reasons:
        raise RefusedError(reasons, "nothing was withdrawn")
    return Withdrawal(policy, version, len(records) + 1, now, reason, last)


def _unreadable(option: str, reason: str) -> list[str]:
    """What a reason may no more hold than other published words."""
    found = forbidden(reason, Place(""))
    return [f"{option}: {finding.message}: {CODES[finding.code].hint}" for finding in found]


def _clock(records: Sequence[Record], now: datetime) -> list[str]:
    """Records follow one another in time: one from before the newest could never be verified."""
    if records and now < records[-1].recorded:
        return [f"the clock is behind the newest record, of {records[-1].recorded.isoformat()}"]
    return []


class Planner:
    """Plans the next release of a document.

    `records` is the whole ledger in order, `last` its newest record, `notes` all that wait.
    """

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
        self.given, self.notes = notes, about(notes, self.changes)
        self.weighed = weigh(self.changes, self.notes)
        self.severity = worst(self.weighed) if self.base else Severity.MATERIAL
        self.published = request.published or request.now

    def _base(self) -> Entry | None:
        """What it amends: the text in force where it is urgent, else the one that takes effect last."""
        if self.request.urgent:
            return self.timeline.in_force(self.request.now)
        return amended(self.timeline)

    @property
    def collected(self) -> tuple[NoteFile, ...]:
        """The notes that only the newest release needed: it was killed before it could clear them away."""
        newest = next((record for record in reversed(self.records) if isinstance(record, Release)), None)
        held = newest.notes if newest else ()
        return tuple(
            note for note in self.given if note not in self.notes and note_to_json(note.note) in held
        )

    def plan(self) -> Plan:
        """The next release. Raises RefusedError with every reason at once."""
        reasons = [*self._nothing_new(), *self._returning(), *_clock(self.records, self.request.now)]
        reasons += [*self._dates(), *self._open_notes(), *self._version()]
        if reasons:
            raise RefusedError(reasons)
        return Plan(self._release(), self.changes, self.notes, tuple(self._remarks()), self.weighed)

    @property
    def effective(self) -> datetime | None:
        """When it would take effect; None where nobody knows."""
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

    def _open_notes(self) -> list[str]:
        """What the notes about these changes leave open; a note left from earlier ones is harmless."""
        if self.base is None:
            return []
        bare = [one.change for one in self.weighed if one.lacks_note]
        reasons = [
            f"no note explains {_listed(bare)}: "
            "run `policypress diff --draft-notes`, and complete the files that it writes"
        ]
        found = Notes(self.document, self.changes, self.notes).check(lambda change: Place(change.clause))
        others = (finding for finding in found if finding.code not in {STALE, "D101"})
        return (reasons if bare else []) + [
            f"{finding.place.file}: {finding.message}: {CODES[finding.code].hint}" for finding in others
        ]

    def _version(self) -> list[str]:
        """A person may ask for a version that says more than the changes are, never less."""
        wanted = self.request.version
        if not wanted:
            return []
        if not is_version(wanted):
            return [f"`{wanted}` is not a version such as 1.2.0"]
        if wanted in self.releases:
            return [f"{wanted} was released already"]
        if self.base is None:
            return []
        said = says(self.base.version, wanted)
        if said is None:
            return [f"{wanted} does not come after {self.base.version}, which it amends"]
        heavier = [one.change for one in self.weighed if _counted(one.severity) > said]
        due = next_version(self.base.version, self.severity, self.releases)
        what = f"{wanted} understates: it says {said.word}, and more than that are {_listed(heavier)}"
        return [f"{what}: release it as {due}, or state another severity in their notes"] if heavier else []

    def _dates(self) -> list[str]:
        request, effective = self.request, self.effective
        reasons = _unreadable("--published-reason", request.published_reason)
        reasons += _unreadable("--short-notice", request.short_notice)
        if request.known_since and not request.effective_unknown:
            reasons.append("--known-since goes with `--effective unknown` alone")
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
            version=request.version
            or next_version(self.base.version if self.base else None, self.severity, self.releases),
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
            changes=tuple(change_to_json(one.change, one.severity) for one in self.weighed),
        )

    def _remarks(self) -> list[str]:
        if not self.request.urgent:
            return []
        return [
            f"{entry.version} is still scheduled without this change: release it again, or withdraw it"
            for entry in self.timeline.scheduled(self.request.now)
        ]


def _counted(severity: Severity) -> Severity:
    return Severity.MATERIAL if severity is Severity.DECIDE else severity


def _listed(changes: Sequence[Change]) -> str:
    return ", ".join(f"`{change.fingerprint}` ({told(change)})" for change in changes)
