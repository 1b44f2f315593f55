"""`policypress history`."""

from __future__ import annotations

from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.output import screen
from policypress.render.life import FORMATS, in_format


@click.command("history")
@click.argument("clause")
@options.workspace
@options.policy
@click.option("--language", "languages", metavar="TAG", multiple=True, help="Only this one; repeatable.")
@click.option("--side-by-side", is_flag=True, default=None, help="Old beside new, however narrow it is.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
def command(  # noqa: PLR0913, PLR0917
    clause: str,
    start: Path,
    policy: str | None,
    languages: tuple[str, ...],
    side_by_side: bool | None,
    form: str,
) -> None:
    """Tell the life of a clause: each release that changed it, with the redline against the text before.

    CLAUSE is its id, also of one that was removed.

    \b
    Examples:
      policypress history use.security
      policypress history use.security --language en --format markdown
    """
    root = options.root_of(start)
    life = app.history(app.the_policy(root, policy), clause, languages)
    click.echo(in_format(life, form, screen(side_by_side=side_by_side), root))
