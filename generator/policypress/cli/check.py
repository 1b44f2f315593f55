"""`policypress check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.output import print_diagnostics, summary
from policypress.cli.progress import Progress
from policypress.core.diagnostics import Level
from policypress.core.findings import of_diagnostics
from policypress.render import reports


@click.command("check")
@options.workspace
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option(
    "--base", metavar="REF", help="A revision of git: fail where the ledger lost or changed anything since."
)
@click.option(
    "--published",
    metavar="SITE",
    help="A folder or an address: fail where it serves anything else than the ledger says.",
)
@click.option(
    "--as-of", metavar="INSTANT", help="When SITE is looked at, and which suppressions count.  [default: now]"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", *reports.FORMATS]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
def command(  # noqa: PLR0913, PLR0917
    start: Path, strict: bool, base: str | None, published: str | None, as_of: str | None, form: str
) -> None:
    """Report every problem of every file in one run.

    Exits with 1 when there are errors; warnings alone pass.

    \b
    Examples:
      policypress check
      policypress check --strict
      policypress check --base origin/main --format github
      policypress check --published https://policies.example.com/
      policypress check --format json > findings.json
    """
    root = options.root_of(start)
    check = app.check  # loaded before the clock of the progress line starts
    with Progress() as progress:
        report = check(
            root,
            base=base,
            published=published,
            as_of=app.instant(root, as_of) if as_of else None,
            progress=progress,
        )
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    failed = any(found.level in failing for found in report.diagnostics)
    if form == "text":
        print_diagnostics(report.diagnostics)
    elif form == "json":
        click.echo(reports.as_json(report.diagnostics))
    else:
        findings = of_diagnostics(report.diagnostics, prefix=app.place_in_repository(root), strict=strict)
        click.echo(reports.as_format(findings, form))
    if form != "json":
        files = "1 file" if report.files == 1 else f"{report.files} files"
        click.echo(f"{summary(report.diagnostics)} in {files}", err=True)
    sys.exit(1 if failed else 0)
