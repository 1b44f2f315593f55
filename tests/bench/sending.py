"""10,000 messages to a real mail server: each once across three kills, in flat memory, beside a bare loop."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from policypress.core.notices import State
from policypress.write.outbox import Outbox
from tests.bench.measure import ratio
from tests.support import sender
from tests.support.mailserver import is_refused, mail_server
from tests.support.sender import Sent

COUNT = 10_000
_TURNS = 2


def sending(folder: Path, count: int = COUNT) -> bool:
    """All bars of sending. The contenders take turns, each at a server of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    large = sender.write_file(folder / "large.csv", count)
    small = sender.write_file(folder / "small.csv", count // 10)
    print("sending")
    once = _across_kills(folder / "kills", large, count)
    rates: dict[str, list[float]] = {"": [], "--bare": [], "--ready": []}
    peaks = []
    for turn in range(_TURNS):
        for option, found in rates.items():
            sent = _sent(folder / f"{turn}{option}", large, option)
            found.append(sent.standing["accepted"] / sent.seconds)
            peaks += [] if option else [sent.mebibytes]
    ours, bare, ready = (max(found) for found in rates.values())
    print(f"  messages per second: {ours:.0f}, bare smtplib loop {bare:.0f}, ready-made mail {ready:.0f}")
    few = _sent(folder / "small", small).mebibytes
    print(f"  peak memory: {few:.1f} MiB for {count // 10:,} recipients, {max(peaks):.1f} MiB for {count:,}")
    fast = ratio("messages per second / bare smtplib loop", ours, bare, 0.7, at_least=True)
    ratio("messages per second / bare loop over ready-made mail", ours, ready)
    return ratio("peak memory for ten times the recipients", max(peaks), few, 1.1) and once and fast


def _sent(folder: Path, file: Path, option: str = "") -> Sent:
    folder.mkdir()
    with mail_server(folder / "log") as port:
        return sender.finished(
            sender.started(file, folder / "outbox", port, *([option] if option else [])), seconds=1800
        )


def _across_kills(folder: Path, file: Path, count: int) -> bool:
    folder.mkdir()
    log, outbox = folder / "log", folder / "outbox"
    with mail_server(log) as port:
        for part in (0.2, 0.5, 0.8):
            sender.killed_at(sender.started(file, outbox, port), log, int(count * part), seconds=1800)
        sender.finished(sender.started(file, outbox, port), seconds=1800)
    told = Counter(line.split()[0] for line in log.read_text().splitlines())
    wanted = {f"u{number}@example.com" for number in range(count) if not is_refused(number)}
    with Outbox(outbox) as opened:
        doubtful = {f"u{e.recipient[1:]}@example.com" for e in opened.entries(sender.EVENT, State.IN_DOUBT)}
        refused = opened.counts(sender.EVENT).get(State.REFUSED, 0)
    twice = sum(1 for times in told.values() if times > 1)
    lost = wanted - set(told) - doubtful
    print(f"  {count:,} recipients, three kill -9: {len(told):,} told, {twice} twice, {len(lost)} lost,")
    print(
        f"  {len(doubtful)} in doubt ({len(doubtful & set(told))} of them told), {refused} refused for good"
    )
    return not twice and not lost and len(doubtful) <= 3 and refused == count - len(wanted)
