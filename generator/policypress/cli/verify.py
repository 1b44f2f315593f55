"""`policypress verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policypress import app
from policypress.cli import options


@click.command("verify")
@options.workspace
@options.policy
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    help="An older or published copy: its files, or a SHA256SUMS.",
)
def command(start: Path, policy: str | None, against: Path | None) -> None:
    """Prove that the ledger is what was once written: bytes, sums, chain and changes.

    It shows tampering to whoever holds an older copy; the owner alone could rewrite all of it.

    \b
    Examples:
      policypress verify
      policypress verify --against ../published/releases
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    verdict = app.verify(folder, against)
    for fault in verdict.faults:
        click.secho(f"{folder.name}/releases/{fault}", fg="red")
    for remark in verdict.remarks:
        click.secho(f"{folder.name}/releases/{remark} (a remark)", fg="yellow", err=True)
    records = "1 record" if verdict.records == 1 else f"{verdict.records} records"
    click.echo(f"{records}, {len(verdict.faults) or 'no'} faults", err=True)
    sys.exit(1 if verdict.faults else 0)
