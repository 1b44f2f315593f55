"""`policypress notify`: what people are told of a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policypress import app
from policypress.cli import options
from policypress.cli.notify_outbox import purge, resolve, status
from policypress.cli.notify_send import kind_option, send
from policypress.core.instants import end_of
from policypress.core.notices import Kind

if TYPE_CHECKING:
    from policypress.core.announcing import Notice
    from policypress.render.notices import Rendered

NOBODY = "notices@example.invalid"
FORMS = ("text", "html", "email", "short", "banner", "markdown")
_FILES = {
    "text": "mail.txt",
    "html": "mail.html",
    "email": "mail.eml",
    "short": "short.txt",
    "banner": "banner.json",
    "markdown": "notice.md",
}


class _Notify(click.Group):
    """`notify 1.0.0 1.1.0` shows a notice; a command is called by its name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not (args and args[0] in {*self.commands, "--help", "-h"}):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("notify", cls=_Notify)
def command() -> None:
    """Say what changed, in every language, and send it: as e-mail, short text, banner and Markdown.

    Without a command's name, it is `show`.

    \b
    Examples:
      policypress notify
      policypress notify 1.0.0 1.1.0
      policypress notify show --help    forms, languages, kinds
      policypress notify send --help    to people, through the workspace's channels
    """


for _one in (send, status, resolve, purge):
    command.add_command(_one)


@command.command("show")
@click.argument("old", required=False)
@click.argument("new", required=False)
@options.workspace
@options.policy
@kind_option
@click.option("--language", "languages", metavar="TAG", multiple=True, help="Only this one; repeatable.")
@click.option("--site-url", metavar="URL", help="Where the site is published.  [default: as mkdocs.yml says]")
@click.option("--as-of", metavar="INSTANT", help="What `in-force` means then.  [default: now]")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Which form."
)
@click.option("--output", type=click.Path(path_type=Path), help="A folder for all forms, one per language.")
def show(  # noqa: PLR0913, PLR0917
    old: str | None,
    new: str | None,
    start: Path,
    policy: str | None,
    kind: str,
    languages: tuple[str, ...],
    site_url: str | None,
    as_of: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Show a notice; nothing is sent. With one version, it is told to those who know what that one amends.

    \b
    Examples:
      policypress notify
      policypress notify 1.1.0 --kind reminder
      policypress notify in-force draft --format markdown
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    if new is None:
        old, new = None, old or "latest"
    zone = app.zone_of(root, folder)
    now = end_of(as_of, zone) if as_of else datetime.now(UTC)
    announcing = app.Announcing(root, folder, Kind(kind), app.site_url(root, site_url), now)
    notice = announcing.notice(old, new)
    said = _in(app.forms(root, notice), languages)
    if output:
        _write(output, notice, said)
    else:
        for one in said.values():
            click.echo(_form(notice, one, form).rstrip(b"\n"))


def _in(said: Mapping[str, Rendered], languages: tuple[str, ...]) -> Mapping[str, Rendered]:
    for tag in languages:
        if tag not in said:
            raise click.UsageError(f"There is no text in `{tag}`: choose of {', '.join(said)}.")
    return {tag: said[tag] for tag in languages or said}


def _form(notice: Notice, said: Rendered, form: str) -> bytes:
    if form != "email":
        return said.form(form).encode()
    release = notice.comparison.new.release
    return app.email_of(notice, said, NOBODY, release.published if release else datetime.now(UTC))


def _write(output: Path, notice: Notice, said: Mapping[str, Rendered]) -> None:
    for tag, one in said.items():
        (output / tag).mkdir(parents=True, exist_ok=True)
        for form, name in _FILES.items():
            (output / tag / name).write_bytes(_form(notice, one, form).rstrip(b"\n") + b"\n")
            click.echo(f"{output}/{tag}/{name}")
