"""`policypress release`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from policypress import app
from policypress.cli import options
from policypress.core import instants
from policypress.core.releasing import Plan, Request


@click.command("release")
@options.workspace
@options.policy
@click.option("--published", metavar="INSTANT", help="When it is announced.  [default: now]")
@click.option(
    "--effective", metavar="INSTANT", help="From when it binds, or `unknown`.  [default: after the notice]"
)
@click.option("--known-since", metavar="INSTANT", help="With `--effective unknown`: when it surely applied.")
@click.option("--short-notice", metavar="REASON", default="", help="Why the notice is shorter than promised.")
@click.option(
    "--published-reason", metavar="REASON", default="", help="Why it was published before it is recorded."
)
@click.option("--urgent", is_flag=True, help="Amend the text in force, beside a scheduled release.")
@click.option(
    "--reconstructed", metavar="BASIS", default="", help="An old text: on what its dates are based."
)
@click.option(
    "--as", "version", metavar="VERSION", default="", help="Its number.  [default: what the severity gives]"
)
@click.option("--dry-run", is_flag=True, help="Show all that would be written; write nothing.")
def command(  # noqa: PLR0913, PLR0917
    start: Path,
    policy: str | None,
    published: str | None,
    effective: str | None,
    known_since: str | None,
    short_notice: str,
    published_reason: str,
    urgent: bool,
    reconstructed: str,
    version: str,
    dry_run: bool,
) -> None:
    """Release the draft as the next version, for ever.

    Every change above editorial needs a note in changes/, as `policypress diff --draft-notes` writes
    them; what a machine cannot weigh waits there for a person's word. A bare date means 00:00 in the
    policy's time zone.

    \b
    Examples:
      policypress release --dry-run
      policypress release --effective 2026-12-24
      policypress release --effective unknown --known-since 2026-11-23
      policypress release --urgent --short-notice "A court order of 23 November."
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    zone = app.zone_of(root, folder)

    def instant(text: str | None) -> datetime | None:
        return instants.parse(text, zone) if text else None

    request = Request(
        now=datetime.now(zone).replace(microsecond=0),
        published=instant(published),
        effective=None if effective == "unknown" else instant(effective),
        effective_unknown=effective == "unknown",
        known_since=instant(known_since),
        short_notice=short_notice,
        published_reason=published_reason,
        urgent=urgent,
        provenance="reconstructed" if reconstructed else "original",
        date_basis=reconstructed,
        version=version,
    )
    made = app.release(root, folder, request, dry_run=dry_run)
    _show(made, dry_run=dry_run)


def _show(made: Plan, *, dry_run: bool) -> None:
    release = made.release
    effective = release.effective.isoformat() if release.effective else "unknown"
    click.secho(f"{release.policy} {release.version} ({release.severity})", bold=True)
    click.echo(f"  published {release.published.isoformat()}, effective {effective}")
    for one in made.weighed:
        change = one.change
        label = next(iter(change.new_labels.values()), next(iter(change.old_labels.values()), ""))
        words = " ".join(part for part in (label, change.clause or change.field) if part)
        click.echo(
            f"  {change.fingerprint}  {change.kind:<10} {words}: {change.rule.why} ({one.severity.word})"
        )
    for remark in made.remarks:
        click.secho(f"  {remark}", fg="yellow", err=True)
    if dry_run:
        click.echo("nothing was written", err=True)
    else:
        click.echo(f"  releases/{release.file}", err=True)
