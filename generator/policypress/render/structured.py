"""What a page is, for search engines: schema.org terms as JSON-LD, a block of data that no browser runs.

As the pages do, that of a version says nothing that a later event could change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from policypress.core.instants import rfc3339
from policypress.core.site import absolute, link
from policypress.render.api import files
from policypress.render.edition import Edition

Json = dict[str, object]
_CONTEXT = "https://schema.org"
_DOCUMENT = "DigitalDocument"
# What could end the block, or begin another; and what older readers of JSON take for the end of a line.
_UNSAFE = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def document(edition: Edition, tag: str, site_url: str) -> str:
    """The page of a text. Of a draft nothing is told."""
    if edition.draft or edition.published is None:
        return ""
    at = _places(edition.path(tag), site_url)
    made: Json = {
        "url": at(edition.path(tag)),
        "name": edition.document.title[tag],
        "version": edition.version,
        "datePublished": rfc3339(edition.published),
        "inLanguage": tag,
        "publisher": _publisher(edition, tag),
        "isPartOf": {"@type": "CollectionPage", "url": at(f"{tag}/index.html")},
        **_versions(edition, tag, at),
        "encoding": [_encoding(edition, tag, at)],
    }
    source = edition.document.source_language
    if tag != source:
        made["translationOfWork"] = _work(at(edition.path(source)), inLanguage=source)
    return _written(_DOCUMENT, made)


def policies(editions: Iterable[Edition], path: str, tag: str, site_url: str) -> str:
    """The page that lists the policies, as far as they are published."""
    at = _places(path, site_url)
    parts = [
        _work(at(edition.path(tag)), name=edition.document.title[tag])
        for edition in editions
        if not edition.draft
    ]
    return _written("CollectionPage", {"url": at(path), "inLanguage": tag, "hasPart": parts}) if parts else ""


def _places(page: str, site_url: str) -> Callable[[str], str]:
    """Whole addresses where they are known; otherwise those that a reader finds from the page."""
    return lambda path: absolute(site_url, path) if site_url else link(page, path)


def _publisher(edition: Edition, tag: str) -> Json:
    return {"@type": "Organization", "name": edition.document.publisher.name[tag]}


def _versions(edition: Edition, tag: str, at: Callable[[str], str]) -> Json:
    """A version is one of a policy, and made of another; the policy's own page shows one of them."""
    home = edition.home(tag)
    if not edition.pinned:
        version = f"{home}{edition.version}/index.html"
        return {"workExample": _work(at(version), version=edition.version)}
    made: Json = {"exampleOfWork": _work(at(f"{home}index.html"))}
    if edition.based_on:
        base = f"{home}{edition.based_on}/index.html"
        made["isBasedOn"] = _work(at(base), version=edition.based_on)
    return made


def _encoding(edition: Edition, tag: str, at: Callable[[str], str]) -> Json:
    path = files.text(edition.document.policy, edition.version, tag)
    return {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": at(path)}


def _work(url: str, **more: str) -> Json:
    return {"@type": _DOCUMENT, "url": url, **more}


def _written(kind: str, data: Json) -> str:
    """As JSON that may stand in a script element whatever it says."""
    made = {"@context": _CONTEXT, "@type": kind, **data}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
