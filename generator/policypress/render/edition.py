"""What a page shows: a document, and where it stands in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from policypress.core import contents
from policypress.core.canonical import digest
from policypress.core.heads import Head
from policypress.core.model import Document, Node, walk
from policypress.core.timeline import Entry, Span, Timeline


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
    based_on: str | None = None
    sha256: str = ""
    pinned: bool = False
    upcoming: tuple[str, datetime] | None = None
    withdrawn: datetime | None = None
    date_basis: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)

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


@dataclass(frozen=True)
class Archive:
    """All that was released of one policy, as of an instant: heads in the order of the ledger.

    `record` gives the bytes of a version's record and `load` its document; `withdrawals` goes from version
    to the reason; `contents` are those of the clauses seen so far, by key.
    """

    timeline: Timeline
    heads: tuple[Head, ...]
    as_of: datetime
    load: Callable[[str], Document]
    record: Callable[[str], bytes]
    withdrawals: Mapping[str, str] = field(default_factory=dict)
    contents: dict[str, Node] = field(default_factory=dict, compare=False)

    @property
    def policy(self) -> str:
        """The policy's id."""
        return self.heads[0].policy

    @property
    def sequence(self) -> int:
        """How many records the ledger has."""
        return len(self.heads) + len(self.withdrawals)

    @cached_property
    def shown(self) -> Head:
        """What the policy's address shows: the text in force, or the first that will be."""
        entry = self.timeline.in_force(self.as_of) or next(iter(self.timeline.standing), None)
        return self.head(entry.version) if entry else self.heads[-1]

    @cached_property
    def current(self) -> Edition:
        """The text that the policy's address shows."""
        withdrawn = None if self.timeline.standing else self.timeline.get(self.shown.version)
        return replace(
            self.edition(self.shown.version),
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

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """When each version binds, in order; of those that ever do."""
        return {span.entry.version: span for span in self.timeline.spans()}

    @cached_property
    def by_version(self) -> Mapping[str, Head]:
        """Every head by its version."""
        return {head.version: head for head in self.heads}

    @cached_property
    def framed(self) -> str:
        """The digest of what stands around every page about the policy."""
        document = self.current.document
        names = [dict(document.publisher.name), dict(document.publisher.contact)]
        return digest([dict(document.title), document.tags, document.time_zone, names])

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every version's place in time."""
        return {entry.version: entry for entry in self.timeline.entries}

    def state(self, version: str) -> str:
        """`in-force`, `scheduled`, `past` or `withdrawn`, as of the instant."""
        entry = self.entries[version]
        if entry.withdrawn is not None:
            return "withdrawn"
        if entry.applies_from > self.as_of:
            return "scheduled"
        return "in-force" if version == self.shown.version else "past"

    def head(self, version: str) -> Head:
        """The head of a version, which must exist."""
        return self.by_version[version]

    def document(self, version: str) -> Document:
        """The document of a version. What it holds that is new is kept in `contents`, by key."""
        document = self.load(version)
        wanted = self.head(version).contents
        if not self.contents.keys() >= {*wanted.values()}:
            for node in walk(document.nodes):
                if node.id in wanted and wanted[node.id] not in self.contents:
                    self.contents[wanted[node.id]] = contents.content(node)
        return document

    def edition(self, version: str) -> Edition:
        """The pinned edition of a version."""
        head = self.head(version)
        return Edition(
            document=self.document(version),
            version=version,
            published=head.published,
            effective=head.effective,
            known_since=head.known_since,
            severity=head.severity,
            based_on=head.based_on,
            sha256=head.sha256,
            pinned=True,
            date_basis=head.date_basis,
            reasons=head.reasons,
        )
