"""`policypress init`."""

from __future__ import annotations

from pathlib import Path

import click

from policypress import app


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Scaffold a workspace that builds at once: a small privacy policy in English and Chinese.

    Nothing that is already there is touched.

    \b
    Examples:
      policypress init
      policypress init my-policies && cd my-policies && policypress build
    """
    for path in app.init(folder.resolve()):
        click.echo(path.relative_to(folder.resolve()).as_posix())
    click.echo("Next: policypress check, policypress build, policypress serve", err=True)
