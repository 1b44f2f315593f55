"""A sending before it takes place: who is told what, by which channel, and the digest to approve it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, tzinfo

from policypress.core.addresses import CHANNEL
from policypress.core.canonical import digest
from policypress.core.errors import PolicypressError
from policypress.core.ledger import Release
from policypress.core.notices import Event, Kind, NoticeError, Recipient
from policypress.core.severity import Severity

_PART = 8
_APPROVAL = re.compile(rf"[0-9a-f]{{{_PART}}}(?:-[0-9a-f]{{{_PART}}}){{3}}")


class NotSentError(PolicypressError):
    """Nothing was sent, and why."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Said:
    """One message, as all who know the same version and read the same language receive it."""

    old: str
    language: str
    sender: str
    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Those who are told the same through one channel, by their number."""

    channel: str
    said: Said
    count: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why it may not be sent as things are, and what to do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What a person approves: a digest in four parts, so that it says by itself which part is another."""

    event: str
    recipients: str
    messages: str
    channels: str

    def __str__(self) -> str:
        return "-".join(getattr(self, part.name) for part in fields(self))

    def differing(self, approved: str) -> tuple[str, ...]:
        """What is not as it was approved, in words; NoticeError where that is no digest of a preview."""
        if not _APPROVAL.fullmatch(approved):
            raise NoticeError(f"`{approved[:80]!a}` is no digest of a preview", "Copy it from the preview.")
        pairs = zip(_PARTS, str(self).split("-"), approved.split("-"), strict=True)
        return tuple(name for name, ours, theirs in pairs if ours != theirs)


_PARTS = ("the release, its kind or the reason", "the recipients", "the messages", "the channels")


@dataclass(frozen=True, slots=True)
class Ordered:
    """What was asked for: beyond the event, what a person insists on."""

    event: Event
    reason: str = ""
    below_minimum: bool = False
    reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would be told what. `held` goes from a reason to how many; `current` know the version already."""

    order: Ordered
    groups: tuple[Group, ...]
    held: Mapping[str, int]
    current: int
    approval: Approval
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def total(self) -> int:
        """How many would be told."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True, slots=True)
class Listed:
    """Who stands behind the numbers of a plan, by their ids."""

    told: dict[Said, list[str]] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)
    current: list[str] = field(default_factory=list)


def approval(
    order: Ordered,
    record: str,
    recipients: str,
    said: Mapping[str, list[Said]],
    channels: Mapping[str, object],
) -> Approval:
    """The digest: of the release's record, the recipient file, every message by channel, every setting."""
    event = order.event
    asked = [event.policy, event.version, event.kind.value, order.reason, record]
    messages = {name: sorted(_plain(one) for one in found) for name, found in said.items()}
    return Approval(*(digest(part)[:_PART] for part in (asked, recipients, messages, dict(channels))))


def _plain(said: Said) -> list[str]:
    return [getattr(said, part.name) for part in fields(said)]


def channel_recipient(name: str) -> Recipient:
    """A channel that is told itself, as the outbox knows it."""
    return Recipient(f"{CHANNEL}{name}", "")


# --- What stands in the way


def obstacles(
    order: Ordered, release: Release, minimum: str, now: datetime, *, is_first: bool
) -> Iterator[Obstacle]:
    """Why a release is not told of unless a person insists. `is_first`: nobody was told of it yet.

    `now` is in the policy's zone: days of notice are those of its own calendar.
    """
    if not order.below_minimum and Severity.of(release.severity) < Severity.of(minimum):
        yield Obstacle(
            f"{release.version} is {release.severity}, and only what is {minimum} or more is told",
            "Give --below-minimum to tell it all the same; see minimum_severity in policy_src/notify.yaml.",
        )
    if not order.reconstructed and release.provenance == "reconstructed":
        yield Obstacle(
            f"{release.version} is an old text, recorded later: its readers knew it then",
            "Give --reconstructed to tell of it all the same.",
        )
    if is_first and order.event.kind is not Kind.WITHDRAWAL and not order.reason.strip():
        yield from _late(release, now)


def _late(release: Release, now: datetime) -> Iterator[Obstacle]:
    """Whether less is left than was promised; what is told on the day of its release is in time."""
    if release.based_on is None or release.effective is None:
        return
    promised: int = getattr(release.document.notice_days, release.severity)
    owed = min(promised, _days(release.published, release.effective, now.tzinfo))
    left = _days(now, release.effective, now.tzinfo)
    if owed > 0 and left < owed:
        when = f"takes effect in {left} days" if left > 0 else "is in force"
        yield Obstacle(
            f"{promised} days of notice are promised for a {release.severity} change,"
            f" {release.version} {when}, and nobody was told yet",
            'Give --reason "why it is told so late": it is kept in the outbox and in the report.',
        )


def _days(start: datetime, end: datetime, zone: tzinfo | None) -> int:
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days
