"""A page of a feed as JSON Feed 1.1: `next_url` leads to the older ones."""

from __future__ import annotations

from typing import Any

from policypress.core.instants import rfc3339
from policypress.render.api import files
from policypress.render.feeds.entries import Entry, Feed

TYPE = "application/feed+json"


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


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": str(entry.content),
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "tags": [f"{kind}:{term}" for kind, term in entry.tags],
    }
