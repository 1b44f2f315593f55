"""The records of a page as entries: what a feed reader shows, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from policypress.core import permanent
from policypress.core.changes import Change
from policypress.core.heads import Head
from policypress.core.since import action
from policypress.core.site import absolute, link
from policypress.render import changes, history, i18n, templates
from policypress.render.edition import Archive
from policypress.render.feeds.records import Record, Sheet
from policypress.render.pages import CHANGES, HISTORY, Shelf
from policypress.render.standing import state_words

Tags = tuple[tuple[str, str], ...]
Known = Mapping[tuple[str, str], "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record. `tags` pairs what a reader can filter by with its value: `severity` with `minor`.

    `sha256` is the digest of the release's file; a withdrawal has none.
    """

    id: str
    url: str
    title: str
    summary: str
    content: Markup
    published: datetime
    updated: datetime
    tags: Tags
    sha256: str = ""


@dataclass(frozen=True)
class Feed:
    """One page of a feed, in one language; the newest entry is the first. Addresses are made by `to`."""

    sheet: Sheet
    id: str
    title: str
    author: str
    to: Callable[[str], str]
    entries: tuple[Entry, ...]

    @property
    def home(self) -> str:
        """The page that tells the same."""
        return self.to(f"{self.sheet.tag}/{self.sheet.policy}/{HISTORY}")


def feed(sheet: Sheet, archive: Archive, shelf: Shelf, known: Known) -> Feed:
    """A page with its entries. What it says of the policy is what its newest version says.

    `known` are entries that were made before, by name and digest: those are not made again.
    """
    newest, tag = sheet.records[-1].head, sheet.tag
    site_url = shelf.site_url()

    def to(path: str) -> str:
        return absolute(site_url, path) if site_url else link(f"{sheet.stem}.atom", path)

    maker = _Maker(sheet, archive, shelf, known, to)
    words = shelf.words(tag)
    return Feed(
        sheet=sheet,
        id=maker.name(),
        title=words.gettext("Versions of %(title)s") % {"title": newest.title[tag]},
        author=archive.load(newest.version).publisher.name[tag],
        to=to,
        entries=tuple(maker.entry(record) for record in reversed(sheet.records)),
    )


class _Maker:
    def __init__(
        self, sheet: Sheet, archive: Archive, shelf: Shelf, known: Known, to: Callable[[str], str]
    ) -> None:
        self.sheet, self.archive, self.shelf, self.known, self.to = sheet, archive, shelf, known, to
        self.tag, self.words = sheet.tag, shelf.words(sheet.tag)
        first = archive.heads[0]
        document = archive.load(first.version)
        contact = document.publisher.contact[document.source_language]
        self.authority, self.ledger = permanent.authority(contact, first.recorded), first.sha256

    def name(self, *place: str) -> str:
        return permanent.name(self.authority, self.ledger, self.sheet.policy, *place, self.tag)

    def entry(self, record: Record) -> Entry:
        if record.withdrawn:
            return self.withdrawal(record)
        known = self.known.get((self.name(record.head.version), record.head.sha256))
        return known or self.release(record.head, record.updated)

    def withdrawal(self, record: Record) -> Entry:
        head, at = record.head, record.updated
        said = self.words.gettext("Withdrawn on %(date)s, never in force")
        period = said % {"date": i18n.date(at, self.tag, head.time_zone)}
        reason = self.words.gettext("Reason: %(reason)s") % {"reason": record.reason}
        return Entry(
            id=self.name(head.version, "withdrawn"),
            url=self.to(f"{self.tag}/{head.policy}/{head.version}/index.html"),
            title=self.title(head, state_words(self.words)["withdrawn"]),
            summary=reason,
            content=Markup("<p>{}</p>\n<p>{}</p>\n").format(period, reason),
            published=at,
            updated=at,
            tags=(("type", "withdrawal"),),
        )

    def release(self, head: Head, updated: datetime) -> Entry:
        text = self.to(f"{self.tag}/{head.policy}/{head.version}/index.html")
        sheet = self.told(head)
        tags = [("type", "release"), ("severity", head.severity), ("action", action(head))]
        tags += [("language", tag) for tag in _languages(sheet.changes if sheet else (), head.tags)]
        title = self.title(head, history.severity_words(head, self.words))
        return Entry(
            id=self.name(head.version),
            url=text,
            title=title,
            summary="\n".join(head.summaries(self.tag)) or title,
            content=self.content(head, text, sheet),
            published=head.published,
            updated=updated,
            tags=tuple(tags),
            sha256=head.sha256,
        )

    def title(self, head: Head, what: str) -> str:
        version = self.words.gettext("Version %(version)s") % {"version": head.version}
        return f"{version} · {what}"

    def told(self, head: Head) -> changes.Told | None:
        if not head.based_on:
            return None
        return changes.told(head, self.archive, self.shelf, self.tag)

    def content(self, head: Head, text: str, sheet: changes.Told | None) -> Markup:
        """Notes and redline. References lead to the page: a feed has no anchors of its own."""
        shown = templates.render(
            "feed_entry.html",
            self.words,
            self.shelf.workspace,
            tag=self.tag,
            effective=i18n.date(head.effective, self.tag, head.time_zone) if head.effective else "",
            notes=tuple(note for note in head.notes if self.tag in note["summary"]),
            items=tuple(item for item in (sheet.items if sheet else ()) if item.kind != "renumbered"),
            rows=sheet.rows if sheet else (),
            text=text,
            changes=self.to(f"{self.tag}/{head.policy}/{head.version}/{CHANGES}") if sheet else "",
        )
        # What a person wrote is escaped: these characters stand only where we put them.
        return Markup(shown.replace('href="#', f'href="{text}#'))


def _languages(changed: tuple[Change, ...], tags: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which a release says something new: all, if any change is in no language."""
    if not changed or any(not one.languages or "" in {*one.old, *one.new} for one in changed):
        return tags
    return tuple(tag for tag in tags if any(tag in one.languages for one in changed))
