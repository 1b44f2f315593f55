"""Progress is for people who wait at a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.runner import on_terminal, run_planted

# A clock that moves on by so much whenever somebody looks at it: nothing has to be slow.
CLOCK = """
import itertools, types
from policypress.cli import progress
ticks = itertools.count()
progress.time = types.SimpleNamespace(monotonic=lambda: next(ticks) * {step})
"""


def test_a_slow_command_says_on_a_terminal_what_it_does_and_wipes_that_away(workspace: Path) -> None:
    code, received = on_terminal(CLOCK.format(step=0.6), "check", cwd=workspace)
    assert code == 0
    assert "\r\x1b[2KReading policy_src/privacy/policy.yaml" in received
    shown = received.replace("\r\n", "\n").split("\r\x1b[2K")[-1]
    assert "Reading" not in shown
    assert "0 errors" in shown


def test_a_quick_command_shows_no_progress(workspace: Path) -> None:
    _, received = on_terminal(CLOCK.format(step=0.0001), "check", cwd=workspace)
    assert "Reading" not in received
    assert "\x1b[2K" not in received


def test_progress_begins_only_after_half_a_second(workspace: Path) -> None:
    _, received = on_terminal(CLOCK.format(step=0.2), "check", cwd=workspace)
    assert "Reading policy_src/privacy/policy.yaml" not in received
    assert "Reading policy_src/privacy/clauses/02-share.yaml" in received


def test_nothing_of_it_goes_into_a_pipe(workspace: Path) -> None:
    done = run_planted(CLOCK.format(step=0.6), "check", cwd=workspace)
    assert "Reading" not in done.stdout + done.stderr
    assert "\x1b" not in done.stderr
