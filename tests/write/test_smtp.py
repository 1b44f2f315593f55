"""What a mail server says is taken for what it is: accepted, for a time, for good, or in doubt."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from policypress.core.notices import Answer, ChannelError, Event, Kind, Message, Recipient, State
from policypress.write.smtp import Server, SmtpChannel
from tests.support.mailserver import PEM, mail_server
from tests.support.scripted import CLOSE, SILENCE, ScriptedServer, scripted

EVENT = Event("privacy", "1.1.0", Kind.ANNOUNCE)
ANN = Recipient("c1", "u1@example.com", "en", "1.0.0", "en")
MESSAGE = Message(ANN, EVENT, "en", "VSO Cloud", "Our policy changes", "It changes.\n.And that is a line.\n")
SERVER = Server("127.0.0.1", 0, "privacy@publisher.example", security="none", timeout=5)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@contextmanager
def channel(port: int, tls: ssl.SSLContext | None = None, **settings: Any) -> Iterator[SmtpChannel]:
    with closing(SmtpChannel(replace(SERVER, port=port, **settings), lambda: NOW, tls)) as made:
        yield made


def sent(server: ScriptedServer) -> tuple[Answer, int]:
    """The answer for one message, and how often it was beyond recall."""
    commits: list[int] = []
    with channel(server.port) as mail:
        answer = mail.send(MESSAGE, lambda: commits.append(len(server.taken)))
    return answer, len(commits)


CASES: dict[str, tuple[dict[str, str | list[str]], State, str, int]] = {
    "taken": ({}, State.ACCEPTED, "250 taken", 1),
    "taken elsewhere": ({"RCPT": "251 will forward"}, State.ACCEPTED, "250 taken", 1),
    "sender later": ({"MAIL": "450 slow down"}, State.DEFERRED, "450 slow down", 0),
    "recipient later": ({"RCPT": "451 grey"}, State.DEFERRED, "451 grey", 0),
    "recipient never": ({"RCPT": "550 no such user"}, State.REFUSED, "550 no such user", 0),
    "data later": ({"DATA": "452 full"}, State.DEFERRED, "452 full", 0),
    "data never": ({"DATA": "554 no"}, State.REFUSED, "554 no", 0),
    "after the dot, later": ({"DOT": "451 later"}, State.DEFERRED, "451 later", 1),
    "after the dot, never": ({"DOT": "554 spam"}, State.REFUSED, "554 spam", 1),
    "after the dot, closing": ({"DOT": "421 shutting down"}, State.DEFERRED, "421 shutting down", 1),
    "after the dot, silence": ({"DOT": CLOSE}, State.IN_DOUBT, "sent, and the connection was lost", 1),
    "closed at the sender": ({"MAIL": CLOSE}, State.DEFERRED, "the connection was lost", 0),
    "closed at the recipient": ({"RCPT": CLOSE}, State.DEFERRED, "the connection was lost", 0),
    "closed before the data": ({"DATA": CLOSE}, State.DEFERRED, "the connection was lost", 0),
    "closing at the recipient": ({"RCPT": "421 overloaded"}, State.DEFERRED, "421 overloaded", 0),
    "refused, then closed": ({"RCPT": "550 no", "RSET": CLOSE}, State.REFUSED, "550 no", 0),
}


@pytest.mark.parametrize("name", CASES)
def test_each_answer_is_taken_for_what_it_is(name: str) -> None:
    answers, state, reason, commits = CASES[name]
    with scripted(**answers) as server:
        answer, count = sent(server)
    assert (answer.state, count) == (state, commits)
    assert answer.reason.startswith(reason)


def test_an_answer_is_kept_without_the_address() -> None:
    with scripted(RCPT="550-5.1.1 <U1@EXAMPLE.com>:\r\n550 5.1.1 unknown \x1b[31muser") as server:
        answer, _ = sent(server)
    assert answer.reason == "550 5.1.1 <(address)>: 5.1.1 unknown [31muser"


def test_one_connection_serves_all() -> None:
    with scripted(RCPT=["250 go on", "550 no"]) as server, channel(server.port) as mail:
        states = [mail.send(MESSAGE, lambda: None).state for _ in range(4)]
    assert states == [State.ACCEPTED, State.REFUSED, State.ACCEPTED, State.ACCEPTED]
    assert server.heard.count("GREETING") == 1
    assert server.heard[-1] == "QUIT"


def test_the_dot_does_not_wait_for_other_packets() -> None:
    with scripted() as server, channel(server.port) as mail:
        mail.send(MESSAGE, lambda: None)
        assert mail._smtp is not None
        assert mail._smtp.sock is not None
        assert mail._smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("end", [CLOSE, "421 enough for one connection"])
def test_a_server_that_has_had_enough_is_called_again(end: str) -> None:
    with scripted(MAIL=["250 go on", end]) as server, channel(server.port) as mail:
        states = [mail.send(MESSAGE, lambda: None).state for _ in range(2)]
    assert states == [State.ACCEPTED, State.ACCEPTED]
    assert (server.heard.count("GREETING"), len(server.taken)) == (2, 2)


def test_what_cannot_be_marked_is_not_sent() -> None:
    def full() -> None:
        raise OSError("no space left on device")

    with scripted() as server, channel(server.port) as mail, pytest.raises(OSError, match="no space"):
        mail.send(MESSAGE, full)
    assert server.heard[-1] == "DATA"
    assert server.taken == []


def test_a_line_with_a_dot_arrives_as_it_is() -> None:
    with scripted() as server:
        sent(server)
    (taken,) = server.taken
    assert email.message_from_string(taken, policy=email.policy.default).get_content() == (
        MESSAGE.text.replace("\n", "\r\n")
    )


@pytest.mark.parametrize(
    ("answers", "settings", "said", "lasting"),
    [
        ({"MAIL": "550 who are you?"}, {}, "refuses the sender", True),
        ({"GREETING": "554 no service for you"}, {}, "does not want to talk: 554", True),
        ({"GREETING": "421 come back later"}, {}, "does not want to talk: 421", False),
        ({"GREETING": CLOSE}, {}, "cannot be reached", False),
        ({}, {"security": "starttls"}, "cannot be used safely", True),
        ({}, {"user": "u", "password": "hunter2"}, "cannot be used safely", True),
        ({"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 wrong"}, {"user": "u", "password": "hunter2"},
         "does not accept the login: 535 wrong", True),
        ({"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "454 later"}, {"user": "u", "password": "hunter2"},
         "does not accept the login: 454 later", False),
    ],
)  # fmt: skip
def test_what_is_not_about_a_recipient_stops_the_channel(
    answers: dict[str, str | list[str]], settings: dict[str, str], said: str, lasting: bool
) -> None:
    with (
        scripted(**answers) as server,
        channel(server.port, None, **settings) as mail,
        pytest.raises(ChannelError, match=said) as stopped,
    ):
        mail.send(MESSAGE, lambda: pytest.fail("it was sent"))
    assert stopped.value.lasting is lasting
    assert "hunter2" not in f"{stopped.value!r} {stopped.value.message} {stopped.value.hint}"


def test_nobody_there_is_said_so() -> None:
    with scripted() as server:
        port = server.port
    with channel(port) as mail, pytest.raises(ChannelError, match="cannot be reached: connection refused"):
        mail.send(MESSAGE, lambda: None)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with scripted(RCPT=SILENCE) as server, channel(server.port, timeout=0.2) as mail:
        assert mail.send(MESSAGE, lambda: None) == Answer(
            State.DEFERRED, "the connection was lost: Connection unexpectedly closed: timed out"
        )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_tls_after_a_login(security: str, tmp_path: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(PEM))
    login = {"user": "mail", "password": "hunter2", "security": security}
    with mail_server(tmp_path / "log", security) as port, channel(port, trusting, **login) as mail:
        assert mail.send(MESSAGE, lambda: None).state is State.ACCEPTED
    assert (tmp_path / "log").read_text().startswith("u1@example.com ")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(security: str, tmp_path: Path) -> None:
    login: dict[str, Any] = {"user": "mail", "password": "hunter2", "security": security}
    with (
        mail_server(tmp_path / "log", security) as port,
        channel(port, **login) as mail,
        pytest.raises(ChannelError, match=r"cannot be used safely.*certificate") as stopped,
    ):
        mail.send(MESSAGE, lambda: None)
    assert stopped.value.lasting
    assert (tmp_path / "log").read_text() == ""
