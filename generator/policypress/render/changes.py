"""What a version changed in the text that it amends: the page of its redline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from markupsafe import Markup

from policypress.core.changes import Change
from policypress.core.comparison import addresses, entries, tag_lines
from policypress.core.comparison_json import changes_to_json
from policypress.core.diff import diff
from policypress.core.heads import Head
from policypress.core.marked import Piece, marked
from policypress.core.model import Document, Node
from policypress.core.notes import NoteFile, NoteSource
from policypress.core.redline import Op
from policypress.core.redlined import Line, paragraphs, redlined, side
from policypress.core.resolving import Weighed, weigh
from policypress.core.site import Frame, LanguageLink, Page, Part, Words, link
from policypress.core.text import Runs, Text, plain
from policypress.render import change_words as said
from policypress.render import i18n, templates
from policypress.render.api import files
from policypress.render.comparison_words import count, severities
from policypress.render.edition import Archive
from policypress.render.marks import Marks
from policypress.render.pages import CHANGES, HISTORY, PRINT, Shelf, clause_path, feed

MOST_WEIGHED = 64


@dataclass(frozen=True, slots=True)
class Item:
    """A change in the list. `id` is that of its clause in the redline, if its words are shown there."""

    id: str
    kind: str
    rules: str
    name: str
    severity: str
    severity_words: str
    why: str
    summaries: tuple[str, ...]
    elsewhere: tuple[tuple[str, str, str], ...]
    values: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A clause in the redline; `inline`, `before` and `after` are its paragraphs in either view."""

    id: str
    kind: str
    label: Markup
    heading: Markup
    headings: tuple[Markup, Markup]
    is_article: bool
    inline: tuple[Markup, ...]
    before: tuple[Markup, ...]
    after: tuple[Markup, ...]
    items: tuple[Item, ...]
    within: str
    gone: bool
    reserved: bool
    is_edited: bool
    is_closing: bool
    name: str
    previous: str = ""
    following: str = ""
    past: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring clauses that all changed, or none of them."""

    changed: bool
    rows: tuple[Row, ...]

    @property
    def clauses(self) -> int:
        """How many clauses: a closing is part of one."""
        return sum(not row.is_closing for row in self.rows)


def part(head: Head, archive: Archive, shelf: Shelf) -> Part:
    """The redline of a version against the one that it amends, in every language."""
    assert head.based_on is not None
    old, new = archive.document(head.based_on), archive.document(head.version)
    changes = weighed(head, archive, shelf)
    pages = tuple(_Sheet(head, archive, shelf, (old, new), changes, tag).page() for tag in new.tags)
    tags = tuple(dict.fromkeys((*new.tags, *old.tags)))
    data = changes_to_json(
        head.policy,
        (head.based_on, head.version),
        head.severity,
        tags,
        entries(changes, tags, is_open=False),
    )
    written = data.encode("utf-8", "backslashreplace")
    return Part(pages, {files.changes(head.policy, head.version): written})


@dataclass(frozen=True, slots=True)
class Told:
    """The changes alone: what a feed says of a version."""

    changes: tuple[Change, ...]
    items: tuple[Item, ...]
    rows: tuple[Row, ...]


def told(head: Head, archive: Archive, shelf: Shelf, tag: str) -> Told:
    """The list of changes, and the clauses that changed, in one language. Its page may have made them."""
    return shelf.told.get((_key(head, archive), tag)) or _told(head, archive, shelf, tag)


def _told(head: Head, archive: Archive, shelf: Shelf, tag: str) -> Told:
    documents = archive.document(head.based_on or ""), archive.document(head.version)
    sheet = _Sheet(head, archive, shelf, documents, weighed(head, archive, shelf), tag)
    items = sheet.items()
    lines = tuple(line for line in redlined(*documents, sheet.changes, tag) if line.changes)
    return Told(sheet.changes, items, tuple(row for row in sheet.rows(lines, items) if row.items))


def weighed(head: Head, archive: Archive, shelf: Shelf) -> tuple[Weighed, ...]:
    """The changes. Its page and the feeds, in each language, ask for the same ones after another."""
    key = _key(head, archive)
    if key not in shelf.weighed:
        if len(shelf.weighed) >= MOST_WEIGHED:
            shelf.weighed.clear()
        notes = [NoteFile("", NoteSource.model_validate({"format": 1, **note})) for note in head.notes]
        changes = diff(archive.document(head.based_on or ""), archive.document(head.version))
        shelf.weighed[key] = tuple(weigh(changes, notes))
    return shelf.weighed[key]


def _key(head: Head, archive: Archive) -> tuple[str, str]:
    return archive.head(head.based_on or "").sha256, head.sha256


@dataclass(frozen=True)
class _Sheet:
    """The page in one language."""

    head: Head
    archive: Archive
    shelf: Shelf
    documents: tuple[Document, Document]
    weighed: Sequence[Weighed]
    tag: str

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(one.change for one in self.weighed)

    @cached_property
    def words(self) -> Words:
        return i18n.words(self.tag, self.shelf.workspace)

    @cached_property
    def marks(self) -> Marks:
        return Marks(self.words)

    @property
    def home(self) -> str:
        return f"{self.tag}/{self.head.policy}/"

    def path(self, tag: str) -> str:
        return f"{tag}/{self.head.policy}/{self.head.version}/{CHANGES}"

    def page(self) -> Page:
        head, words, tag, path = self.head, self.words, self.tag, self.path(self.tag)
        document = self.documents[1]
        items = self.items()
        lines = redlined(*self.documents, self.changes, tag)
        rows = tuple(self.rows(lines, items))
        self.keep(Told(self.changes, items, tuple(row for row in rows if row.items)))
        listed = _as_read(items, lines)
        title = words.gettext("What changed in version %(version)s") % {"version": head.version}
        base = self.archive.head(head.based_on or "")
        content = templates.render(
            "changes.html",
            words,
            self.shelf.workspace,
            title=title,
            policy=document.title[tag],
            count=count(len(items), sum(item.severity == "material" for item in items), words),
            severity=head.severity,
            severity_words=severities(words)[head.severity],
            versions=tuple(self.version(one) for one in (base, head)),
            notes=tuple(note for note in head.notes if tag in note["summary"]),
            items=tuple(item for item in listed if item.kind != "renumbered"),
            renumbered=tuple(item for item in listed if item.kind == "renumbered"),
            stretches=_stretches(rows),
            text=link(path, f"{self.home}{head.version}/index.html"),
            history=link(path, self.home + HISTORY),
            tag=tag,
            kept=self.shelf.kept.within(tag),
        )
        frame = Frame(
            words=words,
            publisher=document.publisher.name[tag],
            contact=document.publisher.contact[tag],
            home=f"{tag}/index.html",
            languages=self.languages(),
            print_style=f"{self.home}{head.version}/{PRINT}",
            links=(("version-history", self.home + HISTORY),),
            feed=feed(head.policy, tag),
            data=files.changes(head.policy, head.version),
        )
        name = f"{title} – {document.title[tag]}"
        return Page(path, "changes", tag, name, name, content, frame, indexed=False)

    def languages(self) -> tuple[LanguageLink, ...]:
        tags = self.documents[1].tags
        if len(tags) < 2:
            return ()
        return tuple(
            LanguageLink(other, i18n.language_name(other, among=tags), self.path(other), other == self.tag)
            for other in tags
        )

    def version(self, head: Head) -> tuple[str, str, str]:
        """A version, where it is, and from when it binds."""
        path = f"{self.home}{head.version}/index.html"
        if self.tag not in head.tags:
            path = f"{head.tags[0]}/{head.policy}/{head.version}/index.html"
        effective = head.effective
        date = i18n.date(effective, self.tag, head.time_zone) if effective else ""
        return head.version, link(self.path(self.tag), path), date

    # --- The list of changes

    def items(self) -> tuple[Item, ...]:
        return tuple(map(self.item, self.weighed))

    def item(self, one: Weighed) -> Item:
        change = one.change
        severity = one.severity.word
        summaries = (note.note.summary.get(self.tag) for note in one.notes)
        return Item(
            id=_place(change),
            kind=change.kind,
            rules=" ".join(rule.id for rule in change.rules),
            name=said.name(change, self.words, self.tag),
            severity=severity,
            severity_words=severities(self.words)[severity],
            why=said.why(change.kind, change.rules, self.words, self.tag),
            summaries=tuple(text for text in summaries if text),
            elsewhere=self.elsewhere(change),
            values=values(change, self.tag, self.marks),
        )

    def elsewhere(self, change: Change) -> tuple[tuple[str, str, str], ...]:
        """The languages in which it is to be seen, if not in this one."""
        if not change.languages or self.tag in change.languages or "" in {*change.old, *change.new}:
            return ()
        tags = self.documents[1].tags
        here = self.path(self.tag)
        return tuple(
            (i18n.language_name(other, self.tag, among=tags), other, link(here, self.path(other)))
            for other in change.languages
            if other in tags
        )

    # --- The text

    def keep(self, told: Told) -> None:
        """For the feed, which says the same."""
        if len(self.shelf.told) >= MOST_WEIGHED:
            self.shelf.told.clear()
        self.shelf.told[_key(self.head, self.archive), self.tag] = told

    def rows(self, lines: tuple[Line, ...], items: tuple[Item, ...]) -> Iterator[Row]:
        told = [tuple(items[n] for n in line.changes if items[n].kind != "renumbered") for line in lines]
        tops = {line.id: self.name(line) for line in lines if line.depth == 0}
        stops = list(dict.fromkeys(line.id for line, found in zip(lines, told, strict=True) if found))
        places = {name: at for at, name in enumerate(stops)}
        under = ""
        for line, found in zip(lines, told, strict=True):
            within = tops.get(line.top, "") if found and line.depth and line.top != under else ""
            if found or not line.depth:
                under = line.top if found else ""
            if line.changes or line.is_edited:
                yield self.row(line, found, within, _around(stops, places.get(line.id) if found else None))
            else:
                yield self.same(line)

    def same(self, line: Line) -> Row:
        """A clause that nothing happened to: most are the same on most pages."""
        kept, key = self.shelf.same, (self.tag, line)
        if key not in kept:
            if len(kept) >= templates.MOST_KEPT:
                kept.clear()
            kept[key] = self.row(line, (), "", ("", ""))
        return kept[key]

    def row(self, line: Line, items: tuple[Item, ...], within: str, around: tuple[str, str]) -> Row:
        old, new = line.labels
        label = self.marks.text((Piece(Op.DELETE, (Text(old),)), Piece(Op.INSERT, (Text(new),))))
        if old == new or not items or not (old and new):
            label = self.marks.text((Piece(Op.EQUAL, (Text(new or old),)),)) if new or old else Markup()
        edited = bool(items) and line.is_edited
        return Row(
            id="" if line.is_closing else line.id,
            kind=line.kind.value,
            label=label,
            heading=self.marks.text(line.heading),
            headings=(self.side(line.heading, Op.DELETE), self.side(line.heading, Op.INSERT))
            if edited
            else (Markup(), Markup()),
            is_article=not line.depth,
            inline=self.marks.inline(line.text),
            before=self.marks.paragraphs(side(line.text, Op.DELETE)) if edited else (),
            after=self.marks.paragraphs(side(line.text, Op.INSERT)) if edited else (),
            items=items,
            within=within,
            gone=line.gone,
            reserved=line.reserved,
            is_edited=edited,
            is_closing=line.is_closing,
            name=self.name(line),
            previous=around[0],
            following=around[1],
            past=self.past(line) if items else "",
        )

    def past(self, line: Line) -> str:
        """The page of the clause, if there is one in this language."""
        if self.tag not in self.documents[0].tags and line.gone:
            return ""
        return link(self.path(self.tag), clause_path(self.head.policy, line.id, self.tag))

    def name(self, line: Line) -> str:
        heading = "".join(plain(piece.runs) or " " for piece in line.heading if piece.op != Op.DELETE)
        return " ".join(part for part in (line.labels[1] or line.labels[0], heading) if part)

    def side(self, pieces: tuple[Piece, ...], op: Op) -> Markup:
        return self.marks.text(tuple(piece for piece in pieces if piece.op in (op, Op.EQUAL)))


def values(change: Change, tag: str, marks: Marks) -> tuple[Markup, ...]:
    """The redline of a value, of what a clause is tagged with, or of where its links lead."""
    if change.kind in {"refacted", "reworded", "split", "merged"}:
        return unseen(change.kind, (change.before, change.after), tag, marks)
    found = (change.old_values, change.new_values)
    key = tag if any(tag in one for one in found) else ""
    old, new = (((Text(one[key]),),) if one.get(key) else () for one in found)
    return _edited(old, new, tag, marks)


def unseen(
    kind: str, sides: tuple[Sequence[Node], Sequence[Node]], tag: str, marks: Marks
) -> tuple[Markup, ...]:
    """What changed beside the text: the tags, or where links lead."""
    old, new = (tag_lines(side) if kind == "refacted" else addresses(side, tag) for side in sides)
    return _edited(old, new, tag, marks)


def _edited(old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str, marks: Marks) -> tuple[Markup, ...]:
    """The lines in which anything is marked."""
    if old == new:
        return ()
    lines = paragraphs(marked(old, new, tag))
    return marks.paragraphs(tuple(line for line in lines if any(it.op is not Op.EQUAL for it in line)))


def _stretches(rows: Sequence[Row]) -> tuple[Stretch, ...]:
    return tuple(Stretch(new, tuple(those)) for new, those in groupby(rows, lambda row: bool(row.items)))


def _place(change: Change) -> str:
    if change.kind in {"split", "merged"}:
        return change.after[0].id
    return change.clause


def _as_read(items: tuple[Item, ...], lines: tuple[Line, ...]) -> list[Item]:
    """The changes in the order in which a reader meets them; those of the whole policy come first."""
    places = {line.id: at for at, line in reversed(list(enumerate(lines)))}
    return sorted(items, key=lambda item: places.get(item.id, -1))


def _around(stops: list[str], at: int | None) -> tuple[str, str]:
    """The changed clauses before and after one."""
    if at is None:
        return "", ""
    return stops[at - 1] if at else "", stops[at + 1] if at + 1 < len(stops) else ""
