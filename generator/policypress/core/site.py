"""The rendered site as values: what rendering makes, and what writing puts into files."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """The interface's words in one language, as gettext functions."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language; `current` marks the page's own."""

    tag: str
    name: str
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page's content: who publishes, the languages, and the files that it loads.

    Paths are relative to the site's root. `search` is the index of what the reader can search, if any;
    `links` pairs a link relation with the path of a page.
    """

    words: Words
    publisher: str
    contact: str
    home: str
    languages: tuple[LanguageLink, ...] = ()
    search: str = ""
    print_style: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page. `content` is the inside of its `main`, `path` ends in `.html`, `kind` is its layout.

    `canonical` is the path of the page that stands for it, if not itself; `modified` is a date, if known.
    """

    path: str
    kind: str
    language: str
    title: str
    description: str
    content: str
    frame: Frame
    indexed: bool = True
    canonical: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """All that is published.

    `assets` goes from an asset's own name (`site.css`) to its published path; `theme` lists the folders
    of the theme's templates, the first one wins.
    """

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]
    assets: Mapping[str, str] = field(default_factory=dict)
    theme: tuple[str, ...] = ()


def link(source: str, target: str) -> str:
    """The relative address of one page or file from another, both as paths in the site.

    >>> link("en/privacy/index.html", "zh-Hans/privacy/index.html")
    '../../zh-Hans/privacy/'
    >>> link("en/privacy/index.html", "en/privacy/print.css")
    'print.css'
    """
    path = posixpath.relpath("/" + target, "/" + posixpath.dirname(source))
    if posixpath.basename(target) != "index.html":
        return path
    return path.removesuffix("index.html") or "./"
