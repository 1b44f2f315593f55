"""`policypress notify status`, `resolve` and `purge`: what the outbox remembers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policypress import app
from policypress.cli import options
from policypress.cli.sent import print_event
from policypress.core import instants
from policypress.core.notices import Event, Kind, NoticeError, State

if TYPE_CHECKING:
    from policypress.app import Outbox

_outbox = click.option(
    "--outbox", "path", type=click.Path(dir_okay=False, path_type=Path), help="[default: .policypress/]"
)


def _opened(start: Path, path: Path | None) -> Outbox:
    found = app.known_outbox(options.root_of(start), path)
    if found is None:
        raise NoticeError("there is no outbox: nothing was sent yet", "Give another place by --outbox.")
    return found


@click.command("status")
@options.workspace
@_outbox
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people or for programs.",
)
def status(start: Path, path: Path | None, form: str) -> None:
    """Show what became of every notice that was sent: numbers, and each that was not accepted.

    \b
    Examples:
      policypress notify status
      policypress notify status --format json
    """
    with _opened(start, path) as outbox:
        if form == "json":
            events = [_as_data(outbox, event) for event in outbox.events()]
            click.echo(json.dumps({"events": events}, ensure_ascii=False, indent=1))
            return
        for event in outbox.events():
            print_event(outbox, event)


def _as_data(outbox: Outbox, event: Event) -> dict[str, object]:
    others = [state for state in State if state is not State.ACCEPTED]
    return {
        "policy": event.policy,
        "version": event.version,
        "kind": event.kind.value,
        "reason": outbox.reason(event),
        "counts": {state.value: count for state, count in outbox.counts(event).items()},
        "not_accepted": [
            {"recipient": entry.recipient, "state": entry.state.value, "reason": entry.reason}
            for entry in outbox.entries(event, *others)
        ],
    }


@click.command("resolve")
@click.argument("version")
@click.argument("recipient")
@options.workspace
@options.policy
@_outbox
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="announce", help="Which.")
@click.option("--sent/--again", "sent", required=True, help="It arrived; or it is to be sent again.")
def resolve(  # noqa: PLR0913, PLR0917
    version: str, recipient: str, start: Path, policy: str | None, path: Path | None, kind: str, sent: bool
) -> None:
    """Decide on a notice in doubt, or refused: nothing else sends it again.

    \b
    Examples:
      policypress notify resolve 1.1.0 c1042 --sent
      policypress notify resolve 1.1.0 c1042 --again
    """
    event = Event(app.the_policy(options.root_of(start), policy).name, version, Kind(kind))
    with _opened(start, path) as outbox:
        outbox.resolve(event, recipient, datetime.now(UTC).timestamp(), sent=sent)
    click.echo(f"{event} to {recipient}: {'accepted' if sent else 'sent again by the next run'}")


@click.command("purge")
@options.workspace
@_outbox
@click.option("--recipient", metavar="ID", help="Forget this one.")
@click.option("--before", metavar="INSTANT", help="Forget everybody of events untouched since.")
def purge(start: Path, path: Path | None, recipient: str | None, before: str | None) -> None:
    """Forget a recipient, or all recipients of what is over. Nobody is told anything twice because of it.

    Of a recipient a keyed hash of the id stays for each event, so that those are not sent to them again;
    delete their row in your recipient file as well. Of an event that is over, its name stays.

    \b
    Examples:
      policypress notify purge --recipient c1042
      policypress notify purge --before 2026-01-01
    """
    if (recipient is None) == (before is None):
        raise click.UsageError("Give either --recipient or --before.")
    now = datetime.now(UTC).timestamp()
    with _opened(start, path) as outbox:
        if recipient is not None:
            gone = outbox.forget(recipient)
            events = "1 event" if gone == 1 else f"{gone} events"
            click.echo(f"forgotten in {events}; a keyed hash of the id stays in each")
        else:
            at = instants.parse(before or "", UTC)
            gone = outbox.purge(now, before=at.timestamp())
            click.echo(
                f"{gone:,} notices forgotten; the names of their events stay: they are never sent again"
            )
