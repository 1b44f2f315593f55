"""Mail over one SMTP connection, each message in an envelope of its own.

The dialogue is ours, not smtplib's `sendmail`, because of one moment: until the dot that ends a message is
sent, the server must forget it; from then on only the server's answer tells.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from policypress.core.notices import Answer, ChannelError, Commit, Message, State, plain_reason
from policypress.write.letters import letter

Security = Literal["starttls", "tls", "none"]
Clock = Callable[[], datetime]
_GO_ON, _CLOSING = 354, 421


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes, and as whom."""

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    reply_to: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0


class _LostError(Exception):
    """The connection is gone, or the server is closing it; whatever was under way did not arrive."""


class SmtpChannel:
    """Mail, over a connection that is opened when it is needed and used for as long as the server likes."""

    def __init__(
        self, server: Server, now: Callable[[], datetime], tls: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._now = now
        self._tls = tls
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: Message, commit: Commit) -> Answer:
        """Hand one message to the server, and say what it says."""
        data = letter(message, self._server.sender, self._now(), reply_to=self._server.reply_to)
        address = message.recipient.address
        try:
            was_open = self._smtp is not None
            try:
                return self._deliver(address, data, commit)
            except _LostError:
                if not was_open:
                    raise
            # A server may close a connection that it has had enough of; that says nothing of this message.
            return self._deliver(address, data, commit)
        except _LostError as lost:
            return Answer(State.DEFERRED, plain_reason(str(lost), address))
        except BaseException:
            self._drop()  # without the dot, what was begun is not sent
            raise

    def close(self) -> None:
        """Say goodbye; a server that does not answer is left."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _deliver(self, address: str, data: bytes, commit: Commit) -> Answer:
        smtp = self._smtp = self._smtp or self._connect()
        code, words = self._ask(smtp, f"MAIL FROM:<{self._server.sender}>")
        if code >= 500:
            raise ChannelError(
                f"the server refuses the sender {self._server.sender}: {_plain(code, words)}",
                "See `from` in policy_src/notify.yaml.",
                lasting=True,
            )
        if _is_good(code):
            code, words = self._ask(smtp, f"RCPT TO:<{address}>")
        if _is_good(code):
            code, words = self._ask(smtp, "DATA")
        if code == _GO_ON:
            return self._finish(smtp, address, data, commit)
        with suppress(_LostError):  # the answer stands, whatever becomes of the connection
            self._ask(smtp, "RSET")
        return _answer(code, words, address)

    def _ask(self, smtp: smtplib.SMTP, command: str) -> tuple[int, bytes]:
        try:
            code, words = smtp.docmd(command)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise _LostError(f"the connection was lost: {_why(error)}") from error
        if code == _CLOSING:
            self._drop()
            raise _LostError(_plain(code, words))
        return code, words

    def _finish(self, smtp: smtplib.SMTP, address: str, data: bytes, commit: Commit) -> Answer:
        try:
            smtp.send(_stuffed(data))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise _LostError(f"the connection was lost: {_why(error)}") from error
        commit()
        try:
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            reason = f"sent, and the connection was lost before the answer: {_why(error)}"
            return Answer(State.IN_DOUBT, plain_reason(reason, address))
        if code == _CLOSING:
            self._drop()
        return _answer(code, words, address)

    def _connect(self) -> smtplib.SMTP:
        try:
            return self._greeted()
        except smtplib.SMTPAuthenticationError as error:
            said = _plain(error.smtp_code, error.smtp_error)
            raise self._unusable(
                f"does not accept the login: {said}", lasting=error.smtp_code >= 500
            ) from error
        except (smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
            raise self._unusable(f"cannot be used safely: {_why(error)}", lasting=True) from error
        except smtplib.SMTPResponseException as error:
            what = f"does not want to talk: {_plain(error.smtp_code, error.smtp_error)}"
            raise self._unusable(what, lasting=error.smtp_code >= 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._unusable(f"cannot be reached: {_why(error)}") from error

    def _unusable(self, what: str, *, lasting: bool = False) -> ChannelError:
        server = self._server
        return ChannelError(
            f"the mail server {server.host}:{server.port} {what}",
            "See the channel in policy_src/notify.yaml, and the variables that it names.",
            lasting=lasting,
        )

    def _greeted(self) -> smtplib.SMTP:
        server = self._server
        smtp = self._opened()
        try:
            if smtp.sock is not None:  # the dot is a small packet of its own, and must not wait for others
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if server.security == "starttls":
                smtp.starttls(context=self._context())
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _opened(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            context = self._context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)

    def _context(self) -> ssl.SSLContext:
        self._tls = self._tls or ssl.create_default_context()
        return self._tls


def _is_good(code: int) -> bool:
    return 200 <= code < 300


def _answer(code: int, words: bytes, address: str) -> Answer:
    said = plain_reason(_plain(code, words), address)
    if _is_good(code):
        return Answer(State.ACCEPTED, said)
    return Answer(State.REFUSED if code >= 500 else State.DEFERRED, said)


def _stuffed(data: bytes) -> bytes:
    """A message as it goes over the wire: whole lines, a second dot where one begins with a dot."""
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    stuffed = whole.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def _plain(code: int, words: bytes | str) -> str:
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    return f"{code} {text}"


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
