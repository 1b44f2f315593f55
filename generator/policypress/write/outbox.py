"""The outbox: what became of every notice, so that each is sent at most once, whatever happens to a run.

A row is claimed before anything is done about it, and marked as `sending` at the last moment from which it
can be withheld. Rows of a run that is no more are pending again; those that were being sent are in doubt, and
stay so until a person decides.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from policypress.core.addresses import FORGOTTEN
from policypress.core.notices import Answer, Event, Kind, Recipient, State
from policypress.write.database import OutboxError, in_words, opened, transaction
from policypress.write.running import Run

_OF_EVENT = "event = (SELECT id FROM events WHERE policy = ? AND version = ? AND kind = ?)"
_ENTRY = "recipient, state, attempts, coalesce(due, 0.0), reason"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the outbox says of one notice. `due` is when a deferred one may be tried again."""

    recipient: str
    state: State
    attempts: int = 0
    due: float = 0.0
    reason: str = ""
    is_ours: bool = False


class Outbox:
    """One run's view of an outbox file, which it makes where there is none."""

    def __init__(self, path: Path) -> None:
        self._run = Run(path)
        self._numbers: dict[Event, int] = {}
        try:
            self._db, self._salt = opened(path)
        except BaseException:
            self._run.end()
            raise

    def __enter__(self) -> Outbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release, and let others know that this run is over."""
        try:
            self.release()
        finally:
            self._db.close()
            self._run.end()

    def release(self) -> None:
        """Give back what was claimed; what was being sent is in doubt."""
        with in_words():
            self._give_back(self._run.name, trusted=True)

    def recover(self) -> None:
        """Settle what runs that are no more have left."""
        with in_words():
            names = [name for (name,) in self._db.execute("SELECT DISTINCT run FROM notices WHERE run > ''")]
            for name in names:
                if name != self._run.name and self._run.is_over(name):
                    self._give_back(name, trusted=self._run.is_of_this_boot(name))
        self._run.sweep()

    def _give_back(self, run: str, *, trusted: bool) -> None:
        """After a power cut the marks since a claim may be lost: any claimed row may have been sent."""
        if not trusted:
            self._db.execute("UPDATE notices SET state = 'sending' WHERE run = ?", (run,))
        self._db.execute(
            "UPDATE notices SET state = 'in doubt', run = NULL, reason = 'the run ended before the answer'"
            " WHERE run = ? AND state = 'sending'",
            (run,),
        )
        self._db.execute("UPDATE notices SET state = 'pending', run = NULL WHERE run = ?", (run,))

    def claim(
        self, event: Event, recipients: Sequence[Recipient], now: float, *, deferred_only: bool = False
    ) -> list[Entry]:
        """Where each of these stands; those that are due are now ours, and that is on the disk."""
        with in_words(), transaction(self._db, durable=True):
            number = self._numbers[event] = self._event(event)
            return [self._claimed(number, recipient, now, deferred_only) for recipient in recipients]

    def _claimed(self, event: int, recipient: Recipient, now: float, deferred_only: bool) -> Entry:
        hashed = hmac.digest(self._salt, recipient.address.encode(), "sha256")
        query = f"SELECT {_ENTRY}, address FROM notices WHERE event = ? AND recipient = ?"
        row = self._db.execute(query, (event, recipient.id)).fetchone()
        if row is None and (
            gone := self._db.execute(query, (event, self._nameless(recipient.id))).fetchone()
        ):
            return _entry(gone[:-1])
        entry = _entry(row[:-1]) if row else Entry(recipient.id, State.PENDING)
        # A corrected address opens what the old one had closed.
        is_new_address = row is not None and row[-1] != hashed
        if not _is_due(entry, now, deferred_only, is_new_address):
            return entry
        attempts = 0 if is_new_address else entry.attempts
        self._db.execute(
            "INSERT INTO notices (event, recipient, address, state, attempts, at, run)"
            " VALUES (?, ?, ?, 'claimed', ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " (address, state, attempts, at, run) ="
            " (excluded.address, excluded.state, excluded.attempts, excluded.at, excluded.run)",
            (event, recipient.id, hashed, attempts, now, self._run.name),
        )
        return Entry(recipient.id, State.CLAIMED, attempts, is_ours=True)

    def _event(self, event: Event) -> int:
        query = "SELECT id, purged FROM events WHERE policy = ? AND version = ? AND kind = ?"
        row = self._db.execute(query, _key(event)).fetchone()
        if row is None:
            self._db.execute("INSERT INTO events (policy, version, kind) VALUES (?, ?, ?)", _key(event))
            return self._event(event)
        if row[1] is not None:
            raise OutboxError(
                f"{event} was sent, and its recipients were purged: nobody can tell who has it already",
                "Say what is still to be said in a correction.",
            )
        return int(row[0])

    def mark_sending(self, event: Event, recipient: Recipient) -> None:
        """From here on a message may be with its recipient, whatever becomes of this run."""
        self._change("state = 'sending'", (), event, recipient)

    def settle(
        self, event: Event, recipient: Recipient, answer: Answer, now: float, due: float = 0.0
    ) -> None:
        """Keep an answer. One that holds the message back costs no attempt."""
        self._change(
            "state = ?, reason = ?, due = ?, at = ?, attempts = attempts + ?, run = NULL",
            (answer.state, answer.reason, due or None, now, int(answer.state is not State.HELD)),
            event,
            recipient,
        )

    def _change(self, what: str, values: tuple[object, ...], event: Event, recipient: Recipient) -> None:
        """Change a row that this run has claimed. A single statement is its own transaction."""
        statement = f"UPDATE notices SET {what} WHERE event = ? AND recipient = ? AND run = ?"
        with in_words():
            key = (self._numbers[event], recipient.id, self._run.name)
            done = self._db.execute(statement, (*values, *key))
        if done.rowcount != 1:
            raise OutboxError(
                f"another run has taken {recipient.id} from this one",
                "The lock files beside the outbox belong to runs: leave them alone.",
            )

    def keep_reason(self, event: Event, reason: str) -> None:
        """Why an event is told later than was promised."""
        with in_words(), transaction(self._db, durable=True):
            self._event(event)
            self._db.execute(
                "UPDATE events SET reason = ? WHERE policy = ? AND version = ? AND kind = ?",
                (reason, *_key(event)),
            )

    def reason(self, event: Event) -> str:
        """The reason that was kept; mostly there is none."""
        query = "SELECT reason FROM events WHERE policy = ? AND version = ? AND kind = ?"
        with in_words():
            found = self._db.execute(query, _key(event)).fetchone()
        return found[0] if found else ""

    def is_begun(self, policy: str, version: str) -> bool:
        """Whether anybody was told anything of a version, or could have been."""
        query = (
            "SELECT 1 FROM events LEFT JOIN notices ON event = id WHERE policy = ? AND version = ?"
            " AND (purged IS NOT NULL OR state NOT IN ('held', 'pending', 'claimed')) LIMIT 1"
        )
        with in_words():
            return self._db.execute(query, (policy, version)).fetchone() is not None

    def counts(self, event: Event) -> dict[State, int]:
        """How many notices of an event are in each state."""
        query = f"SELECT state, count(*) FROM notices WHERE {_OF_EVENT} GROUP BY state"
        with in_words():
            return {State(state): count for state, count in self._db.execute(query, _key(event))}

    def entries(self, event: Event, *states: State) -> Iterator[Entry]:
        """The notices of an event in these states, by recipient."""
        query = f"SELECT {_ENTRY} FROM notices WHERE {_OF_EVENT} AND state = ? ORDER BY recipient"
        for state in states:
            with in_words():
                yield from map(_entry, self._db.execute(query, (*_key(event), state)))

    def events(self) -> list[Event]:
        """Every event whose recipients are known, in the order in which they were first sent."""
        query = "SELECT policy, version, kind FROM events WHERE purged IS NULL ORDER BY id"
        with in_words():
            return [Event(policy, version, Kind(kind)) for policy, version, kind in self._db.execute(query)]

    def resolve(self, event: Event, recipient: str, now: float, *, sent: bool) -> None:
        """A person's word on a notice in doubt, or refused: it was sent, or it is to be tried again."""
        state, reason = (State.ACCEPTED, "as a person says") if sent else (State.PENDING, "")
        statement = "UPDATE notices SET state = ?, reason = ?, attempts = 0, due = NULL, at = ?"
        statement += f" WHERE {_OF_EVENT} AND recipient = ? AND state IN ('in doubt', 'refused')"
        with in_words():
            done = self._db.execute(statement, (state, reason, now, *_key(event), recipient))
        if not done.rowcount:
            raise OutboxError(
                f"{event} to {recipient} is neither in doubt nor refused", "Give the id as the report does."
            )

    def purge(self, now: float, *, event: Event | None = None, before: float | None = None) -> int:
        """Forget the recipients of an event, or of events untouched since an instant; returns how many.

        That the event took place is kept: it is never sent again.
        """
        self.recover()
        with in_words(), transaction(self._db, durable=True):
            gone = sum(self._forget(number, now) for number in self._purgeable(event, before))
        self._wipe()
        return gone

    def forget(self, recipient: str) -> int:
        """Forget a recipient, in how many events; a keyed hash of the id stays, and nothing is sent to it."""
        self.recover()
        with in_words(), transaction(self._db, durable=True):
            query = "SELECT count(run) FROM notices WHERE recipient = ?"
            if self._db.execute(query, (recipient,)).fetchone()[0]:
                raise OutboxError("a run is writing to them just now", "Purge when it has ended.")
            done = self._db.execute(
                "UPDATE notices SET recipient = ?, address = x'', reason = 'forgotten', due = NULL,"
                " state = CASE WHEN state IN ('accepted', 'in doubt') THEN state ELSE 'refused' END"
                " WHERE recipient = ?",
                (self._nameless(recipient), recipient),
            )
        self._wipe()
        return done.rowcount

    def _nameless(self, recipient: str) -> str:
        return f"{FORGOTTEN}{hmac.digest(self._salt, f'id {recipient}'.encode(), 'sha256').hex()[:32]}"

    def _wipe(self) -> None:
        """Leave nothing of what was deleted in the file."""
        with in_words():
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _purgeable(self, event: Event | None, before: float | None) -> list[int]:
        wanted = _OF_EVENT if event else "1"
        query = f"SELECT event, count(run) FROM notices WHERE {wanted} GROUP BY event"
        query += " HAVING max(at) < ?" if before is not None else ""
        values = (*(_key(event) if event else ()), *(() if before is None else (before,)))
        rows = self._db.execute(query, values).fetchall()
        if any(busy for _, busy in rows):
            raise OutboxError("a run is sending this just now", "Purge when it has ended.")
        return [number for number, _ in rows]

    def _forget(self, number: int, now: float) -> int:
        self._db.execute("UPDATE events SET purged = ? WHERE id = ?", (now, number))
        return self._db.execute("DELETE FROM notices WHERE event = ?", (number,)).rowcount


def _key(event: Event) -> tuple[str, str, str]:
    return event.policy, event.version, event.kind.value


def _entry(row: Sequence[Any]) -> Entry:
    recipient, state, attempts, due, reason = row
    return Entry(recipient, State(state), attempts, due, reason)


def _is_due(entry: Entry, now: float, deferred_only: bool, is_new_address: bool) -> bool:
    if entry.state is State.DEFERRED:
        return entry.due <= now or is_new_address
    if deferred_only:
        return False
    return entry.state in (State.PENDING, State.HELD) or (entry.state is State.REFUSED and is_new_address)
