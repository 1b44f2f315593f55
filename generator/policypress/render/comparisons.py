"""A comparison in each of its formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policypress.core.comparison import Comparison
from policypress.render.comparison_text import as_text
from policypress.render.terminal import WIDE, Screen

FOR_PROGRAMS = ("github", "sarif", "junit")
FORMATS = ("text", "markdown", "html", "json", *FOR_PROGRAMS)
FOR_PEOPLE = ("text", "markdown", "github")  # where a gate says what to do in the report itself

__all__ = ["FORMATS", "FOR_PEOPLE", "FOR_PROGRAMS", "WIDE", "Screen", "Style", "in_format"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a comparison is shown, and to whom.

    `screen` is the terminal, `workspace` the one whose templates count, `prefix` its place in the repository;
    `todo` is what a gate asks for, and `fail_on` that gate.
    """

    screen: Screen = field(default_factory=Screen)
    workspace: Path | None = None
    prefix: str = ""
    fail_on: str = ""
    todo: str = ""


def in_format(comparison: Comparison, form: str, style: Style) -> str:
    """A comparison in one of FORMATS; what its gate asks for comes first, where people read."""
    match form:
        case "json":
            from policypress.core.comparison_json import to_json

            return to_json(comparison)
        case "markdown":
            from policypress.render.comparison_markdown import as_markdown

            return as_markdown(comparison, style.workspace, style.todo)
        case "html":
            from policypress.render.comparison_html import as_html

            return as_html(comparison, style.workspace)
        case "text":
            return "\n".join(filter(None, [style.todo, as_text(comparison, style.screen)]))
        case _:
            return _for_machines(comparison, form, style)


def _for_machines(comparison: Comparison, form: str, style: Style) -> str:
    from policypress.render.comparison_findings import findings_of
    from policypress.render.machines import whole
    from policypress.render.reports import as_format

    report = as_format(findings_of(comparison, style.prefix, style.fail_on), form)
    first = whole("diff", style.todo) if form == "github" and style.todo else ""
    return "\n".join(filter(None, [first, report]))
