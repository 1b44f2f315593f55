"""The feeds as units of the site: one for each page of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policypress.core.site import Part, Unit
from policypress.render.compared import Published
from policypress.render.edition import Archive
from policypress.render.feeds.atom import atom
from policypress.render.feeds.entries import feed
from policypress.render.feeds.jsonfeed import entries, jsonfeed
from policypress.render.feeds.records import Sheet, sheets
from policypress.render.pages import Shelf


def units(
    archive: Archive, shelf: Shelf, key: Callable[..., str], published: Published
) -> Iterator[tuple[str, Unit]]:
    """All pages of a policy's feeds, each with the version that it ends with.

    A page depends on its records, and its names on the ledger's first. Most of its entries were on the
    `published` page that was the newest before.
    """
    for sheet in sheets(archive):
        told = [record.told for record in sheet.records]
        unit = Unit(
            f"feed {sheet.stem}",
            key("feed", sheet.stem, sheet.older, archive.heads[0].sha256, told),
            lambda sheet=sheet: _part(sheet, archive, shelf, published),  # type: ignore[misc]
        )
        yield sheet.records[-1].head.version, unit


def _part(sheet: Sheet, archive: Archive, shelf: Shelf, published: Published) -> Part:
    found = feed(sheet, archive, shelf, entries(published(f"{sheet.feed}.json")))
    return Part(files={f"{sheet.stem}.atom": atom(found), f"{sheet.stem}.json": jsonfeed(found)})
