"""What a page shows: a document, and where it stands in time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from policypress.core.model import Document
from policypress.core.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Edition:
    """A document to be shown. A draft has no version and no dates, and none are made up for it.

    A pinned edition is the page of one version, at an address of its own for ever; the other one is
    the text that a policy's address shows, which may also say what takes effect next, or its withdrawal.
    """

    document: Document
    version: str = ""
    published: datetime | None = None
    effective: datetime | None = None
    known_since: datetime | None = None
    severity: str = ""
    summaries: tuple[dict[str, str], ...] = ()
    based_on: str | None = None
    pinned: bool = False
    upcoming: tuple[str, datetime] | None = None
    withdrawn: datetime | None = None

    @property
    def draft(self) -> bool:
        """Whether this was never released."""
        return not self.version

    def path(self, tag: str) -> str:
        """Where the page is in the site."""
        return f"{self.folder(tag)}index.html"

    def folder(self, tag: str) -> str:
        """The folder of the page, for what belongs to it alone."""
        return f"{self.home(tag)}{self.version}/" if self.pinned else self.home(tag)

    def home(self, tag: str) -> str:
        """The folder of the policy."""
        return f"{tag}/{self.document.policy}/"


@dataclass(frozen=True, slots=True)
class Archive:
    """All that was released of one policy, as of an instant: pinned editions in the order of the ledger."""

    timeline: Timeline
    editions: tuple[Edition, ...]
    as_of: datetime
    withdrawals: dict[str, str] = field(default_factory=dict)

    @property
    def policy(self) -> str:
        """The policy's id."""
        return self.editions[0].document.policy

    @property
    def current(self) -> Edition:
        """The text that the policy's address shows: in force, or the first that will be."""
        entry = self.timeline.in_force(self.as_of) or next(iter(self.timeline.standing), None)
        version = entry.version if entry else self.editions[-1].version
        withdrawn = entry is None and self.timeline.get(version)
        return replace(
            self.edition(version),
            pinned=False,
            upcoming=self.upcoming,
            withdrawn=withdrawn.withdrawn if withdrawn else None,
        )

    @property
    def upcoming(self) -> tuple[str, datetime] | None:
        """The version that takes effect next, and when."""
        at = self.timeline.next_transition(self.as_of)
        entry = self.timeline.in_force(at) if at else None
        return (entry.version, entry.applies_from) if entry else None

    def edition(self, version: str) -> Edition:
        """The pinned edition of a version."""
        return next(edition for edition in self.editions if edition.version == version)
