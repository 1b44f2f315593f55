"""Sending: messages to recipients through a channel, each at most once, with an outbox that remembers."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from policypress.core.notices import (
    Answer,
    Channel,
    ChannelError,
    Compose,
    Event,
    Message,
    Recipient,
    Retries,
    State,
)

if TYPE_CHECKING:
    from policypress.write.outbox import Entry, Outbox

_BATCH = 100
_REFUSED_IN_A_ROW = 20


def _nobody_counts(_: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Pace:
    """Time and chance as inputs. `patience`: seconds that a run may wait for retries before it ends."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    patience: float = 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be sent, and how. `compose` makes a message only when it is that recipient's turn.

    Where it answers instead that the recipient is held, that is kept. `progress` hears how many are settled.
    """

    event: Event
    compose: Compose
    outbox: Outbox
    channel: Channel
    retries: Retries = field(default_factory=Retries)
    pace: Pace = field(default_factory=Pace)
    progress: Callable[[int], None] = _nobody_counts


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, and where every notice of the event stands now; `Outbox.entries` lists them.

    `stopped` says why the run ended before its time; `next_try` when a deferred notice is due.
    """

    done: Mapping[State, int]
    standing: Mapping[State, int]
    stopped: str = ""
    next_try: float | None = None

    @property
    def settled(self) -> int:
        """How many of its notices need no other try."""
        return sum(count for state, count in self.done.items() if state is not State.DEFERRED)

    @property
    def is_complete(self) -> bool:
        """Whether every notice of the event was accepted."""
        return not self.stopped and set(self.standing) <= {State.ACCEPTED}


def send(job: Job, recipients: Iterable[Recipient]) -> Report:
    """Tell every recipient once, and try again what failed for a time, as long as there is patience.

    The recipients are walked through once for each round of tries, so they must be there again.
    """
    sending = _Sending(job)
    with closing(job.channel):
        sending.run(recipients)
    job.outbox.release()
    return Report(dict(sending.done), job.outbox.counts(job.event), sending.stopped, sending.next_try)


@dataclass(slots=True)
class _Sending:
    job: Job
    done: Counter[State] = field(default_factory=Counter)
    stopped: str = ""
    next_try: float | None = None
    refused: int = 0

    def run(self, recipients: Iterable[Recipient]) -> None:
        pace = self.job.pace
        until = pace.now() + pace.patience
        self._round(recipients, again=False)
        while not self.stopped and self.next_try is not None and self.next_try <= until:
            pace.sleep(max(0.0, self.next_try - pace.now()))
            self._round(recipients, again=True)

    def _round(self, recipients: Iterable[Recipient], *, again: bool) -> None:
        job = self.job
        job.outbox.recover()
        self.next_try = None
        for batch in _batches(recipients):
            entries = job.outbox.claim(job.event, batch, job.pace.now(), deferred_only=again)
            for recipient, entry in zip(batch, entries, strict=True):
                if entry.is_ours:
                    self._one(recipient, entry)
                else:
                    self._note(entry.state, entry.due)
                if self.stopped:
                    return

    def _note(self, state: State, due: float) -> None:
        if state is State.DEFERRED:
            self.next_try = due if self.next_try is None else min(due, self.next_try)

    def _one(self, recipient: Recipient, entry: Entry) -> None:
        made = self.job.compose(recipient)
        answer = self._handed_over(made) if isinstance(made, Message) else made
        if answer is None:
            return
        now, due = self.job.pace.now(), 0.0
        if answer.state is State.DEFERRED:
            answer, due = self._later(answer, entry.attempts + 1, now)
        self.job.outbox.settle(self.job.event, recipient, answer, now, due)
        self._note(answer.state, due)
        self.done[answer.state] += 1
        self.job.progress(self.done.total() - self.done[State.DEFERRED])
        self._breathe(answer)

    def _later(self, answer: Answer, attempts: int, now: float) -> tuple[Answer, float]:
        """When to try again; after the last attempt, never."""
        retries = self.job.retries
        if attempts >= retries.attempts:
            return Answer(State.REFUSED, f"given up after {attempts} attempts: {answer.reason}"), 0.0
        return answer, now + max(answer.wait, retries.delay(attempts, self.job.pace.jitter()))

    def _handed_over(self, message: Message) -> Answer | None:
        """The channel's answer; none when the channel is of no use now, and the run stops."""
        retries, pace = self.job.retries, self.job.pace
        tries = 0
        while True:
            try:
                return self.job.channel.send(message, partial(self._commit, message.recipient))
            except ChannelError as error:
                tries += 1
                wait = retries.delay(tries, pace.jitter())
                if error.lasting or tries >= retries.attempts or wait > pace.patience:
                    self.stopped = f"{error.message}. {error.hint}".removesuffix(". ")
                    return None
                pace.sleep(wait)

    def _commit(self, recipient: Recipient) -> None:
        self.job.outbox.mark_sending(self.job.event, recipient)

    def _breathe(self, answer: Answer) -> None:
        """Stop where everybody is refused: then it is not about them."""
        self.refused = self.refused + 1 if answer.state is State.REFUSED else 0
        if self.refused == _REFUSED_IN_A_ROW:
            self.stopped = f"the last {self.refused} were all refused, at the end: {answer.reason}"


def _batches(recipients: Iterable[Recipient]) -> Iterator[list[Recipient]]:
    walk = iter(recipients)
    while batch := list(islice(walk, _BATCH)):
        yield batch
