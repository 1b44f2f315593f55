"""`policypress show`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.core import instants


@click.command("show")
@options.workspace
@options.policy
@click.option("--as-of", metavar="INSTANT", help="A bare date means the end of that day.  [default: now]")
def command(start: Path, policy: str | None, as_of: str | None) -> None:
    """Say which version was, is or will be in force.

    \b
    Examples:
      policypress show
      policypress show --as-of 2026-01-31
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    zone = app.zone_of(root, folder)
    at = instants.end_of(as_of, zone) if as_of else datetime.now(zone)
    entry = app.timeline(folder).in_force(at)
    if entry is None:
        click.echo(
            f"no version of {folder.name} is known to have been in force at {at.isoformat()}", err=True
        )
        sys.exit(1)
    since = entry.effective.isoformat() if entry.effective else "an unknown date"
    click.echo(f"{entry.version}")
    click.echo(f"in force since {since}, published {entry.published.isoformat()}", err=True)
