"""The rendered site as values: what rendering makes, and what writing puts into files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urljoin

from policypress.core.canonical import digest
from policypress.core.manifest import FRAME


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
    `links` pairs a link relation with the path of a page; `feed` is the path of a feed, without its ending;
    `data` is the path of the same as JSON.
    """

    words: Words
    publisher: str
    contact: str
    home: str
    languages: tuple[LanguageLink, ...] = ()
    search: str = ""
    print_style: str = ""
    links: tuple[tuple[str, str], ...] = ()
    feed: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page. `content` is the inside of its `main`, `path` ends in `.html`, `kind` is its layout.

    `canonical` is the path of the page that stands for it, if not itself; `structured` is what it tells
    search engines, as JSON that may stand in a script element.
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
    structured: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages and files, by their path in the site."""

    pages: tuple[Page, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all of them."""
        return tuple(sorted({*(page.path for page in self.pages), *self.files}))


@dataclass(frozen=True, slots=True)
class Place:
    """A page that search engines should know: its path and, if known, the date of its content."""

    path: str
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the site that is made at once. Units with the same `key` make the same bytes."""

    name: str
    key: str
    make: Callable[[], Part]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What is to be published, and how it is framed.

    `assets` goes from an asset's own name (`site.css`) to its published path; `theme` lists the folders
    of the theme's templates, the first one wins; `places` are those of the whole site, also of pages
    that are not in `pages` because they are there already.
    """

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]
    assets: Mapping[str, str] = field(default_factory=dict)
    theme: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Catalog:
    """The whole site as units, none of them made yet. `base` is the digest of what goes into all."""

    units: tuple[Unit, ...]
    assets: Mapping[str, str]
    theme: tuple[str, ...]
    base: str = ""

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What search engines should know."""
        return tuple(place for unit in self.units for place in unit.places)

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The key of every unit, and of the frame: what stands around them, such as the sitemap."""
        frame = digest([self.base, [[place.path, place.modified] for place in self.places]])
        return {**{unit.name: unit.key for unit in self.units}, FRAME: frame}

    def site(self, made: Iterable[Part]) -> Site:
        """These parts of it, framed as the whole is."""
        parts = tuple(made)
        return Site(
            pages=tuple(page for part in parts for page in part.pages),
            files={path: content for part in parts for path, content in part.files.items()},
            assets=self.assets,
            theme=self.theme,
            places=self.places,
        )


def link(source: str, target: str) -> str:
    """The relative address of one page or file from another, both as paths in the site.

    >>> link("en/privacy/index.html", "zh-Hans/privacy/index.html")
    '../../zh-Hans/privacy/'
    >>> link("en/privacy/index.html", "en/privacy/print.css")
    'print.css'
    """
    here, there = source.split("/")[:-1], target.split("/")
    shared = next(
        (place for place, (ours, theirs) in enumerate(zip(here, there[:-1], strict=False)) if ours != theirs),
        min(len(here), len(there) - 1),
    )
    *folders, name = there[shared:]
    parts = [*[".."] * (len(here) - shared), *folders]
    return "/".join([*parts, "" if name == "index.html" else name]) or "./"


def absolute(site_url: str, path: str) -> str:
    """The whole address of a page or file.

    >>> absolute("https://example.com/legal/", "en/privacy/index.html")
    'https://example.com/legal/en/privacy/'
    """
    return urljoin(site_url.rstrip("/") + "/", quote(link("", path).removeprefix("./")))
