"""The Jinja environment of the pages: everything is escaped, and a name that is not there is an error."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policypress.core.site import Words
from policypress.render import resources


def render(name: str, words: Words, workspace: Path | None = None, **values: Any) -> str:
    """A template of `templates/pages/` with its words in one language."""
    template = _environment(resources.each("pages", workspace)).get_template(name)
    return template.render(gettext=words.gettext, ngettext=words.ngettext, **values)


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
