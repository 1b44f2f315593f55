"""All documents as a site: pages, search indexes, styles and scripts, nothing written yet."""

from __future__ import annotations

from pathlib import Path

from policypress.core.model import Document
from policypress.core.site import Page, Site
from policypress.render import history, i18n, pages, paper, resources, search
from policypress.render.assets import assets
from policypress.render.edition import Archive, Edition
from policypress.render.pages import Shelf


def render_site(
    documents: tuple[Document, ...],
    workspace: Path | None = None,
    archives: tuple[Archive, ...] = (),
    *,
    drafts: bool = False,
) -> Site:
    """The site of these drafts, and of what was released.

    Where a policy has releases its address shows them and not the draft, unless `drafts` says so.
    `workspace` is the folder whose own `templates/` come first.
    """
    released = {} if drafts else {archive.policy: archive.current for archive in archives}
    editions = tuple(released.get(document.policy, Edition(document)) for document in documents)
    shelf = Shelf(editions, workspace, archives)
    ours = assets(workspace)
    return Site(
        pages=_pages(shelf),
        files={**ours.files, **_policy_files(shelf)},
        assets=ours.names,
        theme=tuple(str(folder) for folder in resources.each("theme", workspace)),
    )


def _pages(shelf: Shelf) -> tuple[Page, ...]:
    return (
        pages.home(shelf),
        *(pages.policies(tag, shelf) for tag in shelf.tags),
        *(pages.policy(edition, tag, shelf) for edition in _shown(shelf) for tag in edition.document.tags),
        *(
            history.page(archive, tag, shelf)
            for archive in shelf.archives
            for tag in archive.current.document.tags
        ),
        pages.not_found(shelf),
    )


def _shown(shelf: Shelf) -> tuple[Edition, ...]:
    """What each policy's address shows, then every version at its own."""
    return (*shelf.editions, *(edition for archive in shelf.archives for edition in archive.editions))


def _policy_files(shelf: Shelf) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for archive in shelf.archives:
        files |= history.files(archive)
    for edition in _shown(shelf):
        for tag in edition.document.tags:
            words = i18n.words(tag, shelf.workspace)
            files[edition.folder(tag) + pages.SEARCH] = search.index(edition.document, tag)
            files[edition.folder(tag) + pages.PRINT] = paper.style(edition, tag, words).encode()
    return files
