"""A page of a feed as Atom (RFC 4287), the older ones as archives (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policypress.core.instants import rfc3339
from policypress.render.feeds.entries import Entry, Feed

TYPE = "application/atom+xml"
# XML has no way at all to write these.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\t": "&#9;", "\n": "&#10;"}
_ESCAPED = re.compile("|".join(_ESCAPES))


def atom(feed: Feed) -> bytes:
    """The document."""
    return "".join(f"{line}\n" for line in _lines(feed)).encode()


def _lines(feed: Feed) -> Iterator[str]:
    sheet = feed.sheet
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'
        f' xml:lang="{sheet.tag}">'
    )
    yield f"<id>{text(feed.id)}</id>"
    yield _words("title", feed.title)
    yield f"<updated>{rfc3339(max(entry.updated for entry in feed.entries))}</updated>"
    yield f"<author><name>{text(feed.author)}</name></author>"
    yield _link("self", feed.to(f"{sheet.stem}.atom"), TYPE)
    yield _link("alternate", feed.home, "text/html")
    if sheet.older:
        yield _link("prev-archive", feed.to(f"{sheet.older}.atom"), TYPE)
    if not sheet.is_newest:
        yield _link("current", feed.to(f"{sheet.feed}.atom"), TYPE)
        yield "<fh:archive/>"
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{text(entry.id)}</id>"
    yield _words("title", entry.title)
    yield f"<published>{rfc3339(entry.published)}</published>"
    yield f"<updated>{rfc3339(entry.updated)}</updated>"
    yield _link("alternate", entry.url, "text/html")
    for kind, term in entry.tags:
        yield f'<category scheme="urn:policypress:{kind}" term="{text(term)}"/>'
    yield _words("summary", entry.summary)
    yield f'<content type="html">{text(_in_html(entry.content))}</content>'
    yield "</entry>"


def _words(name: str, value: str) -> str:
    """Words for people; as HTML where only that can say them."""
    if _NO_XML.search(value):
        escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<{name} type="html">{text(_in_html(escaped))}</{name}>'
    return f"<{name}>{text(value)}</{name}>"


def _link(relation: str, href: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href="{text(href)}"/>'


def text(value: str) -> str:
    """A text in XML, with its line ends and tabs; for what XML cannot say stands a replacement character."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _NO_XML.sub("\ufffd", value))


def _in_html(value: str) -> str:
    """HTML in which characters that XML does not have are written as references; half a pair has none."""
    return _NO_XML.sub(
        lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else f"&#{ord(found[0])};", value
    )
