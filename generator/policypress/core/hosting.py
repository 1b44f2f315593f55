"""How each file of the site is to be served: of what type, kept for how long, allowed to do what.

The files for hosts, what pages say themselves, the documentation and the tests' servers are all made of this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

IMMUTABLE = "public, max-age=31536000, immutable"
BRIEF = "public, max-age=60, must-revalidate"
ASKED = "no-cache"  # kept, but asked about before each use: what belongs together is never of two builds

# What a page may do by its own word; who may frame it can only be said by a header.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
_UNFRAMED = "frame-ancestors 'none'"
DATA_POLICY = f"default-src 'none'; {_UNFRAMED}"

EVERYWHERE = {
    "Content-Security-Policy": f"{PAGE_POLICY}; {_UNFRAMED}",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# Any app may read what is for programs.
FOR_PROGRAMS = {"Access-Control-Allow-Origin": "*", "Content-Security-Policy": DATA_POLICY}
PROGRAMS = ("api/*", "feeds/*")


@dataclass(frozen=True, slots=True)
class Area:
    """Paths of the site that are kept alike: `{...}` is one folder or file, `*` at the end all below.

    No path is in two areas; one that is in none is `ASKED`.
    """

    pattern: str
    cache: str


_POLICY = "api/v1/policies/{policy}"
AREAS = (
    Area("assets/*", IMMUTABLE),  # named by their content
    Area(f"{_POLICY}/versions/*", IMMUTABLE),
    Area(f"{_POLICY}/changes/*", IMMUTABLE),
    Area(f"{_POLICY}/outlines/*", IMMUTABLE),
    Area(f"{_POLICY}/since/*", BRIEF),
    Area(f"{_POLICY}/versions.json", BRIEF),
    Area("api/v1/index.json", BRIEF),
    Area("api/v1/openapi.json", BRIEF),
    Area("api/v1/schemas/*", BRIEF),
    Area("feeds/*", BRIEF),
)

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".link": "application/link-format",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}
UNKNOWN = "application/octet-stream"
FEED = ("feeds/", ".json", "application/feed+json")  # the only type that the name's ending does not tell


def headers(path: str) -> dict[str, str]:
    """What a host says of a file of the site, by header.

    >>> headers("feeds/privacy.en.json")["Content-Type"]
    'application/feed+json'
    """
    made = dict(EVERYWHERE)
    if any(matches(pattern, path) for pattern in PROGRAMS):
        made |= FOR_PROGRAMS
    return {**made, "Cache-Control": cache(path), "Content-Type": content_type(path)}


def cache(path: str) -> str:
    """How long a file may be kept."""
    return next((area.cache for area in AREAS if matches(area.pattern, path)), ASKED)


def content_type(path: str) -> str:
    """A file's type. The site has none of an unknown one."""
    folder, ending, feed = FEED
    if path.startswith(folder) and path.endswith(ending):
        return feed
    return TYPES.get(f".{path.rpartition('.')[2]}", UNKNOWN)


def matches(pattern: str, path: str) -> bool:
    """Whether a path is among those of a pattern.

    >>> matches("api/{policy}/a.json", "api/privacy/a.json"), matches("api/*", "apis/a.json")
    (True, False)
    """
    return re.match(regex(pattern), path) is not None


@lru_cache
def regex(pattern: str) -> str:
    r"""The pattern as a regular expression that any server knows, to be matched from the start.

    >>> regex("api/{policy}/versions.json")
    'api/[^/]+/versions\\.json$'
    """
    parts = re.split(r"\{\w+\}", pattern.removesuffix("*"))
    return "[^/]+".join(map(re.escape, parts)) + ("" if pattern.endswith("*") else "$")
