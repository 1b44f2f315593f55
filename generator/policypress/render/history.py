"""A policy's history: the page of all versions, and the same for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from policypress.core.canonical import digest
from policypress.core.heads import Head
from policypress.core.site import Frame, LanguageLink, Page, Part, Place, Words, link
from policypress.core.timeline import Entry, Span
from policypress.render import grounds, i18n, templates
from policypress.render.api import files as api
from policypress.render.edition import Archive, Edition
from policypress.render.pages import CHANGES, COMPARE, HISTORY, TIME_MAP, VERSIONS, Shelf, feed
from policypress.render.standing import state_words

CHAPTER = 50


@dataclass(frozen=True, slots=True)
class Passage:
    """One version in the list. `state` is in-force, scheduled, past or withdrawn, as of the build."""

    version: str
    href: str
    state: str
    state_words: str
    period: str
    published: str
    severity: str
    severity_words: str
    summaries: tuple[str, ...]
    reason: str
    grounds: tuple[str, ...]
    changes: str
    data: str


@dataclass(frozen=True)
class Chapter:
    """Some neighbouring versions, in the order of the ledger: what one page of the history tells.

    Every page but the first holds the same versions for ever; the first, at the policy's `history/`,
    holds the newest, between one and two pages' worth.
    """

    archive: Archive
    number: int
    last: int
    entries: tuple[Entry, ...]

    @property
    def is_newest(self) -> bool:
        """Whether it is the page to which all others lead."""
        return self.number == self.last

    def path(self, tag: str, number: int | None = None) -> str:
        """Where this page is, or the one of another number."""
        wanted = self.number if number is None else number
        below = HISTORY if wanted == self.last else f"history/{wanted}/index.html"
        return self.archive.current.home(tag) + below

    @property
    def places(self) -> tuple[Place, ...]:
        """For search engines."""
        return tuple(Place(self.path(tag)) for tag in self.archive.current.document.tags)

    @cached_property
    def digest(self) -> str:
        """Of all that the page says."""
        told = [[*map(str, self._told(entry))] for entry in self.entries]
        return digest([self.archive.framed, self.number, self.last, told])

    def _told(self, entry: Entry) -> tuple[object, ...]:
        span = self.archive.spans.get(entry.version)
        bound = (span.start, span.until) if span else ()
        state = self.archive.state(entry.version)
        return self.archive.head(entry.version).sha256, state, bound, entry.withdrawn


def chapters(archive: Archive) -> tuple[Chapter, ...]:
    """All pages of a history, the oldest first."""
    entries = archive.timeline.entries
    last = max(0, len(entries) // CHAPTER - 1)
    starts = [number * CHAPTER for number in range(last + 1)]
    ends = [*starts[1:], len(entries)]
    return tuple(
        Chapter(archive, number, last, entries[start:end])
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def part(chapter: Chapter, shelf: Shelf) -> Part:
    """A chapter in every language."""
    return Part(tuple(page(chapter, tag, shelf) for tag in chapter.archive.current.document.tags))


def page(chapter: Chapter, tag: str, shelf: Shelf) -> Page:
    """The timeline, newest first."""
    archive = chapter.archive
    current = archive.current
    words = shelf.words(tag)
    path = chapter.path(tag)
    passages = tuple(_passage(entry, archive, tag, words, path) for entry in reversed(chapter.entries))
    title = words.gettext("Versions of %(title)s") % {"title": current.document.title[tag]}
    content = templates.render(
        "history.html",
        words,
        shelf.workspace,
        title=title,
        passages=passages,
        current=link(path, current.path(tag)),
        compare=link(path, current.home(tag) + COMPARE),
        zone=i18n.zone_name(current.document.time_zone, tag),
        asking=_asking(current, link(path, current.path(tag)), words),
        newer="" if chapter.is_newest else link(path, chapter.path(tag, chapter.number + 1)),
        older=link(path, chapter.path(tag, chapter.number - 1)) if chapter.number else "",
    )
    frame = Frame(
        words=words,
        publisher=current.document.publisher.name[tag],
        contact=current.document.publisher.contact[tag],
        home=f"{tag}/index.html",
        languages=_languages(chapter, tag),
        links=(("latest-version", current.path(tag)),),
        feed=feed(archive.policy, tag),
        data=api.versions(archive.policy),
    )
    return Page(path, "history", tag, title, title, content, frame, indexed=chapter.is_newest)


def _passage(entry: Entry, archive: Archive, tag: str, words: Words, path: str) -> Passage:
    head = archive.head(entry.version)
    state = archive.state(entry.version)
    told = tag if tag in head.tags else head.tags[0]
    home = archive.current.home(told)
    return Passage(
        version=entry.version,
        href=link(path, f"{home}{entry.version}/index.html"),
        state=state,
        state_words=state_words(words)[state],
        period=_period(entry, archive.spans.get(entry.version), tag, head.time_zone, words),
        published=words.gettext("Published %(date)s")
        % {"date": i18n.date(entry.published, tag, head.time_zone)},
        severity=head.severity if head.based_on else "",
        severity_words=severity_words(head, words),
        summaries=head.summaries(tag),
        reason=archive.withdrawals.get(entry.version, ""),
        grounds=(
            *grounds.of_start(head.date_basis, head.reasons, words),
            *grounds.of_publication(head.reasons, words),
        ),
        changes=link(path, f"{home}{entry.version}/{CHANGES}") if head.based_on else "",
        data=link(path, api.text(archive.policy, entry.version, told)),
    )


def _asking(current: Edition, home: str, words: Words) -> dict[str, object]:
    """What a script needs to say which version was in force on a date."""
    known = {"date": "{date}", "version": "{version}"}
    said = {
        "answer": words.gettext("In force on %(date)s: %(version)s"),
        "planned": words.gettext("In force on %(date)s, as far as is known today: %(version)s"),
        "none": words.gettext("No version is known to have been in force on %(date)s."),
        "version": words.gettext("version %(version)s"),
        "failed": words.gettext("The versions could not be loaded"),
    }
    return {
        "home": home,
        "zone": current.document.time_zone,
        "words": {name: text % known for name, text in said.items()},
        "states": state_words(words),
    }


def severity_words(head: Head, words: Words) -> str:
    """What kind of change a release is."""
    if head.based_on is None:
        return words.gettext("First version")
    return {
        "material": words.gettext("Material change"),
        "minor": words.gettext("Minor change"),
        "editorial": words.gettext("Editorial change"),
    }[head.severity]


def _period(entry: Entry, span: Span | None, tag: str, zone: str, words: Words) -> str:
    """From when to when it binds, in words that stay true."""
    if entry.withdrawn is not None:
        on = {"date": i18n.date(entry.withdrawn, tag, zone)}
        return words.gettext("Withdrawn on %(date)s, never in force") % on
    if span is None:
        return words.gettext("Never in force")
    until = i18n.date(span.until, tag, zone) if span.until else ""
    if entry.effective is None:
        known = {"since": i18n.date(span.start, tag, zone), "until": until}
        if until:
            return words.gettext("Known to be in force since %(since)s, until %(until)s") % known
        return words.gettext("Known to be in force since %(since)s") % known
    dates = {"start": i18n.date(span.start, tag, zone), "until": until}
    if until:
        return words.gettext("In force from %(start)s to %(until)s") % dates
    return words.gettext("In force from %(start)s") % dates


def files(archive: Archive) -> dict[str, bytes]:
    """What programs read of a policy's history."""
    found: dict[str, bytes] = {}
    for tag in archive.current.document.tags:
        home = archive.current.home(tag)
        found[home + VERSIONS] = versions(archive, tag)
        found[home + TIME_MAP] = time_map(archive, tag)
    return found


def versions(archive: Archive, tag: str) -> bytes:
    """versions.json: the shape that version selectors read, newest first, with the instants that decide."""
    entries = reversed(archive.timeline.entries)
    listed = (_version(entry, archive, tag) for entry in entries if tag in archive.head(entry.version).tags)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in listed)
    return f"[\n{lines}\n]\n".encode()


def _version(entry: Entry, archive: Archive, tag: str) -> dict[str, object]:
    return {
        "version": entry.version,
        "title": f"{archive.head(entry.version).title[tag]} {entry.version}",
        "aliases": ["latest"] if entry.version == archive.shown.version else [],
        "properties": dict(_instants(entry)),
    }


def _instants(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "published", entry.published.isoformat()
    if entry.effective:
        yield "effective", entry.effective.isoformat()
    elif entry.known_since:
        yield "known_since", entry.known_since.isoformat()
    if entry.withdrawn:
        yield "withdrawn", entry.withdrawn.isoformat()


def time_map(archive: Archive, tag: str) -> bytes:
    """A TimeMap (RFC 7089): every version that ever bound, with the instant from which it did."""
    lines = ['<./>; rel="original"', '<timemap.link>; rel="self"; type="application/link-format"']
    lines += [
        f'<{span.entry.version}/>; rel="memento"; datetime="{_http_date(span.start)}"'
        for span in archive.spans.values()
        if span.start <= archive.as_of and tag in archive.head(span.entry.version).tags
    ]
    return (",\n".join(lines) + "\n").encode()


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _http_date(moment: datetime) -> str:
    """As HTTP writes it, whatever the locale."""
    at = moment.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S} GMT"


def _languages(chapter: Chapter, tag: str) -> tuple[LanguageLink, ...]:
    """The history in the other languages."""
    tags = chapter.archive.current.document.tags
    if len(tags) < 2:
        return ()
    return tuple(
        LanguageLink(other, i18n.language_name(other, among=tags), chapter.path(other), other == tag)
        for other in tags
    )
