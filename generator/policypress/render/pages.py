"""One function per kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policypress.core import languages
from policypress.core.model import Node, walk
from policypress.core.resolving import Weighed
from policypress.core.site import Frame, LanguageLink, Page, Words, link
from policypress.core.text import plain
from policypress.render import clauses, facts, i18n, structured, templates
from policypress.render.api import files
from policypress.render.edition import Archive, Edition
from policypress.render.standing import standing

if TYPE_CHECKING:
    from policypress.core.redlined import Line
    from policypress.render.changes import Row, Told

HOME = "index.html"
NOT_FOUND = "404.html"
SEARCH = "search/search_index.json"
PRINT = "print.css"
HISTORY = "history/index.html"
CHANGES = "changes/index.html"
COMPARE = "compare/index.html"
CLAUSES = "clauses/"
TIME_MAP = "timemap.link"
VERSIONS = "versions.json"
DESCRIPTION_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy in a list: its title, its address and whether it is only a draft."""

    title: str
    href: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A language on the home page."""

    tag: str
    name: str
    href: str
    heading: str
    policies: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All editions of a site and their languages, in order."""

    editions: tuple[Edition, ...]
    workspace: Path | None = None
    archives: tuple[Archive, ...] = ()
    site_url: Callable[[], str] = str
    weighed: dict[tuple[str, str], tuple[Weighed, ...]] = field(default_factory=dict)
    told: dict[tuple[tuple[str, str], str], Told] = field(default_factory=dict)
    same: dict[tuple[str, Line], Row] = field(default_factory=dict)
    kept: templates.Kept = field(default_factory=templates.Kept)
    spoken: dict[str, Words] = field(default_factory=dict)

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language that any policy has."""
        return tuple(dict.fromkeys(tag for edition in self.editions for tag in edition.document.tags))

    def words(self, tag: str) -> Words:
        """The interface in a language, looked up once."""
        if tag not in self.spoken:
            self.spoken[tag] = i18n.words(tag, self.workspace)
        return self.spoken[tag]

    def within(self, tag: str) -> tuple[Edition, ...]:
        """The editions that have a text in this language."""
        return tuple(edition for edition in self.editions if tag in edition.document.tags)

    def publishers(self, tag: str) -> str:
        """Who publishes, in one language: one name, or several."""
        names = dict.fromkeys(edition.document.publisher.name[tag] for edition in self.within(tag))
        return ("、" if languages.is_han(tag) else ", ").join(names)


def feed(policy: str, tag: str) -> str:
    """The address of a policy's feed in one language, without `.atom` or `.json`."""
    return f"feeds/{policy}.{tag}"


def clause_path(policy: str, name: str, tag: str) -> str:
    """The address of the page of a clause, the same for ever."""
    return f"{tag}/{policy}/{CLAUSES}{name}/index.html"


def policy(edition: Edition, tag: str, shelf: Shelf) -> Page:
    """The text of a policy."""
    document = edition.document
    words = shelf.words(tag)
    path = edition.path(tag)
    content = templates.render(
        "policy.html",
        words,
        shelf.workspace,
        edition=edition,
        title=document.title[tag],
        facts=facts.rows(edition, tag, words),
        contents=clauses.contents(document.nodes, tag),
        clauses=clauses.clauses(document.nodes, tag),
        **_clauses(edition, tag, shelf),
        joint="" if languages.is_spaceless(tag) else " ",
        original=_original(edition, tag, path),
        effective=i18n.date(edition.effective, tag, document.time_zone) if edition.effective else "",
        standing=None if edition.draft else standing(edition, tag, words),
        changes=link(path, f"{edition.home(tag)}{edition.version}/{CHANGES}") if edition.based_on else "",
        history=link(path, edition.home(tag) + HISTORY),
    )
    frame = Frame(
        words=words,
        publisher=document.publisher.name[tag],
        contact=document.publisher.contact[tag],
        home=f"{tag}/index.html",
        languages=_links(document.tags, tag, {other: edition.path(other) for other in document.tags}),
        search=edition.folder(tag) + SEARCH,
        print_style=edition.folder(tag) + PRINT,
        links=_relations(edition, tag),
        feed="" if edition.draft else feed(document.policy, tag),
        data="" if edition.draft else files.text(document.policy, edition.version, tag),
    )
    return Page(
        path,
        "policy",
        tag,
        _title(edition, tag, words),
        description(document.nodes, tag),
        content,
        frame,
        indexed=not edition.pinned,
        canonical=edition.home(tag) + HOME,
        structured=structured.document(edition, tag, shelf.site_url()),
    )


def _clauses(edition: Edition, tag: str, shelf: Shelf) -> dict[str, Any]:
    """How the clauses are printed: those of the text in force lead to their own pages."""
    if edition.pinned or edition.draft:
        return {"past": "", "kept": shelf.kept.within(tag)}
    return {"past": CLAUSES}


def _title(edition: Edition, tag: str, words: Words) -> str:
    title = f"{edition.document.title[tag]} – {edition.document.publisher.name[tag]}"
    if not edition.pinned:
        return title
    return f"{words.gettext('Version %(version)s') % {'version': edition.version}} · {title}"


def _relations(edition: Edition, tag: str) -> tuple[tuple[str, str], ...]:
    """Where the other versions are, for programs (RFC 5829)."""
    if edition.draft:
        return ()
    home = edition.home(tag)
    found = [("version-history", home + HISTORY), ("timemap", home + TIME_MAP)]
    if edition.pinned:
        found.append(("latest-version", home + HOME))
        if edition.based_on:
            found.append(("predecessor-version", f"{home}{edition.based_on}/index.html"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Original:
    """The text that an unreviewed translation was made from."""

    language: str
    tag: str
    href: str


def _original(edition: Edition, tag: str, path: str) -> Original | None:
    document = edition.document
    status = next(language.status for language in document.languages if language.tag == tag)
    if status != "unreviewed" or document.source_language == tag:
        return None
    source = document.source_language
    name = i18n.language_name(source, tag, among=document.tags)
    return Original(name, source, link(path, edition.path(source)))


def _links(tags: tuple[str, ...], current: str, paths: dict[str, str]) -> tuple[LanguageLink, ...]:
    if len(tags) < 2:
        return ()
    return tuple(
        LanguageLink(tag, i18n.language_name(tag, among=tags), paths[tag], tag == current) for tag in tags
    )


def description(nodes: tuple[Node, ...], tag: str) -> str:
    """The first sentences of the text, as many as a search engine shows."""
    first = next((plain(texts[0]) for node in walk(nodes) if (texts := node.text.get(tag))), "")
    if len(first) <= DESCRIPTION_LENGTH:
        return first
    ends = [match.end() for match in re.finditer(r"[.!?](?= )|[。！？]", first)]
    fitting = [end for end in ends if end <= DESCRIPTION_LENGTH]
    return first[: fitting[-1]] if fitting else first[: DESCRIPTION_LENGTH - 1].rstrip() + "…"


def policies(tag: str, shelf: Shelf) -> Page:
    """The policies in one language."""
    words = shelf.words(tag)
    path = f"{tag}/index.html"
    publisher = shelf.publishers(tag)
    listed = _listed(tag, shelf, path)
    content = templates.render("policies.html", words, shelf.workspace, publisher=publisher, policies=listed)
    links = _links(shelf.tags, tag, {other: f"{other}/index.html" for other in shelf.tags})
    frame = Frame(words, publisher, _contact(tag, shelf), path, links, data=_index(shelf))
    title = words.gettext("Policies of %(publisher)s") % {"publisher": publisher}
    told = structured.policies(shelf.within(tag), path, tag, shelf.site_url())
    return Page(path, "policies", tag, title, title, content, frame, structured=told)


def _index(shelf: Shelf) -> str:
    return files.INDEX if shelf.archives else ""


def _listed(tag: str, shelf: Shelf, path: str) -> tuple[Listed, ...]:
    return tuple(
        Listed(edition.document.title[tag], link(path, edition.path(tag)), edition.draft)
        for edition in shelf.within(tag)
    )


def _contact(tag: str, shelf: Shelf) -> str:
    contacts = dict.fromkeys(edition.document.publisher.contact[tag] for edition in shelf.within(tag))
    return next(iter(contacts)) if len(contacts) == 1 else ""


def home(shelf: Shelf) -> Page:
    """The choice of a language: a card for each, wholly in its language."""
    tag = shelf.tags[0]
    words = shelf.words(tag)
    cards = "".join(_card(other, shelf) for other in shelf.tags)
    publishers = [(other, shelf.publishers(other)) for other in shelf.tags]
    names = [name for _, name in publishers]
    distinct = tuple(pair for index, pair in enumerate(publishers) if pair[1] not in names[:index])
    content = templates.render("home.html", words, shelf.workspace, cards=cards, publishers=distinct)
    titles = [" · ".join(listed.title for listed in _listed(other, shelf, HOME)) for other in shelf.tags]
    frame = Frame(words, shelf.publishers(tag), "", HOME, data=_index(shelf))
    return Page(HOME, "home", tag, " / ".join(titles), " / ".join(titles), content, frame)


def _card(tag: str, shelf: Shelf) -> str:
    card = Card(
        tag,
        i18n.language_name(tag, among=shelf.tags),
        link(HOME, f"{tag}/index.html"),
        shelf.publishers(tag),
        _listed(tag, shelf, HOME),
    )
    return templates.render("card.html", shelf.words(tag), shelf.workspace, card=card)


def not_found(shelf: Shelf) -> Page:
    """What a wrong address shows, in every language. The theme adds links if it knows where the site is."""
    tag = shelf.tags[0]
    every = {other: shelf.words(other) for other in shelf.tags}
    parts = [
        templates.render("not_found.html", theirs, shelf.workspace, tag=other, first=other == tag)
        for other, theirs in every.items()
    ]
    links = tuple(
        LanguageLink(other, i18n.language_name(other, among=shelf.tags), f"{other}/index.html", current=False)
        for other in shelf.tags
    )
    frame = Frame(every[tag], shelf.publishers(tag), "", HOME, links)
    title = " / ".join(theirs.gettext("Page not found") for theirs in every.values())
    return Page(NOT_FOUND, "error", tag, title, title, "".join(parts), frame, indexed=False)
