"""What people see on a terminal: diagnostics in colour, and a progress line for what takes a second."""

from __future__ import annotations

import os
import shutil
import sys

import click

from policypress.core.diagnostics import Diagnostic, Level
from policypress.render.reports import counts
from policypress.render.terminal import WIDE, Screen

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow"}


def print_diagnostics(diagnostics: tuple[Diagnostic, ...], *, err: bool = False) -> None:
    """Each finding with its place, and what to do; a hint only where it differs from the one before."""
    before = ""
    for diagnostic in diagnostics:
        place = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}:"
        level = click.style(f"{diagnostic.code} {diagnostic.level}", fg=_COLOURS[diagnostic.level], bold=True)
        click.echo(f"{click.style(place, bold=True)} {level}: {diagnostic.message}", err=err)
        if diagnostic.hint != before:
            click.secho(f"    {diagnostic.hint}", err=err, dim=True)
        before = diagnostic.hint


def summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    """`2 errors, 3 warnings`, coloured by the worst."""
    errors, warnings = counts(diagnostics)
    words = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    return click.style(words, fg="red" if errors else "yellow" if warnings else "green", bold=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def screen(*, side_by_side: bool | None = None) -> Screen:
    """The terminal that is written to; a file is a plain one."""
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if is_terminal else 100
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(width, colour, width >= WIDE if side_by_side is None else side_by_side)
