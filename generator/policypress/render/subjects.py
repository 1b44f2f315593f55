"""What the page of a clause is about: its releases, where it stands now, and the digest of all that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policypress.core import chronicle
from policypress.core.alignment import Spots, spots
from policypress.core.canonical import digest
from policypress.core.chronicle import Step
from policypress.core.heads import Head
from policypress.core.model import Document, Node
from policypress.render.compared import Lineage
from policypress.render.edition import Archive

# Where a clause stands: in the text in force, in one that will be, in one that was, or in none that ever is.
NOW, COMING, PAST, NEVER = "now", "coming", "past", "never"


@dataclass(frozen=True)
class Subject:
    """A clause of a policy, in all releases. `here` is where each clause of the text in force stands."""

    archive: Archive
    name: str
    lineage: Lineage
    steps: tuple[Step, ...]
    here: Spots

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Every language that it was ever in, those of today first."""
        used = {tag for head in self._holders for tag in head.tags}
        every = dict.fromkeys((*self.archive.current.document.tags, *sorted(used)))
        return tuple(tag for tag in every if tag in used)

    @cached_property
    def _holders(self) -> tuple[Head, ...]:
        return tuple(head for head in self.archive.heads if self.name in head.contents)

    def standing(self, tag: str) -> tuple[str, Head]:
        """Where it stands in a language, and the version that tells best what it says there."""
        archive, name = self.archive, self.name
        if name in self.here and tag in archive.shown.tags:
            state = archive.state(archive.shown.version)
            return {"in-force": NOW, "scheduled": COMING}.get(state, NEVER), archive.shown
        holders = [head for head in self._holders if tag in head.tags]
        standing = [head for head in holders if archive.state(head.version) != "withdrawn"]
        if not standing:
            return NEVER, holders[-1]
        states = [archive.state(head.version) for head in standing]
        return (COMING if states[-1] == "scheduled" else PAST), standing[-1]

    def document(self, tag: str) -> Document:
        """The document that tells best what it says."""
        _, head = self.standing(tag)
        current = self.archive.current
        return current.document if head.version == current.version else self.archive.document(head.version)

    def trail(self, tag: str) -> tuple[Node, ...]:
        """The clause in that document, after those that it is part of."""
        document = self.document(tag)
        found = self.here if document is self.archive.current.document else spots(document)
        return _trail(self.name, found)

    @cached_property
    def digest(self) -> str:
        """Of all that the page says."""
        archive = self.archive
        ends = {tag: self.standing(tag) for tag in self.tags}
        return digest(
            [
                self.lineage.digest(self.name),
                [[*self._told(step)] for step in self.steps],
                [[tag, state, "" if state == NOW else head.sha256] for tag, (state, head) in ends.items()],
                self._place if self.name in self.here else [],
                archive.framed,
            ]
        )

    def _told(self, step: Step) -> Iterator[str]:
        yield step.head.sha256
        yield step.base.sha256 if step.base else ""
        yield self.archive.state(step.head.version).replace("in-force", "past")
        yield str(self.archive.entries[step.head.version].withdrawn)

    @property
    def _place(self) -> list[object]:
        contents = self.archive.shown.contents
        return [
            [
                node.id,
                contents[node.id],
                {tag: [label.text, label.cite] for tag, label in node.labels.items()},
            ]
            for node in _trail(self.name, self.here)
        ]


def subjects(archive: Archive) -> Iterator[Subject]:
    """Every clause that ever was."""
    steps = chronicle.chronicles(archive.heads)
    here = spots(archive.current.document)
    lineage = Lineage.of(archive)
    for name in lineage.points:
        yield Subject(archive, name, lineage, steps.get(name, ()), here)


def _trail(name: str, found: Spots) -> tuple[Node, ...]:
    spot = found[name]
    above = _trail(spot.parent, found) if spot.parent else ()
    return (*above, spot.node)
