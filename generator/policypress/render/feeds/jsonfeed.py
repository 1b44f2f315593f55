"""A page of a feed as JSON Feed 1.1: `next_url` leads to the older ones. Read back, it spares work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from policypress.core.instants import rfc3339
from policypress.render.api import files
from policypress.render.feeds.entries import Entry, Feed

TYPE = "application/feed+json"
_OURS = "_policypress"


def jsonfeed(feed: Feed) -> bytes:
    """The document: a line for each item."""
    sheet = feed.sheet
    start: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.to(f"{sheet.stem}.json"),
        "next_url": feed.to(f"{sheet.older}.json") if sheet.older else "",
        "language": sheet.tag,
        "authors": [{"name": feed.author}],
    }
    said = files.to_text({name: part for name, part in start.items() if part})
    items = ",\n".join(files.to_text(_item(entry)) for entry in feed.entries)
    return files.encode(f'{said[:-1]},"items":[\n{items}\n]}}\n')


def entries(data: bytes | None) -> dict[tuple[str, str], Entry]:
    """The releases on a page that was made before, by name and digest; none if it is no such page."""
    try:
        found = [_entry(item) for item in json.loads(data)["items"] if _OURS in item] if data else []
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}
    return {(entry.id, entry.sha256): entry for entry in found}


def _item(entry: Entry) -> dict[str, object]:
    ours = {_OURS: {"sha256": entry.sha256}} if entry.sha256 else {}
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": str(entry.content),
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "tags": [f"{kind}:{term}" for kind, term in entry.tags],
        **ours,
    }


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(
        id=item["id"],
        url=item["url"],
        title=item["title"],
        summary=item["summary"],
        content=Markup(item["content_html"]),
        published=datetime.fromisoformat(item["date_published"]),
        updated=datetime.fromisoformat(item["date_modified"]),
        tags=tuple(_pair(tag) for tag in item["tags"]),
        sha256=item[_OURS]["sha256"],
    )


def _pair(tag: str) -> tuple[str, str]:
    kind, _, term = tag.partition(":")
    return kind, term
