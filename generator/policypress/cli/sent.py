"""What became of the notices of an event, as a table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policypress.core.notices import Event, State

if TYPE_CHECKING:
    from policypress.app import Outbox

_TOLD = (State.REFUSED, State.IN_DOUBT, State.HELD, State.DEFERRED, State.PENDING)
_COLOURS = {State.ACCEPTED: "green", State.REFUSED: "red", State.IN_DOUBT: "red"}


def print_event(outbox: Outbox, event: Event) -> None:
    """How many are in which state, then each that was not accepted, and why."""
    click.secho(str(event), bold=True)
    if reason := outbox.reason(event):
        click.echo(f"  told later than was promised: {reason}")
    counts = outbox.counts(event)
    for state in State:
        if counts.get(state):
            click.secho(f"  {counts[state]:>7,}  {state.value}", fg=_COLOURS.get(state, "yellow"))
    for entry in outbox.entries(event, *_TOLD):
        click.echo(f"  {entry.state.value:<9} {entry.recipient}  {entry.reason}".rstrip())
