"""A sending in a process of its own, that can be killed: `python -m tests.support.sender FILE OUTBOX PORT`.

Prints as JSON what became of it. `--bare` sends the same messages by a plain smtplib loop instead, `--ready`
by one that has no mail to make.
"""

from __future__ import annotations

import json
import resource
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from pathlib import Path

from policypress import app
from policypress.core.notices import Event, Kind, Message, Recipient, Retries, State
from policypress.read.recipients import recipients
from policypress.write.letters import letter
from policypress.write.outbox import Outbox
from policypress.write.smtp import Server, SmtpChannel
from tests.support.paths import ROOT

SENDER = "privacy@publisher.example"
EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)
_WORDS = {
    "en": ("VSO Cloud", "Our privacy policy changes", "From 1 March 2026 we keep account data for 30 days."),
    "zh-Hans": ("VSO 云", "《隐私政策》更新通知", "自2026年3月1日起，我们保存您的账号信息的期限为三十日。"),
    "de": (
        "VSO Cloud",
        "Änderung der Datenschutzerklärung",
        "Ab dem 1. März 2026 gilt für Daten: 30 Tage.",
    ),
}
LANGUAGES = tuple(_WORDS)


def compose(recipient: Recipient) -> Message:
    """What a recipient is told, in their language: about as much as a real notice says."""
    sender, subject, line = _WORDS[recipient.language]
    html = f"<html lang='{recipient.language}'><body>{f'<p>{line}</p>' * 12}</body></html>"
    return Message(recipient, EVENT, recipient.language, sender, subject, f"{line}\n" * 12, html)


def write_file(path: Path, count: int) -> Path:
    """A recipient file with so many rows, the languages in turn."""
    with path.open("w", encoding="utf-8") as file:
        file.write("id,address,language,accepted_version,accepted_language\n")
        for number in range(count):
            language = LANGUAGES[number % len(LANGUAGES)]
            file.write(f"c{number},u{number}@example.com,{language},1.0.0,{language}\n")
    return path


def channel(port: int) -> SmtpChannel:
    """The local server as a channel."""
    server = Server("127.0.0.1", port, SENDER, security="none", timeout=20)
    return SmtpChannel(server, lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class _Again:
    file: Path

    def __iter__(self) -> Iterator[Recipient]:
        return recipients(self.file)


def _ours(file: Path, outbox_file: Path, port: int) -> dict[str, int]:
    checked = app.check_recipients(file)
    assert checked.rows
    with Outbox(outbox_file) as outbox:
        job = app.Job(
            EVENT,
            compose,
            outbox,
            channel(port),
            retries=Retries(first=0.2),
            pace=app.Pace(patience=20),
        )
        report = app.send(job, _Again(file))
        assert not report.stopped, report.stopped
        return {state.value: report.standing.get(state, 0) for state in State}


def _plain_mail(message: Message) -> EmailMessage:
    made = EmailMessage()
    made["From"] = formataddr((message.sender, SENDER))
    made["To"] = message.recipient.address
    made["Subject"] = message.subject
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid()
    made.set_content(message.text)
    made.add_alternative(message.html, subtype="html")
    return made


def _bare(file: Path, port: int, *, ready: bool) -> dict[str, int]:
    """What one would write without a thought for tomorrow: connect, build, send, next."""
    done = {"accepted": 0, "refused": 0, "deferred": 0}
    people = [Recipient("c0", "u0@example.com", language) for language in LANGUAGES]
    made = {person.language: letter(compose(person), SENDER, datetime.now(UTC)) for person in people}
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for recipient in recipients(file):
            state = "accepted"
            try:
                if ready:
                    smtp.sendmail(SENDER, recipient.address, made[recipient.language])
                else:
                    smtp.send_message(_plain_mail(compose(recipient)))
            except smtplib.SMTPRecipientsRefused as error:
                ((code, _),) = error.recipients.values()
                state = "refused" if code >= 500 else "deferred"
            done[state] += 1
    return done


def started(*arguments: str | Path | int) -> subprocess.Popen[str]:
    """A sending under way."""
    command = [sys.executable, "-m", "tests.support.sender", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sending said at its end."""

    standing: dict[str, int]
    seconds: float
    mebibytes: float


def finished(process: subprocess.Popen[str], seconds: float = 300) -> Sent:
    """The end of a sending, which must be a good one."""
    said, complaint = process.communicate(timeout=seconds)
    assert process.returncode == 0, complaint
    found = json.loads(said)
    return Sent(found["standing"], found["seconds"], found["mebibytes"])


def killed_at(process: subprocess.Popen[str], log: Path, accepted: int, seconds: float = 120) -> None:
    """Kill a sending as soon as the server has accepted so many."""
    until = time.monotonic() + seconds
    while count(log) < accepted:
        assert process.poll() is None, f"it ended before it could be killed: {process.communicate()}"
        assert time.monotonic() < until
        time.sleep(0.005)
    process.kill()
    process.communicate()


def count(log: Path) -> int:
    """How many messages the server has accepted."""
    with suppress(FileNotFoundError):
        return log.read_bytes().count(b"\n")
    return 0


def _sent(options: list[str], file: Path, outbox: Path, port: int) -> dict[str, int]:
    if {"--bare", "--ready"} & set(options):
        return _bare(file, port, ready="--ready" in options)
    return _ours(file, outbox, port)


def main(arguments: list[str]) -> None:
    """Send, and say what became of it."""
    start = time.perf_counter()
    file, outbox, port = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    standing = _sent(arguments, file, outbox, port)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"standing": standing, "seconds": seconds, "mebibytes": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
