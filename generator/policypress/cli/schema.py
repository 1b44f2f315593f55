"""`policypress schema`."""

from __future__ import annotations

from pathlib import Path

import click

from policypress import app
from policypress.cli import options


@click.command("schema")
@options.workspace
def command(start: Path) -> None:
    """Write the JSON Schemas that editors use to complete and check as you type.

    The clause files name them in their first line, which editors with a YAML language server read:

    \b
      # yaml-language-server: $schema=../../.schema/clause.schema.json
    \b
    Example:
      policypress schema
    """
    root = options.root_of(start)
    for path in app.write_schemas(root):
        click.echo(path.relative_to(root).as_posix())
