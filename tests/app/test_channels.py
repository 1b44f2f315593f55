"""From policy_src/notify.yaml to a channel that is ready: secrets from the environment, never shown."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from policypress import app
from policypress.core.errors import SourceError, WorkspaceError
from policypress.core.notices import (
    Answer,
    ChannelError,
    Event,
    Kind,
    Known,
    Message,
    Recipient,
    Retries,
    State,
)
from policypress.write.outbox import Outbox
from tests.support.mailserver import mail_server
from tests.support.paths import ROOT
from tests.support.receiver import Receiver, receiving
from tests.support.scripted import scripted

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)
PEOPLE = [Recipient(f"c{number}", f"u{number}@example.com", "en", "1.0.0", "en") for number in range(30)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "cases" / "valid" / "base", tmp_path / "workspace")
    return tmp_path / "workspace"


@pytest.fixture
def outbox(root: Path) -> Iterator[Outbox]:
    with app.open_outbox(root) as outbox:
        yield outbox


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def pace(self, patience: float = 0.0) -> app.Pace:
        return app.Pace(self.now, self.sleep, lambda: 0.5, patience)


def write(root: Path, channels: str) -> None:
    (root / "policy_src" / "notify.yaml").write_text(f"format: 1\nchannels:\n{channels}", "utf-8")


def smtp(root: Path, port: int) -> None:
    write(
        root,
        f"  mail: {{type: smtp, host: 127.0.0.1, port: {port}, security: none, from: a@publisher.example}}\n",
    )


def compose(recipient: Recipient) -> Message | Answer:
    if why := Known({"1.0.0"}, {"en"}).why_held(recipient):
        return Answer(State.HELD, why)
    return Message(recipient, EVENT, "en", "VSO", "It changes", "It changes.\n")


def job(root: Path, outbox: Outbox, clock: Clock, patience: float = 0.0) -> app.Job:
    _, settings = app.the_channel(app.notify_settings(root), None)
    channel = app.open_channel(settings, {"APP_SECRET": SECRET, "APP_URL": "unused"})
    return app.Job(EVENT, compose, outbox, channel, Retries(3, first=60), clock.pace(patience))


def test_without_the_file_there_is_no_channel(root: Path) -> None:
    settings = app.notify_settings(root)
    assert (settings.minimum_severity, settings.channels) == ("minor", {})
    with pytest.raises(WorkspaceError, match="not one channel"):
        app.the_channel(settings, None)


def test_a_bad_file_is_refused_with_its_lines_and_check_finds_the_same(root: Path) -> None:
    write(root, "  mail: {type: smtp, host: example.com, from: a@example.com, password: hunter2}\n")
    with pytest.raises(SourceError) as refused:
        app.notify_settings(root)
    assert [str(found)[:36] for found in refused.value.diagnostics] == [
        "policy_src/notify.yaml:3:9: N801 error"[:36]
    ]
    assert refused.value.diagnostics[0] in app.check(root).diagnostics
    assert "hunter2" not in str(refused.value.diagnostics)


def test_a_channel_is_asked_for_by_name(root: Path) -> None:
    write(root, "  a: {type: service, url_env: A}\n  b: {type: service, url_env: B}\n")
    settings = app.notify_settings(root)
    assert app.the_channel(settings, "b") == ("b", settings.channels["b"])
    for name in (None, "c"):
        with pytest.raises(WorkspaceError) as unknown:
            app.the_channel(settings, name)
        assert "a, b" in unknown.value.hint


def test_a_variable_that_is_not_set_is_named(root: Path) -> None:
    write(root, "  app: {type: webhook, url: https://example.com/hooks, secret_env: APP_SECRET}\n")
    _, settings = app.the_channel(app.notify_settings(root), "app")
    with pytest.raises(ChannelError, match="APP_SECRET is not set"):
        app.open_channel(settings, {})


@pytest.mark.parametrize(
    "url", ["http://example.com/hunter2", "ftp://hunter2", "https://例子/hunter2", "hunter2"]
)
def test_an_unsafe_address_in_a_variable_is_refused_and_not_shown(root: Path, url: str) -> None:
    write(root, "  app: {type: webhook, url_env: APP_URL, secret_env: APP_SECRET}\n")
    _, settings = app.the_channel(app.notify_settings(root), "app")
    with pytest.raises(ChannelError, match="APP_URL holds no https: address") as refused:
        app.open_channel(settings, {"APP_URL": url, "APP_SECRET": SECRET})
    assert "hunter2" not in f"{refused.value.message} {refused.value.hint}"


def test_a_webhook_goes_out_once_and_verifies(root: Path, outbox: Outbox) -> None:
    with receiving(Receiver(statuses=[503])) as receiver:
        url = f"http://127.0.0.1:{receiver.port}/hooks"
        write(root, f"  app: {{type: webhook, url: {url!r}, secret_env: APP_SECRET}}\n")
        made = replace(
            job(root, outbox, Clock(), patience=600),
            compose=lambda to: Message(to, EVENT, "en", "", "", "{}"),
        )
        reports = [app.send(made, [Recipient("channel app", url)]) for _ in range(2)]
    assert [report.done for report in reports] == [{State.DEFERRED: 1, State.ACCEPTED: 1}, {}]
    assert all(report.is_complete for report in reports)
    for _, body, headers in receiver.received:
        assert Webhook(SECRET).verify(body, headers) == {}
    assert len(receiver.received) == 2


def test_the_outbox_lives_where_git_passes_over(root: Path, outbox: Outbox) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    done = subprocess.run(
        ["git", "-C", str(root), "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True
    )
    assert (root / app.OUTBOX).is_file()
    assert ".policypress" not in done.stdout


def test_an_outbox_may_live_elsewhere(root: Path, tmp_path: Path) -> None:
    with app.open_outbox(root, tmp_path / "elsewhere" / "out.sqlite"):
        assert (tmp_path / "elsewhere" / "out.sqlite").is_file()
    assert not (root / ".policypress").exists()


def test_a_report_says_where_everybody_stands(root: Path, outbox: Outbox, tmp_path: Path) -> None:
    held = Recipient("old", "u99@example.com", "en", "0.9.0", "en")
    counted: list[int] = []
    with mail_server(tmp_path / "log") as port:
        smtp(root, port)
        made = replace(job(root, outbox, Clock()), progress=counted.append)
        report = app.send(made, [*PEOPLE, held])
    assert (
        report.done
        == report.standing
        == {
            State.ACCEPTED: 27,
            State.DEFERRED: 2,
            State.REFUSED: 1,
            State.HELD: 1,
        }
    )
    assert (report.stopped, report.is_complete, report.next_try) == ("", False, 1045.0)
    assert counted[-1] == 29
    (refused,) = outbox.entries(EVENT, State.REFUSED)
    assert (refused.recipient, refused.reason) == ("c7", "550 5.1.1 <(address)>: no such mailbox")
    (kept,) = outbox.entries(EVENT, State.HELD)
    assert (kept.recipient, kept.reason) == ("old", "the version '0.9.0' is not known")


def test_patience_waits_for_what_was_deferred_and_no_longer(root: Path, outbox: Outbox) -> None:
    clock = Clock()
    with scripted(RCPT=["451 grey", "451 grey"]) as server:
        smtp(root, server.port)
        report = app.send(job(root, outbox, clock, patience=200), PEOPLE[:1])
    assert report.is_complete
    assert clock.slept == [45.0, 90.0]


def test_the_next_run_waits_too(root: Path, outbox: Outbox) -> None:
    clock = Clock()
    with scripted(RCPT=["451 grey"]) as server:
        smtp(root, server.port)
        assert app.send(job(root, outbox, clock), PEOPLE[:1]).standing == {State.DEFERRED: 1}
        clock.time += 44
        assert app.send(job(root, outbox, clock), PEOPLE[:1]).next_try == 1045.0
        clock.time += 1
        assert app.send(job(root, outbox, clock), PEOPLE[:1]).is_complete
    assert server.heard.count("RCPT") == 2


def test_what_fails_again_and_again_is_given_up_and_said_so(root: Path, outbox: Outbox) -> None:
    with scripted(RCPT="451 grey") as server:
        smtp(root, server.port)
        report = app.send(job(root, outbox, Clock(), patience=9999), PEOPLE[:1])
    assert report.standing == {State.REFUSED: 1}
    (entry,) = outbox.entries(EVENT, State.REFUSED)
    assert (entry.attempts, entry.reason) == (3, "given up after 3 attempts: 451 grey")


def test_a_server_that_is_down_costs_nobody_an_attempt(root: Path, outbox: Outbox) -> None:
    with scripted() as server:
        smtp(root, server.port)
    clock = Clock()
    report = app.send(job(root, outbox, clock, patience=600), PEOPLE)
    assert "cannot be reached: connection refused" in report.stopped
    assert (report.done, report.standing) == ({}, {State.PENDING: 30})
    assert clock.slept == [45.0, 90.0]


def test_where_everybody_is_refused_the_run_stops(root: Path, outbox: Outbox) -> None:
    with scripted(RCPT="550 relaying denied") as server:
        smtp(root, server.port)
        report = app.send(job(root, outbox, Clock()), PEOPLE)
    assert report.stopped == "the last 20 were all refused, at the end: 550 relaying denied"
    assert report.standing == {State.REFUSED: 20, State.PENDING: 10}


def test_a_message_that_cannot_be_made_stops_before_anything_is_sent(root: Path, outbox: Outbox) -> None:
    def failing(recipient: Recipient) -> Message:
        if recipient.id == "c2":
            raise WorkspaceError("no template for this")
        return Message(recipient, EVENT, "en", "VSO", "It changes", "It changes.\n")

    with scripted() as server:
        smtp(root, server.port)
        with pytest.raises(WorkspaceError):
            app.send(replace(job(root, outbox, Clock()), compose=failing), PEOPLE)
    outbox.release()
    assert outbox.counts(EVENT) == {State.ACCEPTED: 2, State.PENDING: 28}
