"""All documents as a site: pages, search indexes, styles and scripts, nothing written yet."""

from __future__ import annotations

from pathlib import Path

from policypress.core.model import Document
from policypress.core.site import Page, Site
from policypress.render import i18n, pages, paper, resources, search
from policypress.render.assets import assets
from policypress.render.edition import Edition
from policypress.render.pages import Shelf


def render_site(documents: tuple[Document, ...], workspace: Path | None = None) -> Site:
    """The site of these drafts. `workspace` is the folder whose own `templates/` come first."""
    shelf = Shelf(tuple(Edition(document) for document in documents), workspace)
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
        *(pages.policy(edition, tag, shelf) for edition in shelf.editions for tag in edition.document.tags),
        pages.not_found(shelf),
    )


def _policy_files(shelf: Shelf) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for edition in shelf.editions:
        for tag in edition.document.tags:
            words = i18n.words(tag, shelf.workspace)
            files[edition.folder(tag) + pages.SEARCH] = search.index(edition.document, tag)
            files[edition.folder(tag) + pages.PRINT] = paper.style(edition, tag, words).encode()
    return files
