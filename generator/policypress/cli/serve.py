"""`policypress serve`."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.output import print_diagnostics
from policypress.core.errors import SourceError


@click.command("serve")
@options.workspace
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
def command(start: Path, host: str, port: int) -> None:
    """Preview the website; it is built again at every change, and open pages reload.

    While the source has errors they are shown here and the last good page stays.

    \b
    Examples:
      policypress serve
      policypress serve --port 0
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a supervisor ends it as Ctrl+C does
    with app.preview(options.root_of(start), host, port) as preview:
        _rebuild(preview)
        click.echo(f"{preview.url} (Ctrl+C stops)", err=True)
        try:
            while True:
                preview.wait()
                _rebuild(preview)
        except KeyboardInterrupt:
            click.echo(err=True)


def _rebuild(preview: app.Preview) -> None:
    problem = preview.rebuild()
    if problem is None:
        click.secho("built", err=True, fg="green")
        return
    if isinstance(problem, SourceError):
        print_diagnostics(problem.diagnostics, err=True)
    served = "the last good page is still served" if preview.has_pages else "there is no page to serve yet"
    click.secho(f"{problem.message}; {served}", err=True, fg="red")
