"""Notices as they are sent: to whom, about what, and what became of each."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from policypress.core.errors import PolicypressError

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_REASON_LENGTH = 200


class Kind(StrEnum):
    """Why something is said about a version."""

    ANNOUNCE = "announce"
    REMINDER = "reminder"
    EFFECTIVE = "effective"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class State(StrEnum):
    """What became of a notice. The first three are on their way, the others are answers."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    HELD = "held"
    IN_DOUBT = "in doubt"


class NoticeError(PolicypressError):
    """A notice that cannot be sent as it is."""

    exit_code = 1


class ChannelError(PolicypressError):
    """A channel that takes nothing from anybody now; `lasting` when waiting would not help."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "", *, lasting: bool = False) -> None:
        super().__init__(message, hint)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Event:
    """One reason to write to everybody: a version, and what is said about it."""

    policy: str
    version: str
    kind: Kind

    def __str__(self) -> str:
        return f"{self.policy} {self.version} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of a recipient file. `id` is the publisher's own name for them and never an address."""

    id: str
    address: str
    language: str = ""
    accepted_version: str = ""
    accepted_language: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient is told. For a webhook `text` is a JSON document, and the rest says nothing."""

    recipient: Recipient
    event: Event
    language: str
    sender: str
    subject: str
    text: str
    html: str = ""

    def __post_init__(self) -> None:
        for name, value in (("subject", self.subject), ("sender", self.sender), ("language", self.language)):
            if _BREAKS.search(value):
                raise NoticeError(f"the {name} of a notice has a control character in it: {value!r}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a channel says of one message. `wait`: seconds before which it wants no other try."""

    state: State
    reason: str = ""
    wait: float = 0.0


Compose = Callable[[Recipient], Message | Answer]
Commit = Callable[[], None]


class Channel(Protocol):
    """A way out. `send` calls `commit` at the last moment from which the message can be withheld.

    It raises ChannelError, before `commit`, where the fault is not this message's.
    """

    def send(self, message: Message, commit: Commit) -> Answer:
        """Hand over one message."""

    def close(self) -> None:
        """Leave in peace."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often something is tried, and how long to wait between: twice as long each time, in seconds."""

    attempts: int = 5
    first: float = 60.0
    longest: float = 6 * 3600.0

    def delay(self, attempts: int, jitter: float) -> float:
        """How long to wait after so many attempts; `jitter` in [0, 1) spreads them over the upper half.

        >>> Retries(first=60).delay(3, jitter=0.5)
        180.0
        """
        whole = min(self.longest, self.first * 2.0 ** min(attempts - 1, 64))
        return whole * (0.5 + jitter / 2)


@dataclass(frozen=True, slots=True)
class Known:
    """The versions and languages in which this publisher can speak to somebody."""

    versions: Collection[str] = field(default_factory=frozenset)
    languages: Collection[str] = field(default_factory=frozenset)

    def why_held(self, recipient: Recipient) -> str:
        """Why nobody can say what changed since theirs; empty when it can be said."""
        if recipient.accepted_version not in self.versions:
            return _unknown("version", recipient.accepted_version)
        if recipient.language not in self.languages:
            return _unknown("language", recipient.language)
        if recipient.accepted_language and recipient.accepted_language not in self.languages:
            return _unknown("accepted language", recipient.accepted_language)
        return ""


def _unknown(what: str, value: str) -> str:
    return f"the {what} {value!r} is not known" if value else f"no {what} is given"


def reference(event: Event, recipient: Recipient) -> str:
    """The permanent name of one notice to one recipient: whoever receives it twice can tell."""
    key = json.dumps([event.policy, event.version, event.kind, recipient.id])
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def plain_reason(text: str, address: str) -> str:
    """An answer fit to be kept: one short line, without the address that servers like to repeat."""
    kept = re.sub(re.escape(address), "(address)", text, flags=re.IGNORECASE) if address else text
    return " ".join(_BREAKS.sub(" ", kept).split())[:_REASON_LENGTH]
