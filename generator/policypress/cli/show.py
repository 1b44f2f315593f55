"""`policypress show`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.core import instants
from policypress.core.refs import Resolved


@click.command("show")
@click.argument("ref", required=False)
@options.workspace
@options.policy
@click.option("--as-of", metavar="INSTANT", help="A bare date means the end of that day.  [default: now]")
def command(ref: str | None, start: Path, policy: str | None, as_of: str | None) -> None:
    """Say which version was, is or will be in force; or what a REF names, with its dates and SHA-256.

    A REF is 1.2.0, latest, in-force, draft, git:<revision>, @2026-01-31 or @<instant>.

    \b
    Examples:
      policypress show
      policypress show --as-of 2026-01-31
      policypress show latest
      policypress show git:origin/main
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    zone = app.zone_of(root, folder)
    at = instants.end_of(as_of, zone) if as_of else datetime.now(zone)
    if ref is None:
        _in_force(folder, at)
        return
    for line in _told(app.Versions(root, folder, at).find(ref)):
        click.echo(line)


def _in_force(folder: Path, at: datetime) -> None:
    entry = app.timeline(folder).in_force(at)
    if entry is None:
        click.echo(
            f"no version of {folder.name} is known to have been in force at {at.isoformat()}", err=True
        )
        sys.exit(1)
    click.echo(f"{entry.version}")
    since = _or_unknown(entry.effective)
    click.echo(f"in force since {since}, published {entry.published.isoformat()}", err=True)


def _told(found: Resolved) -> Iterator[str]:
    """The version, and what can be known of it."""
    yield found.name
    if found.release:
        yield f"published {found.release.published.isoformat()}"
        yield f"effective {found.release.effective.isoformat() if found.release.effective else 'unknown'}"
        yield f"sha256 {found.sha256}"
    if found.commit:
        yield f"commit {found.commit}"


def _or_unknown(instant: datetime | None) -> str:
    return instant.isoformat() if instant else "an unknown date"
