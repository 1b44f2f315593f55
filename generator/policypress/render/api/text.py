"""One version in one language, so that an app can lay it out itself: its bytes never change.

Consent records keep their digest, so what is made of a release here is fixed for as long as format 1 is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policypress.core.heads import Head
from policypress.core.instants import rfc3339
from policypress.core.model import Document, Node
from policypress.core.site import link
from policypress.core.snapshot import runs_to_json
from policypress.core.text import Runs, plain
from policypress.render.api import files

if TYPE_CHECKING:
    from policypress.core.api.shapes import Clause, Paragraph, Text


def text(head: Head, document: Document, tag: str) -> bytes:
    """The object's bytes."""
    return files.to_bytes(_text(head, document, tag))


def _text(head: Head, document: Document, tag: str) -> Text:
    status = next(language.status for language in document.languages if language.tag == tag)
    path = files.text(head.policy, head.version, tag)
    made: Text = {
        "format": 1,
        "policy": head.policy,
        "version": head.version,
        "language": {"tag": tag, "status": status},
        "title": document.title[tag],
        "publisher": {"name": document.publisher.name[tag], "contact": document.publisher.contact[tag]},
        "source_language": document.source_language,
        "prevailing": document.prevailing,
        "time_zone": document.time_zone,
        "published": rfc3339(head.published),
        "record_sha256": head.sha256,
        "links": {
            "record": link(path, files.record(head.policy, head.version)),
            "page": link(path, f"{tag}/{head.policy}/{head.version}/index.html"),
        },
        "clauses": [_clause(node, tag) for node in document.nodes],
    }
    if head.effective:
        made["effective"] = rfc3339(head.effective)
    elif head.known_since:
        made["known_since"] = rfc3339(head.known_since)
    return made


def _clause(node: Node, tag: str) -> Clause:
    made: Clause = {"id": node.id, "kind": node.kind.value}
    if node.reserved:
        made["reserved"] = True
    if (label := node.labels.get(tag)) and label.text:
        made["label"] = {"text": label.text, "cite": label.cite}
    _words(node, tag, made)
    if node.facts:
        made["facts"] = [{fact.key: fact.term} for fact in node.facts]
    if node.children:
        made["children"] = [_clause(child, tag) for child in node.children]
    return made


def _words(node: Node, tag: str, made: Clause) -> None:
    if heading := node.heading.get(tag):
        made["heading"] = _paragraph(heading)
    if paragraphs := node.text.get(tag):
        made["text"] = [_paragraph(runs) for runs in paragraphs]
    if paragraphs := node.closing.get(tag):
        made["closing"] = [_paragraph(runs) for runs in paragraphs]


def _paragraph(runs: Runs) -> Paragraph:
    return {"runs": runs_to_json(runs), "plain": plain(runs)}
