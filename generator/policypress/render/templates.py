"""The Jinja environment of the pages: everything is escaped, and a name that is not there is an error."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policypress.compiled import CompiledTemplates
from policypress.core.site import Words
from policypress.render import resources

MOST_KEPT = 4000  # of a long text some versions' worth, and a few MiB


class Kept:
    """Prints each value once, in each language: most clauses are the same in most versions of a text."""

    def __init__(self) -> None:
        self._printed: dict[tuple[str, str, Hashable], Markup] = {}

    def within(self, tag: str) -> Callable[[Callable[[Any], Markup], Hashable], Markup]:
        """For templates: what a macro prints of a value."""
        return partial(self._print, tag)

    def _print(self, tag: str, macro: Any, value: Hashable) -> Markup:
        key = (tag, macro.name, value)
        found = self._printed.get(key)
        if found is None:
            if len(self._printed) >= MOST_KEPT:
                self._printed.clear()
            found = self._printed[key] = macro(value)
        return found


def render(
    name: str, words: Words, workspace: Path | None = None, *, folder: str = "pages", **values: Any
) -> str:
    """A template with its words in one language. Nothing is kept without a `kept`."""
    values = {"kept": lambda macro, value: macro(value), **values}
    template = _environment(resources.each(folder, workspace)).get_template(name)
    return template.render(gettext=words.gettext, ngettext=words.ngettext, **values)


def _is_markup(name: str | None) -> bool:
    """Everything is, but for what is plain text or Markdown by its name."""
    return not (name or "").endswith((".txt", ".md"))


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=_is_markup,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=CompiledTemplates(__file__),
    )
