"""`policypress build`."""

from __future__ import annotations

from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.progress import Progress


@click.command("build")
@options.workspace
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to.  [default: site/ of the workspace]",
)
@click.option("--as-of", metavar="INSTANT", help="Whose text in force is shown.  [default: now]")
@click.option("--rebuild", is_flag=True, help="Make everything anew, also what would be kept.")
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A built site to start from, such as a restored cache.",
)
def command(start: Path, site: Path | None, as_of: str | None, rebuild: bool, previous: Path | None) -> None:
    """Build the website, whole or not at all.

    What was built of the same input is kept: only what is new is made.

    \b
    Examples:
      policypress build
      policypress build --site /var/www/policies
      policypress build --as-of 2026-12-24
      policypress build --previous .cache/site
    """
    root = options.root_of(start)
    target = site.resolve() if site else root / app.SITE
    at = app.instant(root, as_of) if as_of else None
    with Progress() as progress:
        changed = app.build(
            root,
            target,
            as_of=at,
            rebuild=rebuild,
            previous=previous.resolve() if previous else None,
            progress=progress,
        )
    files = "1 file" if changed == 1 else f"{changed} files"
    click.echo(f"{target}: {files} changed", err=True)
