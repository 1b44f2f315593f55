"""The facts box: where an edition stands, in words."""

from __future__ import annotations

from dataclasses import dataclass

from policypress.core.model import Document, Language
from policypress.core.site import Words
from policypress.render import grounds, i18n
from policypress.render.edition import Edition


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row: a term and what is to be said of it, line by line."""

    term: str
    lines: tuple[str, ...]


def rows(edition: Edition, tag: str, words: Words) -> tuple[FactRow, ...]:
    """At most seven rows, of which a draft has five: nothing is said of what has not happened."""
    document = edition.document
    found = [
        *_standing(edition, tag, words),
        FactRow(words.gettext("Publisher"), (document.publisher.name[tag],)),
        *_languages(document, tag, words),
        FactRow(words.gettext("Contact"), (document.publisher.contact[tag],)),
    ]
    return tuple(found)


def _languages(document: Document, tag: str, words: Words) -> list[FactRow]:
    lines = tuple(_language(language, document, tag, words) for language in document.languages)
    if len(lines) == 1:
        return [FactRow(words.gettext("Language"), lines)]
    return [
        FactRow(words.gettext("Languages"), lines),
        FactRow(words.gettext("Prevailing text"), (prevailing(document, tag, words),)),
    ]


def _standing(edition: Edition, tag: str, words: Words) -> list[FactRow]:
    if edition.draft:
        return [FactRow(words.gettext("Status"), (words.gettext("Draft, not yet published"),))]
    found = [FactRow(words.gettext("Version"), (edition.version,))]
    zone = edition.document.time_zone
    why = grounds.of_start(edition.date_basis, edition.reasons, words)
    if edition.effective:
        lines = (i18n.instant(edition.effective, tag, zone), *why)
        found.append(FactRow(words.gettext("Effective"), lines))
    elif edition.known_since:
        since = {"date": i18n.date(edition.known_since, tag, zone)}
        line = words.gettext("Unknown; in force since %(date)s at the latest") % since
        found.append(FactRow(words.gettext("Effective"), (line, *why)))
    if edition.published:
        lines = (i18n.instant(edition.published, tag, zone), *grounds.of_publication(edition.reasons, words))
        found.append(FactRow(words.gettext("Published"), lines))
    return found


def _language(language: Language, document: Document, reader: str, words: Words) -> str:
    name = i18n.language_name(language.tag, reader, among=document.tags)
    return words.gettext("%(language)s: %(standing)s") % {
        "language": name,
        "standing": standing(language.status, words),
    }


def standing(status: str, words: Words) -> str:
    """What a language's status means, in words."""
    meanings = {
        "official": words.gettext("official text"),
        "convenience": words.gettext("translation, for information only"),
        "unreviewed": words.gettext("translation, not yet reviewed by the publisher"),
    }
    return meanings[status]


def prevailing(document: Document, reader: str, words: Words) -> str:
    """Which language prevails, in a sentence."""
    if document.prevailing == "unstated":
        return words.gettext("The policy does not state which language prevails.")
    if document.prevailing == "equal":
        return words.gettext("The texts in all languages are equally valid.")
    name = i18n.language_name(document.prevailing, reader, among=document.tags)
    return words.gettext("The text in %(language)s prevails.") % {"language": name}
