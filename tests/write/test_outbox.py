"""The outbox remembers, gives nothing out twice, and forgets when it is told to."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from policypress.core.notices import Answer, Event, Kind, Recipient, State
from policypress.write.database import OutboxError
from policypress.write.outbox import Entry, Outbox

EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)
ANN = Recipient("c1", "ann.unusual@example.com", "en", "1.0.0", "en")
BO = Recipient("c2", "bo.unusual@example.com", "zh-Hans", "1.0.0", "zh-Hans")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    with Outbox(path) as outbox:
        yield outbox


def settled(outbox: Outbox, recipient: Recipient, answer: Answer, due: float = 0.0) -> None:
    (entry,) = outbox.claim(EVENT, [recipient], 1.0)
    assert entry.is_ours
    outbox.settle(EVENT, recipient, answer, 1.0, due)


def stands(outbox: Outbox, recipient: Recipient, now: float = 1.0) -> Entry:
    (entry,) = outbox.claim(EVENT, [recipient], now)
    return entry


def test_what_is_claimed_is_nobody_elses(outbox: Outbox, path: Path) -> None:
    assert stands(outbox, ANN).is_ours
    with Outbox(path) as other:
        other.recover()
        assert stands(other, ANN) == Entry("c1", State.CLAIMED)
        assert stands(other, BO).is_ours


def test_what_was_accepted_is_not_given_out_again(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.ACCEPTED, "250 OK"))
    assert stands(outbox, ANN) == Entry("c1", State.ACCEPTED, 1, reason="250 OK")
    assert not stands(outbox, replace(ANN, address="new@example.com")).is_ours


def test_another_kind_version_or_policy_is_another_matter(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.ACCEPTED))
    for other in (
        replace(EVENT, kind=Kind.REMINDER),
        replace(EVENT, version="1.2.0"),
        replace(EVENT, policy="children"),
    ):
        assert outbox.claim(other, [ANN], 1.0)[0].is_ours


def test_what_was_deferred_waits_for_its_time(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.DEFERRED, "451 later"), due=60.0)
    assert stands(outbox, ANN, 59.0) == Entry("c1", State.DEFERRED, 1, 60.0, "451 later")
    assert stands(outbox, ANN, 60.0) == Entry("c1", State.CLAIMED, 1, is_ours=True)


def test_a_round_of_retries_takes_nothing_new(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.DEFERRED), due=60.0)
    first, second = outbox.claim(EVENT, [ANN, BO], 60.0, deferred_only=True)
    assert (first.is_ours, second.is_ours) == (True, False)


def test_who_was_refused_is_tried_again_only_at_another_address(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.REFUSED, "550 no such mailbox"))
    assert not stands(outbox, ANN).is_ours
    assert stands(outbox, replace(ANN, address="right@example.com")) == Entry(
        "c1", State.CLAIMED, is_ours=True
    )


def test_who_was_held_is_looked_at_again(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.HELD, "the version '0.9' is not known"))
    assert outbox.counts(EVENT) == {State.HELD: 1}
    assert stands(outbox, ANN) == Entry("c1", State.CLAIMED, 0, is_ours=True)


def test_a_run_that_ends_gives_back_what_it_had_not_begun(outbox: Outbox, path: Path) -> None:
    with Outbox(path) as other:
        assert stands(other, ANN).is_ours
    assert stands(outbox, ANN).is_ours


def test_a_run_that_ends_before_the_answer_leaves_a_doubt(outbox: Outbox, path: Path) -> None:
    with Outbox(path) as other:
        stands(other, ANN)
        other.mark_sending(EVENT, ANN)
    (entry,) = outbox.entries(EVENT, State.IN_DOUBT)
    assert entry == Entry("c1", State.IN_DOUBT, reason="the run ended before the answer")
    assert not stands(outbox, ANN).is_ours
    assert not stands(outbox, replace(ANN, address="new@example.com")).is_ours


def lose(path: Path, change: str) -> None:
    """Edit the outbox behind its back."""
    db = sqlite3.connect(path)
    with db:
        db.execute(change)
    db.close()


def test_after_a_power_cut_all_that_was_claimed_is_in_doubt(outbox: Outbox, path: Path) -> None:
    stands(outbox, ANN)
    lose(path, "UPDATE notices SET run = 'anotherboot-' || substr(run, 14)")
    with Outbox(path) as later:
        later.recover()
        assert later.counts(EVENT) == {State.IN_DOUBT: 1}


@pytest.mark.parametrize(("sent", "ours"), [(True, False), (False, True)])
def test_a_person_settles_a_doubt(outbox: Outbox, path: Path, sent: bool, ours: bool) -> None:
    with Outbox(path) as other:
        stands(other, ANN)
        other.mark_sending(EVENT, ANN)
    outbox.resolve(EVENT, "c1", 2.0, sent=sent)
    assert stands(outbox, ANN).is_ours is ours


def test_what_is_in_no_doubt_cannot_be_settled(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.ACCEPTED))
    for name in ("c1", "c2"):
        with pytest.raises(OutboxError, match="neither in doubt nor refused"):
            outbox.resolve(EVENT, name, 2.0, sent=False)


def test_a_row_that_another_run_took_cannot_be_marked(outbox: Outbox, path: Path) -> None:
    stands(outbox, ANN)
    lose(path, "UPDATE notices SET run = 'stolen'")
    with pytest.raises(OutboxError, match="another run has taken c1"):
        outbox.mark_sending(EVENT, ANN)


def test_no_address_is_anywhere_in_its_files(path: Path) -> None:
    with Outbox(path) as outbox:
        settled(outbox, ANN, Answer(State.ACCEPTED))
        settled(outbox, BO, Answer(State.REFUSED, "550"))
        kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"c1" in kept
    assert b"unusual" not in kept


def test_two_outboxes_hash_an_address_differently(tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        with Outbox(tmp_path / name) as outbox:
            settled(outbox, ANN, Answer(State.ACCEPTED))
        db = sqlite3.connect(tmp_path / name)
        hashes += db.execute("SELECT address FROM notices").fetchone()
        db.close()
    assert hashes[0] != hashes[1]


def test_a_claim_is_on_the_disk_before_it_is_acted_on(outbox: Outbox) -> None:
    said: list[str] = []
    outbox._db.set_trace_callback(said.append)
    stands(outbox, ANN)
    outbox.mark_sending(EVENT, ANN)
    claim = said.index("BEGIN IMMEDIATE")
    assert said[claim - 1] == "PRAGMA synchronous = FULL"
    assert said[said.index("COMMIT") + 1] == "PRAGMA synchronous = NORMAL"
    assert [line.split()[0] for line in said[said.index("COMMIT") + 2 :]] == ["UPDATE"]


def test_only_its_owner_may_read_it(outbox: Outbox, path: Path) -> None:
    stands(outbox, ANN)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}


def test_what_is_purged_is_gone_and_never_sent_again(path: Path) -> None:
    people = [replace(ANN, id=f"c{number}") for number in range(500)]
    with Outbox(path) as outbox:
        outbox.claim(EVENT, people, 1.0)
        for person in people:
            outbox.settle(EVENT, person, Answer(State.ACCEPTED, "an unusual answer"), 1.0)
        outbox._db.execute("PRAGMA secure_delete = OFF")  # as some builds of SQLite have it
        assert outbox.purge(9.0, event=EVENT) == 500
        assert outbox.events() == []
        with pytest.raises(OutboxError, match="purged"):
            stands(outbox, ANN)
        kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"unusual" not in kept


def test_only_what_is_old_is_purged(outbox: Outbox) -> None:
    settled(outbox, ANN, Answer(State.ACCEPTED))
    later = replace(EVENT, version="1.2.0")
    outbox.claim(later, [ANN], 100.0)
    outbox.settle(later, ANN, Answer(State.ACCEPTED), 100.0)
    assert outbox.purge(200.0, before=50.0) == 1
    assert outbox.events() == [later]


def test_nothing_is_purged_under_a_run(outbox: Outbox, path: Path) -> None:
    stands(outbox, ANN)
    with Outbox(path) as other, pytest.raises(OutboxError, match="is sending"):
        other.purge(9.0, event=EVENT)


def test_a_newer_format_is_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(OutboxError, match="format 2"):
        Outbox(path)


def test_something_else_is_not_taken_for_an_outbox(path: Path) -> None:
    path.write_text("a letter to grandmother\n" * 100)
    with pytest.raises(OutboxError, match="cannot be used"):
        Outbox(path)
    assert path.read_text().startswith("a letter")


def test_runs_leave_no_files_behind(path: Path) -> None:
    with Outbox(path) as outbox:
        (path.parent / f"{path.name}.run-boot-dead").touch(0o600)
        outbox.recover()
        assert len(list(path.parent.glob("*.run-*"))) == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_run_waits_while_another_makes_the_outbox(path: Path) -> None:
    """SQLite by itself does not wait for a writer before it keeps a file's first log."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE something (value)")
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        release.start()
        with Outbox(path) as outbox:
            assert outbox.events() == []
        release.join()
