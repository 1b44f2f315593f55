"""The only place that knows MkDocs: hands it a rendered site as generated pages, and keeps the rest out.

A plugin, so that plain `mkdocs build` and `mkdocs serve` give the same files as `policypress build`.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from jinja2 import StrictUndefined
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from policypress.compiled import CompiledTemplates
from policypress.core.errors import RenderError, WorkspaceError
from policypress.core.hosting import PAGE_POLICY
from policypress.core.site import Page, Place, Site, absolute, link

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

NOT_FOUND = "404.html"
WORKERS = "assets/javascripts/workers"


class SiteConfig(Config):  # type: ignore[no-untyped-call]
    """Options in mkdocs.yml. `scope` is the path of the site on its host, where `site_url` is not given."""

    scope = Optional(Type(str))


class _Body(MkDocsPage):
    """A page whose content is there already: nothing is read, and Markdown never runs."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(page.title, file, config)
        self.shown = page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc = self.shown.content, TableOfContents([])


class SitePlugin(BasePlugin[SiteConfig]):  # type: ignore[no-untyped-call]
    """Builds what `supply` renders, or what was given."""

    given: Site | None = None
    live = False

    def supply(self, config: MkDocsConfig) -> Site:
        """Render the site. Called once per build, unless one was given."""
        raise NotImplementedError

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a live preview: MkDocs adds a script to its pages that our policy forbids."""
        self.live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our theme in front. Drop MkDocs' sitemap: its compressed copy holds the time of the build."""
        self.site = self.given or self.supply(config)
        self.workers = _workers(config.theme.dirs)
        self.worker = next(iter(self.workers), "")
        # Of Material only the search worker is used: MkDocs need not walk through its ten thousand files.
        config.theme.dirs[:] = [
            *self.site.theme,
            *(name for name in config.theme.dirs if not _has_workers(name)),
        ]
        config.theme.static_templates.discard("sitemap.xml")
        if all(page.path != NOT_FOUND for page in self.site.pages):
            config.theme.static_templates.discard(NOT_FOUND)
        config.watch.extend(str(Path(folder).parent) for folder in self.site.theme)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace all files by ours."""
        ours = [self._page(page, config) for page in self.site.pages if page.path != NOT_FOUND]
        extra = {**self.workers, **self.site.files, **_for_robots(self.site, config.site_url or "")}
        ours += [self._file(path, content, config) for path, content in extra.items()]
        return Files(ours)

    def _page(self, page: Page, config: MkDocsConfig) -> File:
        file = self._file(page.path.removesuffix(".html") + ".md", b"", config)
        file.page = _Body(page, file, config)
        return file

    def _file(self, path: str, content: bytes, config: MkDocsConfig) -> File:
        return File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape everything and let nothing be undefined: MkDocs does neither."""
        env.autoescape, env.undefined = True, StrictUndefined
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = CompiledTemplates(__file__)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the theme the page and what it is framed by."""
        assert isinstance(page, _Body)
        return self._framed(context, page.shown, config, lambda path: link(page.shown.path, path))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Frame 404.html, shown at any address: its links begin at the host, if the site's place is known."""
        base = _site_path(config.site_url or "", self.config.scope)
        page = next(page for page in self.site.pages if page.path == template_name)
        to = (lambda path: base + link("", path).removeprefix("./")) if base else None
        return self._framed(context, page, config, to)

    def _framed(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, to: Callable[[str], str] | None
    ) -> TemplateContext:
        site_url = config.site_url or ""
        values: dict[str, Any] = {
            "shown": page,
            "assets": self.site.assets,
            "worker": self.worker,
            "policy": "" if self.live else PAGE_POLICY,
            "canonical": absolute(site_url, page.canonical or page.path)
            if site_url and page.kind != "error"
            else "",
            "absolute": lambda path: absolute(site_url, path) if site_url else link(page.path, path),
            "reachable": to is not None,
            "to": to,
            "gettext": page.frame.words.gettext,
            "ngettext": page.frame.words.ngettext,
        }
        context.update(values)  # type: ignore[typeddict-item]
        return context


def _has_workers(theme: str) -> bool:
    return (Path(theme) / WORKERS).is_dir()


def _workers(themes: Iterable[str]) -> dict[str, bytes]:
    """Material's search worker, by its path in the site."""
    folders = (Path(theme) / WORKERS for theme in themes if _has_workers(theme))
    found = (path for folder in folders for path in sorted(folder.glob("search.*.js")))
    return {f"{WORKERS}/{path.name}": path.read_bytes() for path in found}


def _site_path(site_url: str, scope: str | None) -> str:
    """The path that all links of 404.html begin with; empty when nobody has said where the site is."""
    path = urlsplit(site_url).path if site_url else scope
    if path is None or not (site_url or scope):
        return ""
    return posixpath.join("/", path.strip("/"), "") if path.strip("/") else "/"


def _for_robots(site: Site, site_url: str) -> dict[str, bytes]:
    """robots.txt and, where addresses are known, a sitemap with the dates that versions have."""
    robots = "User-agent: *\nAllow: /\n"
    if not site_url:
        return {"robots.txt": robots.encode()}
    urls = "".join(_place(place, site_url) for place in site.places)
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    robots += f"Sitemap: {absolute(site_url, 'sitemap.xml')}\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": sitemap.encode()}


def _place(place: Place, site_url: str) -> str:
    modified = f"<lastmod>{place.modified}</lastmod>" if place.modified else ""
    return f"<url><loc>{escape(absolute(site_url, place.path))}</loc>{modified}</url>\n"


def site_url(config_file: Path) -> str:
    """Where the published site is, if its configuration says so."""
    from mkdocs.exceptions import ConfigurationError
    from mkdocs.utils.yaml import get_yaml_loader, yaml_load

    if not config_file.is_file():
        return ""
    try:
        with config_file.open(encoding="utf-8") as source:
            found = yaml_load(source, get_yaml_loader())
    except (ConfigurationError, ValueError) as error:
        raise WorkspaceError(f"{config_file} cannot be used: {error}") from error
    return str((isinstance(found, dict) and found.get("site_url")) or "")


def build(config_file: Path, site: Site, site_dir: Path) -> None:
    """Build a rendered site into a folder. MkDocs says nothing; what it would complain about is an error."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    with _complaints() as complaints:
        try:
            config = load_config(str(config_file), site_dir=str(site_dir))
        except (ConfigurationError, Abort) as error:
            what = "; ".join(complaints) or str(error)
            raise WorkspaceError(f"{config_file} cannot be used: {what}") from error
        _plugin(config, config_file).given = site
        try:
            build_site(config)
        except (SystemExit, Exception) as error:
            raise RenderError(f"MkDocs gave up: {'; '.join(complaints) or error}") from error
    if complaints:
        raise RenderError(f"MkDocs complained: {'; '.join(complaints)}", f"See {config_file}.")


def _plugin(config: MkDocsConfig, config_file: Path) -> SitePlugin:
    found = [plugin for plugin in config.plugins.values() if isinstance(plugin, SitePlugin)]
    if len(found) != 1:
        hint = "Write `plugins: [policypress]` there."
        raise WorkspaceError(f"{config_file} does not use the plugin policypress", hint)
    return found[0]


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what MkDocs warns of, in place of printing it."""
    logger = logging.getLogger("mkdocs")
    messages: list[str] = []
    collector, propagate = _Collector(messages), logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
