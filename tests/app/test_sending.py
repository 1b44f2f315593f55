"""Every recipient is told exactly once: across kills, two runs at once, failures for a time and for good."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from policypress.core.notices import State
from policypress.write.outbox import Outbox
from tests.support import sender
from tests.support.mailserver import is_refused, mail_server
from tests.support.scripted import SILENCE, scripted

COUNT = 300
IDS = {f"u{number}@example.com": f"c{number}" for number in range(COUNT)}
REFUSED = {f"c{number}" for number in range(COUNT) if is_refused(number)}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "accepted.log"


@pytest.fixture
def port(log: Path) -> Iterator[int]:
    with mail_server(log) as port:
        yield port


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return sender.write_file(tmp_path / "recipients.csv", COUNT)


def accepted(log: Path) -> Counter[str]:
    """How often the server has accepted mail for each recipient."""
    return Counter(IDS[line.split()[0]] for line in log.read_text().splitlines())


def ids(outbox: Path, state: State) -> set[str]:
    with Outbox(outbox) as opened:
        return {entry.recipient for entry in opened.entries(sender.EVENT, state)}


def test_all_are_told_once_across_three_kills(file: Path, log: Path, port: int, tmp_path: Path) -> None:
    outbox = tmp_path / "outbox.sqlite"
    for reached in (60, 130, 200):
        sender.killed_at(sender.started(file, outbox, port), log, reached)
    standing = sender.finished(sender.started(file, outbox, port)).standing
    told, doubtful = accepted(log), ids(outbox, State.IN_DOUBT)
    assert max(told.values()) == 1
    assert len(doubtful) <= 3
    assert set(IDS.values()) - set(told) - REFUSED <= doubtful
    assert ids(outbox, State.REFUSED) == REFUSED
    assert standing["in doubt"] == len(doubtful)
    assert standing["accepted"] + standing["in doubt"] + standing["refused"] == COUNT


def test_two_runs_at_once_share_the_work(file: Path, log: Path, port: int, tmp_path: Path) -> None:
    outbox = tmp_path / "outbox.sqlite"
    runs = [sender.started(file, outbox, port) for _ in range(2)]
    for run in runs:
        sender.finished(run)
    told = accepted(log)
    assert max(told.values()) == 1
    assert set(told) == set(IDS.values()) - REFUSED
    assert ids(outbox, State.REFUSED) == REFUSED


def test_a_run_killed_beside_another_leaves_its_rows_to_it(
    file: Path, log: Path, port: int, tmp_path: Path
) -> None:
    outbox = tmp_path / "outbox.sqlite"
    other = sender.started(file, outbox, port)
    sender.killed_at(sender.started(file, outbox, port), log, 50)
    sender.finished(other)
    sender.finished(sender.started(file, outbox, port))
    told = accepted(log)
    assert max(told.values()) == 1
    assert set(IDS.values()) - set(told) - REFUSED <= ids(outbox, State.IN_DOUBT)
    assert len(ids(outbox, State.IN_DOUBT)) <= 1


def test_killed_between_the_dot_and_the_answer_one_is_in_doubt_and_not_sent_again(tmp_path: Path) -> None:
    file, outbox = sender.write_file(tmp_path / "recipients.csv", 5), tmp_path / "outbox.sqlite"
    with scripted(DOT=["250 taken", SILENCE]) as server:
        run = sender.started(file, outbox, server.port)
        until = time.monotonic() + 20
        while len(server.taken) < 2:
            assert time.monotonic() < until
            time.sleep(0.01)
        run.kill()
        run.communicate()
        standing = sender.finished(sender.started(file, outbox, server.port)).standing
    assert (standing["accepted"], standing["in doubt"]) == (4, 1)
    assert ids(outbox, State.IN_DOUBT) == {"c1"}
    assert len(server.taken) == 5
