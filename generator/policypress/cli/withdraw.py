"""`policypress withdraw`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from policypress import app
from policypress.cli import options


@click.command("withdraw")
@options.workspace
@options.policy
@click.argument("version")
@click.option("--reason", required=True, help="Why; it is published.")
def command(start: Path, policy: str | None, version: str, reason: str) -> None:
    """Cancel a scheduled release. It stays in the ledger, and so does the reason.

    \b
    Example:
      policypress withdraw 2.0.0 --reason "The service will not be offered."
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    now = datetime.now(app.zone_of(root, folder)).replace(microsecond=0)
    made = app.withdraw(folder, version, reason, now)
    click.echo(f"{made.policy} {made.version} withdrawn: releases/{made.file}", err=True)
