"""`policypress diff`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.cli.output import screen
from policypress.core import refs
from policypress.core.comparison import GATES, gate
from policypress.core.ids import is_version
from policypress.core.instants import end_of
from policypress.render.comparisons import FOR_PEOPLE, FOR_PROGRAMS, FORMATS, WIDE, Style


@click.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@options.workspace
@options.policy
@click.option("--base", metavar="REF", help="OLD as CI systems give it: `origin/main` is a revision of git.")
@click.option("--language", "languages", metavar="TAG", multiple=True, help="Only this one; repeatable.")
@click.option("--fail-on", type=click.Choice(GATES), help="Exit with 1 where a change is such.")
@click.option("--draft-notes", is_flag=True, help="Write a note to complete for each change that lacks one.")
@click.option(
    "--side-by-side/--inline", default=None, help=f"[default: old beside new from {WIDE} columns on]"
)
@click.option(
    "--as-of",
    metavar="INSTANT",
    help="What `in-force` means then, and which suppressions count.  [default: now]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
def command(  # noqa: PLR0913, PLR0917
    old: str | None,
    new: str | None,
    start: Path,
    policy: str | None,
    base: str | None,
    languages: tuple[str, ...],
    fail_on: str | None,
    draft_notes: bool,
    side_by_side: bool | None,
    as_of: str | None,
    form: str,
) -> None:
    """Show what changed from OLD to NEW: each change weighed, with its redline in every language.

    A version is 1.2.0, latest, in-force, draft, git:<revision>, @2026-01-31 or @<instant>. Unless you say
    otherwise, OLD is the release that the draft amends, and NEW is the draft.

    \b
    Examples:
      policypress diff
      policypress diff 1.0.0 latest --language en
      policypress diff @2025-12-31 in-force --format html > changes.html
      policypress diff --draft-notes
      policypress diff --base origin/main --fail-on undocumented --format github
    """
    if base is not None:
        if new is not None:
            raise click.UsageError("--base stands for OLD: give only NEW with it.")
        old, new = str(refs.parse_base(base)), old
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    if draft_notes:
        _draft_notes(root, folder, old)
        return
    zone = app.zone_of(root, folder)
    found = app.compare(root, folder, old, new, end_of(as_of, zone) if as_of else datetime.now(zone))
    todo = gate(found, fail_on) if fail_on else ""
    if todo and form not in FOR_PEOPLE:
        click.echo(todo, err=True)
    prefix = app.place_in_repository(root) if form in FOR_PROGRAMS else ""
    style = Style(screen(side_by_side=side_by_side), root, prefix, fail_on or "", todo)
    click.echo(app.in_format(app.in_languages(found, languages), form, style))
    sys.exit(1 if todo else 0)


def _draft_notes(root: Path, folder: Path, old: str | None) -> None:
    """Each file on its line; what is in them a person has to complete."""
    if old is not None and not is_version(old):
        raise click.UsageError(
            "Notes are about changes since a release: give its version as OLD, or nothing."
        )
    for path in app.draft_notes(root, folder, old):
        click.echo(path.relative_to(root).as_posix())
    click.echo("Complete what begins with TODO, then `policypress check`.", err=True)
