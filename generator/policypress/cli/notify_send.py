"""`policypress notify send`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policypress import app
from policypress.cli import options
from policypress.cli.sent import print_event
from policypress.core.mailing import Obstacle, Ordered, Plan
from policypress.core.notices import Event, Kind

if TYPE_CHECKING:
    from policypress.app import Mailing, Report

_FINE, _FINDINGS, _MACHINE = 0, 1, 3


kind_option = click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default="announce",
    show_default=True,
    help="Why it is said.",
)


@click.command("send")
@click.argument("version", default="latest")
@options.workspace
@options.policy
@kind_option
@click.option(
    "--recipients",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Whom the mail channel writes to: a CSV file that git does not track.",
)
@click.option("--channel", "channels", metavar="NAME", multiple=True, help="Only this one; repeatable.")
@click.option(
    "--site", metavar="SITE", help="The published site, an address or a folder.  [default: --site-url]"
)
@click.option("--site-url", metavar="URL", help="Where links lead to.  [default: as mkdocs.yml says]")
@click.option("--yes", "approved", metavar="DIGEST", help="Send what the preview with this digest shows.")
@click.option("--dry-run", is_flag=True, help="Send nothing, with --yes neither. It is the default.")
@click.option(
    "--preview", type=click.Path(dir_okay=False, path_type=Path), help="Where.  [default: .policypress/]"
)
@click.option("--outbox", type=click.Path(dir_okay=False, path_type=Path), help="[default: .policypress/]")
@click.option("--reason", default="", metavar="TEXT", help="Why it is told later than was promised.")
@click.option("--below-minimum", is_flag=True, help="Also what is less than minimum_severity.")
@click.option("--reconstructed", is_flag=True, help="Also an old text that was recorded later.")
@click.option(
    "--wait",
    metavar="MINUTES",
    type=click.FloatRange(0),
    default=15.0,
    show_default=True,
    help="How long to go on trying what is refused for a time.",
)
def send(  # noqa: PLR0913, PLR0917
    version: str,
    start: Path,
    policy: str | None,
    kind: str,
    recipients: Path | None,
    channels: tuple[str, ...],
    site: str | None,
    site_url: str | None,
    approved: str | None,
    dry_run: bool,
    preview: Path | None,
    outbox: Path | None,
    reason: str,
    below_minimum: bool,
    reconstructed: bool,
    wait: float,
) -> None:
    """Tell everybody of a release, each once: what changed since the version that they accepted.

    Without --yes nothing is sent: a page shows who would get which message, and its digest is what
    --yes asks for. A run that was stopped is taken up by the same line.

    Exits with 0 when all were told (without --yes: when all could be), with 1 when something was
    refused, held back or left in doubt or may not be sent, with 2 when the input cannot be used, with 3
    when a channel or the machine fails.

    \b
    Examples:
      policypress notify send --recipients people.csv
      policypress notify send --recipients people.csv --yes 1f0c2a7e-5d93b1aa-0e44f6c2-9ab817d3
      policypress notify send 1.1.0 --kind reminder --channel app --site site
    """
    root = options.root_of(start)
    folder = app.the_policy(root, policy)
    announcing = app.Announcing(root, folder, Kind(kind), app.site_url(root, site_url), datetime.now(UTC))
    event = Event(folder.name, announcing.released(version), Kind(kind))
    ordered = Ordered(event, reason, below_minimum, reconstructed)
    chosen = app.ways(app.notify_settings(root), channels, recipients)
    mailing = app.Mailing(announcing, ordered, chosen, site or announcing.site)
    plan = _previewed(mailing, preview, outbox, approved)
    if approved is None or dry_run:
        sys.exit(_FINDINGS if plan.obstacles else _FINE)
    sys.exit(_sent(mailing, plan, outbox, wait * 60))


def _previewed(mailing: Mailing, preview: Path | None, path: Path | None, approved: str | None) -> Plan:
    """The plan, shown; where something was approved, only what was."""
    known = app.known_outbox(mailing.announcing.root, path)
    try:
        plan = mailing.plan(known)
        page = app.write_preview(mailing, plan, known, preview)
    finally:
        if known:
            known.close()
    if approved is None:
        _show(plan, page)
    else:
        app.refuse_unapproved(plan, approved)
    return plan


def _show(plan: Plan, page: Path) -> None:
    click.secho(f"{plan.order.event}", bold=True)
    for group in plan.groups:
        said = group.said
        words = said.subject or "data for a program"
        click.echo(f"  {group.count:>7,}  {group.channel}  {said.language or '*'}  since {said.old}  {words}")
    for why, count in plan.held.items():
        click.secho(f"  {count:>7,}  held back: {why}", fg="yellow")
    if plan.current:
        click.echo(f"  {plan.current:>7,}  know this version already: nothing to tell")
    click.echo(f"preview  {page}")
    click.echo(f"digest   {plan.approval}")
    if plan.obstacles:
        click.secho("As things are, nothing will be sent:", fg="red", err=True)
        for one in plan.obstacles:
            _say(one)
    else:
        click.echo(f"Nothing was sent. Look at the preview, then add --yes {plan.approval}", err=True)


def _say(one: Obstacle) -> None:
    click.echo(f"  {one.message}", err=True)
    click.echo(f"    {one.hint}", err=True)


def _sent(mailing: Mailing, plan: Plan, path: Path | None, patience: float) -> int:
    with app.open_outbox(mailing.announcing.root, path) as outbox:
        event = plan.order.event
        with _bar(plan.total) as progress:
            pace = app.Pace(sleep=_waiting, patience=patience)
            report = mailing.send(plan, outbox, os.environ, pace, progress)
        print_event(outbox, event)
        if plan.current:
            click.echo(f"  {plan.current:>7,}  knew this version already: nothing to tell")
    return _code(report)


def _code(report: Report) -> int:
    if report.stopped:
        click.secho(f"policypress: it stopped: {report.stopped}", fg="red", err=True)
    if report.next_try is not None:
        due = datetime.fromtimestamp(report.next_try).astimezone()
        click.echo(f"Run the same again after {due:%Y-%m-%d %H:%M:%S %z} for what was deferred.", err=True)
    if report.stopped:
        return _MACHINE
    return _FINE if report.is_complete else _FINDINGS


def _waiting(seconds: float) -> None:
    """Say for what the time goes by."""
    if seconds >= 1:
        click.echo(f"waiting {seconds:.0f} s for what was refused for a time", err=True)
    time.sleep(seconds)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=total, label="sending", file=sys.stderr, show_pos=True) as bar:
        yield lambda done: bar.update(done - bar.pos)
