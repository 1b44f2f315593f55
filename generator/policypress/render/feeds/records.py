"""What a feed tells, in the order of the ledger, in pages of which all but the newest never change.

The pages are archives (RFC 5005): whoever follows them has the complete history. They are short because the
newest one, which every record changes, is made anew with the redlines of all that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from policypress.core.heads import Head
from policypress.render import pages
from policypress.render.edition import Archive

PAGE = 10


@dataclass(frozen=True, slots=True)
class Record:
    """A release, or the withdrawal of one at an instant."""

    head: Head
    withdrawn: datetime | None = None
    reason: str = ""

    @property
    def updated(self) -> datetime:
        """When it came to be: never the clock's time."""
        return self.withdrawn or max(self.head.recorded, self.head.published)

    @property
    def told(self) -> list[str]:
        """What it says, for a digest."""
        return [self.head.sha256, str(self.withdrawn), self.reason]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a feed: records, the oldest first. The newest page is the feed's own address."""

    policy: str
    tag: str
    number: int
    is_newest: bool
    records: tuple[Record, ...]

    @property
    def feed(self) -> str:
        """Where the newest page is."""
        return pages.feed(self.policy, self.tag)

    @property
    def stem(self) -> str:
        """Where it is, without `.atom` or `.json`."""
        return self.feed + ("" if self.is_newest else f".{self.number}")

    @property
    def older(self) -> str:
        """Where the page before it is; the first has none."""
        return f"{self.feed}.{self.number - 1}" if self.number > 1 else ""


def sheets(archive: Archive) -> Iterator[Sheet]:
    """All pages of all feeds of a policy, those with the same records next to each other."""
    found = [sheet for tag in _tags(archive) for sheet in _sheets(archive, tag)]
    yield from sorted(found, key=lambda sheet: sheet.records[-1].head.sequence)


def _sheets(archive: Archive, tag: str) -> Iterator[Sheet]:
    records = tuple(record for record in _records(archive) if tag in record.head.tags)
    last = max(1, len(records) // PAGE)
    for number in range(1, last + 1):
        end = len(records) if number == last else number * PAGE
        yield Sheet(archive.policy, tag, number, number == last, records[(number - 1) * PAGE : end])


def _records(archive: Archive) -> Iterator[Record]:
    """Releases and withdrawals. A withdrawal is where the ledger has a number that is no release's."""
    by_number = {head.sequence: head for head in archive.heads}
    gone = iter(archive.withdrawals.items())
    for number in range(archive.heads[0].sequence, archive.heads[0].sequence + archive.sequence):
        if head := by_number.get(number):
            yield Record(head)
        else:
            version, reason = next(gone)
            entry = archive.timeline.get(version)
            yield Record(archive.head(version), entry.withdrawn if entry else None, reason)


def _tags(archive: Archive) -> tuple[str, ...]:
    """Every language that any version has."""
    return tuple(dict.fromkeys(tag for head in archive.heads for tag in head.tags))
