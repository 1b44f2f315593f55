"""Options and wiring that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from policypress import app

workspace = click.option(
    "-w",
    "--workspace",
    "start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="A folder in the workspace.  [default: the current one]",
)

policy = click.option("-p", "--policy", metavar="ID", help="Which policy, where there are several.")


def root_of(start: Path) -> Path:
    """The workspace around a folder."""
    return app.find_workspace(start.resolve())
