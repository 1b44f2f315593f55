"""What the search reads: one entry per clause, in clean text. Words are cut in the browser (search.js)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policypress.core.model import Document, Node
from policypress.core.text import plain
from policypress.render.clauses import label

PAGE = "./"
CONFIG = {
    "lang": ["en"],  # names Lunr's own English; with no pipeline it changes nothing in any language
    "separator": r"\s+",
    "pipeline": [],
    "fields": {"title": {"boost": 4}, "text": {"boost": 1}},
}


def index(document: Document, tag: str) -> bytes:
    """The search index of a policy in a language, in the shape that Material's worker takes."""
    # The worker groups entries under the first one of their page: it must have no anchor.
    page = {"location": PAGE, "title": document.title[tag], "text": ""}
    entries = [page, *_entries(document.nodes, tag, "")]
    data = {"config": CONFIG, "docs": entries, "options": {"suggest": False}}
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _entries(nodes: tuple[Node, ...], tag: str, above: str) -> Iterator[dict[str, str]]:
    for node in nodes:
        heading = plain(node.heading.get(tag, ()))
        title = " ".join(part for part in (label(node, tag).cite, heading) if part)
        paragraphs = (*node.text.get(tag, ()), *node.closing.get(tag, ()))
        text = "\n".join(plain(runs) for runs in paragraphs)
        if title or text:
            yield {"location": f"{PAGE}#{node.id}", "title": title or above, "text": text}
        yield from _entries(node.children, tag, title or above)
