"""Which release was, is or will be in force: a function of the ledger and an instant, never of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as the timeline sees it. Instants carry a zone.

    `effective` is None where nobody knows it; then it was in force at `known_since` at the latest.
    `sequence` is its place in the ledger; `withdrawn` is when it was cancelled before taking effect.
    """

    version: str
    sequence: int
    recorded: datetime
    published: datetime
    effective: datetime | None
    known_since: datetime | None = None
    based_on: str | None = None
    withdrawn: datetime | None = None

    @property
    def applies_from(self) -> datetime:
        """The instant from which it is known to bind."""
        start = self.effective or self.known_since
        if start is None:
            raise ValueError(f"{self.version} has neither `effective` nor `known_since`")
        return start


@dataclass(frozen=True, slots=True)
class Span:
    """A release's time in force; `until` is None while nothing is known to follow."""

    entry: Entry
    start: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All releases of a policy, in the order of the ledger."""

    entries: tuple[Entry, ...] = ()

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Those not withdrawn, as they take effect; a tie goes to the later in the ledger."""
        standing = [entry for entry in self.entries if entry.withdrawn is None]
        return tuple(sorted(standing, key=lambda entry: (entry.applies_from, entry.sequence)))

    def in_force(self, at: datetime) -> Entry | None:
        """The release that binds at an instant: the latest to take effect by then."""
        started = [entry for entry in self.standing if entry.applies_from <= at]
        return started[-1] if started else None

    def scheduled(self, at: datetime) -> tuple[Entry, ...]:
        """Released by an instant, not yet in force then."""
        return tuple(entry for entry in self.standing if entry.recorded <= at < entry.applies_from)

    def spans(self) -> tuple[Span, ...]:
        """When each release binds. One that another overtakes in the same instant never does."""
        standing = self.standing
        following: Sequence[Entry | None] = (*standing, None)[1:]
        pairs = zip(standing, following, strict=True)
        return tuple(
            Span(entry, entry.applies_from, after.applies_from if after else None)
            for entry, after in pairs
            if after is None or after.applies_from > entry.applies_from
        )

    def next_transition(self, at: datetime) -> datetime | None:
        """The next instant at which another release comes into force."""
        later = [entry.applies_from for entry in self.standing if entry.applies_from > at]
        return min(later, default=None)

    def get(self, version: str) -> Entry | None:
        """The release of this version."""
        return next((entry for entry in self.entries if entry.version == version), None)
