"""A policy's history: the page of all versions, and the same for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from policypress.core.site import Frame, LanguageLink, Page, Words, link
from policypress.core.timeline import Entry
from policypress.render import i18n, templates
from policypress.render.edition import Archive, Edition
from policypress.render.pages import HISTORY, Shelf
from policypress.render.standing import state_words


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
    changes: str = ""
    data: str = ""


def page(archive: Archive, tag: str, shelf: Shelf) -> Page:
    """The timeline, newest first."""
    current = archive.current
    words = i18n.words(tag, shelf.workspace)
    path = current.home(tag) + HISTORY
    passages = tuple(
        _passage(entry, archive, tag, words, path) for entry in reversed(archive.timeline.entries)
    )
    title = words.gettext("Versions of %(title)s") % {"title": current.document.title[tag]}
    content = templates.render(
        "history.html",
        words,
        shelf.workspace,
        title=title,
        passages=passages,
        current=link(path, current.path(tag)),
        zone=i18n.zone_name(current.document.time_zone, tag),
        asking=_asking(current, link(path, current.path(tag)), words),
    )
    frame = Frame(
        words=words,
        publisher=current.document.publisher.name[tag],
        contact=current.document.publisher.contact[tag],
        home=f"{tag}/index.html",
        languages=_languages(archive, tag),
        links=(("latest-version", current.path(tag)),),
    )
    return Page(path, "history", tag, title, title, content, frame)


def _passage(entry: Entry, archive: Archive, tag: str, words: Words, path: str) -> Passage:
    edition = archive.edition(entry.version)
    state = _state(entry, archive)
    zone = edition.document.time_zone
    return Passage(
        version=entry.version,
        href=link(path, edition.path(tag)),
        state=state,
        state_words=state_words(words)[state],
        period=_period(entry, archive, tag, zone, words),
        published=words.gettext("Published %(date)s") % {"date": i18n.date(entry.published, tag, zone)},
        severity=edition.severity if edition.based_on else "",
        severity_words=_severity_words(edition, words),
        summaries=tuple(summary[tag] for summary in edition.summaries if tag in summary),
        reason=archive.withdrawals.get(entry.version, ""),
    )


def _state(entry: Entry, archive: Archive) -> str:
    if entry.withdrawn is not None:
        return "withdrawn"
    if entry.applies_from > archive.as_of:
        return "scheduled"
    return "in-force" if entry == archive.timeline.in_force(archive.as_of) else "past"


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


def _severity_words(edition: Edition, words: Words) -> str:
    if edition.based_on is None:
        return words.gettext("First version")
    return {
        "material": words.gettext("Material change"),
        "minor": words.gettext("Minor change"),
        "editorial": words.gettext("Editorial change"),
    }[edition.severity]


def _period(entry: Entry, archive: Archive, tag: str, zone: str, words: Words) -> str:
    """From when to when it binds, in words that stay true."""
    if entry.withdrawn is not None:
        on = {"date": i18n.date(entry.withdrawn, tag, zone)}
        return words.gettext("Withdrawn on %(date)s, never in force") % on
    span = next((span for span in archive.timeline.spans() if span.entry == entry), None)
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


def versions(archive: Archive, tag: str) -> bytes:
    """versions.json: the shape that version selectors read, newest first, with the instants that decide."""
    current = archive.current.version
    listed = [_version(entry, archive, tag, current) for entry in reversed(archive.timeline.entries)]
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def _version(entry: Entry, archive: Archive, tag: str, current: str) -> dict[str, object]:
    title = archive.edition(entry.version).document.title[tag]
    properties: dict[str, str] = {"published": entry.published.isoformat()}
    if entry.effective:
        properties["effective"] = entry.effective.isoformat()
    elif entry.known_since:
        properties["known_since"] = entry.known_since.isoformat()
    if entry.withdrawn:
        properties["withdrawn"] = entry.withdrawn.isoformat()
    aliases = ["latest"] if entry.version == current else []
    return {
        "version": entry.version,
        "title": f"{title} {entry.version}",
        "aliases": aliases,
        "properties": properties,
    }


def time_map(archive: Archive) -> bytes:
    """A TimeMap (RFC 7089): every version that ever bound, with the instant from which it did."""
    lines = ['<./>; rel="original"', '<timemap.link>; rel="self"; type="application/link-format"']
    lines += [
        f'<{span.entry.version}/>; rel="memento"; datetime="{_http_date(span.start)}"'
        for span in archive.timeline.spans()
        if span.start <= archive.as_of
    ]
    return (",\n".join(lines) + "\n").encode()


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _http_date(moment: datetime) -> str:
    """As HTTP writes it, whatever the locale."""
    at = moment.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S} GMT"


def files(archive: Archive) -> dict[str, bytes]:
    """What programs read of a policy's history."""
    found: dict[str, bytes] = {}
    for tag in archive.current.document.tags:
        home = archive.current.home(tag)
        found[f"{home}versions.json"] = versions(archive, tag)
        found[f"{home}timemap.link"] = time_map(archive)
    return found


def _languages(archive: Archive, tag: str) -> tuple[LanguageLink, ...]:
    """The history in the other languages."""
    tags = archive.current.document.tags
    if len(tags) < 2:
        return ()
    return tuple(
        LanguageLink(
            other, i18n.language_name(other, among=tags), archive.current.home(other) + HISTORY, other == tag
        )
        for other in tags
    )
