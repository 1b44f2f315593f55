"""A real mail server in a process of its own: `python -m tests.support.mailserver LOG` prints its port.

It accepts mail for uN@example.com, and writes a line with the address and the Message-ID into LOG before it
says so, and the mail itself into the folder LOG.d where there is one. One address in a hundred it refuses
for good, five in a hundred once for a time.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.paths import ROOT

PEM = ROOT / "tests" / "fixtures" / "localhost.pem"  # a key that protects nothing, for this machine's name
_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


def is_refused(number: int) -> bool:
    """Whether the server knows no such mailbox: one in a hundred."""
    return number % 100 == 7


def is_deferred(number: int) -> bool:
    """Whether the first try for this mailbox fails: five in a hundred."""
    return number % 20 == 3


class _Mailbox:
    def __init__(self, log: IO[bytes]) -> None:
        self._log = log
        self._kept = Path(f"{log.name}.d")
        self._deferred: set[str] = set()

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        number = int(address[1 : address.index("@")])
        if is_refused(number):
            return f"550 5.1.1 <{address}>: no such mailbox"
        if is_deferred(number) and address not in self._deferred:
            self._deferred.add(address)
            return f"451 4.2.1 <{address}>: come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        found = _ID.search(envelope.content)
        assert found is not None
        address = envelope.rcpt_tos[0]
        if self._kept.is_dir():
            (self._kept / f"{address}.eml").write_bytes(envelope.content)
        self._log.write(b"%s %s\n" % (address.encode(), found[1]))
        return "250 taken"


def _login(server: SMTP, session: Session, envelope: Envelope, how: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"mail", b"hunter2"))


async def _serve(log: IO[bytes], security: str) -> None:
    """Over TLS the server wants a login too."""
    options: dict[str, Any] = {}
    context = None
    if security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PEM)
        options = {"authenticator": _login, "auth_required": True, "auth_require_tls": False}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
        context = None
    mailbox = _Mailbox(log)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, **options), "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def mail_server(log: Path, security: str = "none") -> Iterator[int]:
    """The server's port while the block lasts. `security` may be `starttls` or `tls`."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.support.mailserver", str(log), security]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    with Path(sys.argv[1]).open("ab", buffering=0) as log_file:
        asyncio.run(_serve(log_file, sys.argv[2]))
