"""What happened to a clause, as its page tells it: version by version, in words and as redlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from policypress.core import lives
from policypress.core.alignment import spots
from policypress.core.changes import Change
from policypress.core.chronicle import Step
from policypress.core.heads import Head
from policypress.core.marked import Piece, marked
from policypress.core.model import Node
from policypress.core.recorded import Recorded
from policypress.core.redline import Op
from policypress.core.redlined import Paragraphs, Pieces, parts, whole
from policypress.core.rules import RULES
from policypress.core.site import Words, link
from policypress.core.strokes import drawn
from policypress.render import change_words as said
from policypress.render import changes, i18n
from policypress.render.change_words import Told
from policypress.render.clauses import label
from policypress.render.compared import Life
from policypress.render.comparison_words import severities
from policypress.render.marks import Marks
from policypress.render.pages import CHANGES, Shelf, clause_path
from policypress.render.subjects import Subject

ELSEWHERE = Markup('<a href="../{}/">{}</a>')
_TAKEOVERS = ("split", "merged")


@dataclass(frozen=True, slots=True)
class Other:
    """Another clause, or the policy itself, and where it is."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """A change: in words, and with the clauses or numbers before and after it where these differ."""

    kind: str
    severity: str
    severity_words: str
    why: str
    labels: str
    before: tuple[Other, ...]
    after: tuple[Other, ...]
    values: tuple[Markup, ...]
    elsewhere: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A version that changed the clause. `heading` and `text` are redlined, and empty where they stayed."""

    version: str
    state: str
    first: bool
    href: str
    changes: str
    dates: tuple[str, ...]
    items: tuple[Item, ...]
    notes: tuple[Told, ...]
    heading: Markup
    text: tuple[Markup, ...]


@dataclass(frozen=True)
class Past:
    """All of it in one language."""

    subject: Subject
    life: Life
    tag: str
    shelf: Shelf

    @cached_property
    def words(self) -> Words:
        """The interface."""
        return self.shelf.words(self.tag)

    @cached_property
    def marks(self) -> Marks:
        """What prints redlines: what they refer to is another clause's page."""
        return Marks(self.words, ELSEWHERE)

    @cached_property
    def here(self) -> str:
        """Where the page is."""
        return clause_path(self.policy, self.subject.name, self.tag)

    @property
    def policy(self) -> str:
        """The policy's id."""
        return self.subject.archive.policy

    @property
    def home(self) -> str:
        """The folder of the policy."""
        return f"{self.tag}/{self.policy}/"

    @cached_property
    def shown(self) -> str:
        """What knows the text that the page shows above all this."""
        return self.subject.standing(self.tag)[1].contents[self.subject.name]

    def passages(self) -> tuple[Passage, ...]:
        """Newest first."""
        return tuple(self._passage(step) for step in reversed(self.subject.steps))

    def other(self, node: Node) -> Other:
        """A clause as a link to its own page."""
        names = (label(node, self.tag).text, said.title((node,), self.tag))
        href = link(self.here, clause_path(self.policy, node.id, self.tag))
        return Other(" ".join(filter(None, names)) or node.id, href)

    def _passage(self, step: Step) -> Passage:
        head = step.head
        there = head.tags if self.tag not in head.tags else (self.tag,)
        home = f"{there[0]}/{self.policy}/{head.version}/"
        heading, text = self._redline(step)
        told = {change.fingerprint for change in step.changes}
        return Passage(
            version=head.version,
            state=self.subject.archive.state(head.version).replace("in-force", "past"),
            first=step.base is None,
            href=link(self.here, f"{home}index.html"),
            changes=link(self.here, home + CHANGES) if step.base else "",
            dates=tuple(self._dates(head)),
            items=tuple(self._item(change, step) for change in step.changes),
            notes=tuple(
                _told(note, self.tag)
                for note in head.notes
                if self.tag in note["summary"] and told.intersection(note["fingerprints"])
            ),
            heading=self.marks.text(heading),
            text=self.marks.inline(text),
        )

    def _dates(self, head: Head) -> Iterator[str]:
        words, tag, zone = self.words, self.tag, head.time_zone
        yield words.gettext("Published %(date)s") % {"date": i18n.date(head.published, tag, zone)}
        withdrawn = self.subject.archive.entries[head.version].withdrawn
        if withdrawn:
            on = {"date": i18n.date(withdrawn, tag, zone)}
            yield words.gettext("Withdrawn on %(date)s, never in force") % on
        elif head.effective:
            yield words.gettext("Effective %(date)s") % {"date": i18n.date(head.effective, tag, zone)}
        elif head.known_since:
            since = {"since": i18n.date(head.known_since, tag, zone)}
            yield words.gettext("Known to be in force since %(since)s") % since

    def _item(self, change: Recorded, step: Step) -> Item:
        rules = [RULES[rule] for rule in change.rules if rule in RULES]
        before, after = self._others(change, step)
        old, new = change.old_labels.get(self.tag, ""), change.new_labels.get(self.tag, "")
        return Item(
            kind=change.kind,
            severity=change.severity,
            severity_words=severities(self.words)[change.severity],
            why=said.why(change.kind, rules, self.words, self.tag),
            labels=said.label_of(old, new) if change.kind in {"moved", "renumbered"} and old != new else "",
            before=before,
            after=after,
            values=self._values(change, step),
            elsewhere=self._elsewhere(change, step),
        )

    def _others(self, change: Recorded, step: Step) -> tuple[tuple[Other, ...], tuple[Other, ...]]:
        """The clauses that were split or merged and what they became; or where it stood and stands."""
        is_takeover = change.kind in _TAKEOVERS
        if not step.base or not (is_takeover or "clause.moved-parent" in change.rules):
            return (), ()
        names = (change.before, change.after) if is_takeover else ((change.clause,), (change.clause,))
        sides = tuple(zip((step.base, step.head), names, strict=True))
        if is_takeover:
            found = [self._named(head, those) for head, those in sides]
        else:
            found = [self._above(head, those[0]) for head, those in sides]
        return found[0], found[1]

    def _named(self, head: Head, names: tuple[str, ...]) -> tuple[Other, ...]:
        """Clauses of a version; none where it is not in this language."""
        if self.tag not in head.tags:
            return ()
        found = spots(self.subject.archive.document(head.version))
        return tuple(self.other(found[name].node) for name in names if name in found)

    def _above(self, head: Head, name: str) -> tuple[Other, ...]:
        """What a clause was part of in a version: another clause, or only the policy."""
        found = spots(self.subject.archive.document(head.version))
        parent = found[name].parent if name in found else ""
        if parent:
            return self._named(head, (parent,))
        href = link(self.here, f"{self.home}index.html")
        return (Other(head.title[self.tag], href),) if self.tag in head.tags else ()

    def _values(self, change: Recorded, step: Step) -> tuple[Markup, ...]:
        """The redline of a value, of what the clause is tagged with, or of where its links lead."""
        if change.kind in {"variable", *_TAKEOVERS}:
            found = self._diffed(change, step)
            return changes.values(found, self.tag, self.marks) if found else ()
        if change.kind not in {"refacted", "reworded"}:
            return ()
        old, new = ((self.life.read(key),) for key in self._keys(step))
        return changes.unseen(change.kind, (old, new), self.tag, self.marks)

    def _elsewhere(self, change: Recorded, step: Step) -> tuple[tuple[str, str, str], ...]:
        """The languages in which it is to be seen, if not in this one."""
        if change.kind not in {"reworded", "retitled", "variable"} or self.tag in change.languages:
            return ()
        tags = self.subject.tags
        return tuple(
            (
                i18n.language_name(other, self.tag, among=tags),
                other,
                f"{link(self.here, clause_path(self.policy, self.subject.name, other))}#v{step.head.version}",
            )
            for other in change.languages
            if other in tags
        )

    def _diffed(self, change: Recorded, step: Step) -> Change | None:
        """The change with its clauses; None if this program finds another one."""
        weighed = changes.weighed(step.head, self.subject.archive, self.shelf)
        return next((one.change for one in weighed if one.change.fingerprint == change.fingerprint), None)

    # --- Its words, before and after

    def _keys(self, step: Step) -> tuple[str, str]:
        base = step.base.contents if step.base else {}
        return base.get(self.subject.name, ""), step.head.contents.get(self.subject.name, "")

    def _redline(self, step: Step) -> tuple[Pieces, Pieces]:
        """Heading and text; empty where they stayed, or where they are shown above the history."""
        kinds = {change.kind: change for change in step.changes}
        old, new = self._keys(step)
        for kind in _TAKEOVERS:
            if kind in kinds:
                return self._taken(kinds[kind], step)
        if step.base is None or "added" in kinds:
            op = Op.INSERT if step.base else Op.EQUAL
            return self._whole(new, op) if new != self.shown else ((), ())
        if "removed" in kinds:
            return self._whole(old, Op.DELETE) if old != self.shown else ((), ())
        told = lives.difference(self.life.data, self.tag, (old, new))
        before, after = (parts(self.life.read(key), self.tag) for key in (old, new))
        heading: Pieces = ()
        text: Pieces = ()
        if self._is_seen("retitled", kinds):
            heading = self._drawn(before[0], after[0], told, "heading")
        if self._is_seen("reworded", kinds):
            text = self._drawn((*before[1], *before[2]), (*after[1], *after[2]), told, "text")
        return heading, text

    def _is_seen(self, kind: str, kinds: Mapping[str, Recorded]) -> bool:
        return kind in kinds and self.tag in kinds[kind].languages

    def _whole(self, key: str, op: Op) -> tuple[Pieces, Pieces]:
        heading, text, closing = parts(self.life.read(key), self.tag)
        return whole(heading, op), whole((*text, *closing), op)

    def _drawn(self, old: Paragraphs, new: Paragraphs, told: lives.Json | None, part: str) -> Pieces:
        """The redline: by the strokes in the clause's file, where it has them."""
        if told is None:
            return marked(old, new, self.tag)
        found = told.get(part, {})
        if "edits" not in found or found.get("source"):
            return whole(new)  # to the eye nothing changed
        return drawn(old, new, found["edits"])

    def _taken(self, change: Recorded, step: Step) -> tuple[Pieces, Pieces]:
        """One redline over all clauses of a split or a merger."""
        found = self._diffed(change, step)
        if found is None or self.tag not in step.head.tags:
            return (), ()
        sides = [[parts(node, self.tag) for node in nodes] for nodes in (found.before, found.after)]
        titles = [tuple(runs for one in side for runs in one[0]) for side in sides]
        bodies = [tuple(runs for one in side for runs in (*one[1], *one[2])) for side in sides]
        return _edited(marked(titles[0], titles[1], self.tag)), marked(bodies[0], bodies[1], self.tag)


def _edited(pieces: tuple[Piece, ...]) -> Pieces:
    """These, if anything in them changed."""
    return pieces if any(piece.op is not Op.EQUAL for piece in pieces) else ()


def _told(note: Mapping[str, Mapping[str, str]], tag: str) -> Told:
    """What a note says in one language."""
    return Told(*(note.get(part, {}).get(tag, "") for part in ("summary", "impact", "choices")))
