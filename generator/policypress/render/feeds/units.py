"""The feeds as units of the site: one for each page of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policypress.core.site import Part, Unit
from policypress.render.edition import Archive
from policypress.render.feeds.atom import atom
from policypress.render.feeds.entries import feed
from policypress.render.feeds.jsonfeed import jsonfeed
from policypress.render.feeds.records import Sheet, sheets
from policypress.render.pages import Shelf


def units(archive: Archive, shelf: Shelf, key: Callable[..., str]) -> Iterator[tuple[str, Unit]]:
    """All pages of a policy's feeds, each with the version that it ends with.

    A page depends on its records, and its names on the ledger's first.
    """
    for sheet in sheets(archive):
        told = [record.told for record in sheet.records]
        unit = Unit(
            f"feed {sheet.stem}",
            key("feed", sheet.stem, sheet.older, archive.heads[0].sha256, told),
            lambda sheet=sheet: _part(sheet, archive, shelf),  # type: ignore[misc]
        )
        yield sheet.records[-1].head.version, unit


def _part(sheet: Sheet, archive: Archive, shelf: Shelf) -> Part:
    found = feed(sheet, archive, shelf)
    return Part(files={f"{sheet.stem}.atom": atom(found), f"{sheet.stem}.json": jsonfeed(found)})
