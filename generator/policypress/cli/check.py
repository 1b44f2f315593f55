"""`policypress check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.output import Progress, print_diagnostics, summary
from policypress.core.diagnostics import Level
from policypress.render import reports


@click.command("check")
@options.workspace
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
def command(start: Path, strict: bool, form: str) -> None:
    """Report every problem of every file in one run.

    Exits with 1 when there are errors; warnings alone pass.

    \b
    Examples:
      policypress check
      policypress check --strict
      policypress check --format json > findings.json
    """
    with Progress() as progress:
        report = app.check(options.root_of(start), progress=progress)
    if form == "json":
        click.echo(reports.as_json(report.diagnostics))
    else:
        print_diagnostics(report.diagnostics)
        files = "1 file" if report.files == 1 else f"{report.files} files"
        click.echo(f"{summary(report.diagnostics)} in {files}", err=True)
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    sys.exit(1 if any(found.level in failing for found in report.diagnostics) else 0)
