"""All documents as a site of units: pages, search indexes, styles and scripts, made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from policypress.core.canonical import digest
from policypress.core.heads import Head
from policypress.core.model import Document
from policypress.core.site import Catalog, Part, Place, Site, Unit
from policypress.core.snapshot import to_json
from policypress.render import (
    changes,
    clause_page,
    compare,
    compared,
    history,
    hosting,
    pages,
    paper,
    resources,
    search,
    subjects,
)
from policypress.render.api import units as api
from policypress.render.assets import Assets, assets
from policypress.render.compared import Published
from policypress.render.edition import Archive, Edition
from policypress.render.feeds import units as feeds
from policypress.render.pages import Shelf
from policypress.render.subjects import Subject


def render_site(
    documents: tuple[Document, ...],
    workspace: Path | None = None,
    archives: tuple[Archive, ...] = (),
    *,
    drafts: bool = False,
) -> Site:
    """The whole site, made at once."""
    found = catalog(documents, workspace, archives, drafts=drafts)
    return found.site(unit.make() for unit in found.units)


def catalog(  # noqa: PLR0913
    documents: tuple[Document, ...],
    workspace: Path | None = None,
    archives: tuple[Archive, ...] = (),
    *,
    drafts: bool = False,
    base: str = "",
    published: Published = lambda _: None,
    site_url: Callable[[], str] = str,
) -> Catalog:
    """The site of these drafts, and of what was released.

    Where a policy has releases its address shows them and not the draft, unless `drafts` says so.
    `workspace` is the folder whose own `templates/` come first; `base` is the digest of all that every
    page depends on: the renderer, its templates and the site's configuration. `published` reads a file of a
    site that was built on the same base, to spare work; `site_url` says where the site is, if that is known.
    """
    released = {} if drafts else {archive.policy: archive.current for archive in archives}
    editions = tuple(released.get(document.policy, Edition(document)) for document in documents)
    shelf = Shelf(editions, workspace, archives, site_url)
    ours = assets(workspace)
    return Catalog(
        units=tuple(_Units(shelf, ours, base, published).all()),
        assets=ours.names,
        theme=tuple(str(folder) for folder in resources.each("theme", workspace)),
        base=base,
    )


class _Units:
    """The units of a site, in the order in which a person would list them."""

    def __init__(self, shelf: Shelf, ours: Assets, base: str, published: Published) -> None:
        self.shelf, self.ours, self.base, self.published = shelf, ours, base, published
        self.editions = {edition.document.policy: self._key(edition) for edition in shelf.editions}

    def key(self, *parts: object) -> str:
        """The digest of what goes into a unit, besides what goes into all."""
        return digest([self.base, *parts])

    def _key(self, edition: Edition) -> str:
        """The digest of all that an edition says; a release's text is known by its file's."""
        text = edition.sha256 or to_json(edition.document)
        rest = [str(getattr(edition, part.name)) for part in fields(edition) if part.name != "document"]
        return digest([text, rest])

    def all(self) -> Iterator[Unit]:
        yield Unit("assets", self.key("assets"), lambda: Part(files=self.ours.files))
        yield Unit("hosting", self.key("hosting"), self._hosting)
        yield from self._lists()
        for edition in self.shelf.editions:
            yield self._policy(edition)
        for archive in self.shelf.archives:
            yield from self._archive(archive)
        yield from api.units(self.shelf.archives, self.key)

    def _hosting(self) -> Part:
        """What the host itself reads."""
        return Part(files={hosting.HEADERS: hosting.text(hosting.HEADERS, self.shelf.workspace).encode()})

    def _lists(self) -> Iterator[Unit]:
        """The pages about all policies."""
        key = self.key("lists", self.editions, [edition.draft for edition in self.shelf.editions])

        def make() -> Part:
            lists = (pages.policies(tag, self.shelf) for tag in self.shelf.tags)
            return Part((pages.home(self.shelf), *lists, pages.not_found(self.shelf)))

        paths = (pages.HOME, *(f"{tag}/index.html" for tag in self.shelf.tags))
        yield Unit("lists", key, make, tuple(Place(path) for path in paths))

    def _policy(self, edition: Edition) -> Unit:
        """What a policy's address shows."""
        policy = edition.document.policy
        modified = edition.published.date().isoformat() if edition.published else ""
        places = tuple(Place(edition.path(tag), modified) for tag in edition.document.tags)
        key = self.key("policy", self.editions[policy])
        return Unit(f"policy {policy}", key, lambda: _edition(edition, self.shelf), places)

    def _archive(self, archive: Archive) -> Iterator[Unit]:
        """Every version at its own address, and what there is about all of them."""
        due: dict[str, list[Unit]] = {}
        for version, unit in feeds.units(archive, self.shelf, self.key, self.published):
            due.setdefault(version, []).append(unit)
        for head in archive.heads:
            yield Unit(
                f"version {head.policy} {head.version}",
                self.key("version", head.sha256),
                lambda version=head.version: self._version(archive, version),  # type: ignore[misc]
            )
            if head.based_on:
                yield self._changes(head, archive)
            yield from due.get(head.version, ())  # here, where their redlines are still at hand
        yield from self._clauses(archive)
        yield compared.unit(archive, self.key, self.published)
        yield compare.unit(archive, self.shelf, self.key)
        chapters = history.chapters(archive)
        for chapter in chapters:
            yield Unit(
                f"history {archive.policy} {chapter.number}",
                self.key("history", chapter.digest),
                lambda chapter=chapter: history.part(chapter, self.shelf),  # type: ignore[misc]
                chapter.places if chapter.is_newest else (),
            )
        told = [chapter.digest for chapter in chapters]
        yield Unit(
            f"versions {archive.policy}",
            self.key("versions", told),
            lambda: Part(files=history.files(archive)),
        )

    def _changes(self, head: Head, archive: Archive) -> Unit:
        """What a version changed in the text that it amends."""
        base = archive.head(head.based_on or "")
        key = self.key("changes", head.sha256, base.sha256)
        return Unit(
            f"changes {head.policy} {head.version}", key, lambda: changes.part(head, archive, self.shelf)
        )

    def _clauses(self, archive: Archive) -> Iterator[Unit]:
        """Of each clause that ever was, pages and file: made anew only when something happened to it."""
        for subject in subjects.subjects(archive):
            yield Unit(
                f"clause {archive.policy} {subject.name}",
                self.key("clause", subject.digest),
                lambda subject=subject: self._clause(subject),  # type: ignore[misc]
            )

    def _clause(self, subject: Subject) -> Part:
        life = compared.life(subject.archive, subject.name, subject.lineage, self.published)
        made = tuple(clause_page.page(subject, life, tag, self.shelf) for tag in subject.tags)
        return Part(made, {life.path: compared.written(life.data)})

    def _version(self, archive: Archive, version: str) -> Part:
        """The pages of a version, and the same for programs."""
        made = _edition(archive.edition(version), self.shelf)
        files = {**api.of_version(archive, version), **compared.outline(archive, version)}
        return Part(made.pages, {**made.files, **files})


def _edition(edition: Edition, shelf: Shelf) -> Part:
    tags = edition.document.tags
    files: dict[str, bytes] = {}
    for tag in tags:
        words = shelf.words(tag)
        files[edition.folder(tag) + pages.SEARCH] = search.index(edition.document, tag)
        files[edition.folder(tag) + pages.PRINT] = paper.style(edition, tag, words).encode()
    return Part(tuple(pages.policy(edition, tag, shelf) for tag in tags), files)
