"""A mail server that says what it is told to, to see what a client makes of it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

CLOSE, SILENCE = "(close)", "(silence)"
_USUAL = {
    "GREETING": "220 ready",
    "EHLO": "250-here\r\n250 8BITMIME",
    "MAIL": "250 go on",
    "RCPT": "250 go on",
    "DATA": "354 go on",
    "DOT": "250 taken",
    "RSET": "250 forgotten",
    "QUIT": "221 bye",
}


class ScriptedServer:
    """What the server was told, and what it took. An answer may be a list: the first ones, then the usual."""

    def __init__(self, answers: Mapping[str, str | list[str]]) -> None:
        self._always = {verb: said for verb, said in answers.items() if isinstance(said, str)}
        self._once = {verb: list(said) for verb, said in answers.items() if not isinstance(said, str)}
        self.stopping = threading.Event()
        self.heard: list[str] = []
        self.taken: list[str] = []
        self._server = _Tcp(("127.0.0.1", 0), _Dialogue)
        self._server.script = self
        self.port: int = self._server.server_address[1]

    def answer(self, verb: str) -> str:
        self.heard.append(verb)
        if queue := self._once.get(verb):
            return queue.pop(0)
        return self._always.get(verb) or _USUAL.get(verb, "500 what?")

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Tcp(socketserver.ThreadingTCPServer):
    script: ScriptedServer
    daemon_threads = True


class _Dialogue(socketserver.StreamRequestHandler):
    server: _Tcp

    def handle(self) -> None:
        verb = "GREETING"
        while (said := self.server.script.answer(verb)) != CLOSE:
            if said == SILENCE:
                self.server.script.stopping.wait(5)
                return
            self.wfile.write(f"{said}\r\n".encode())
            if said.startswith("354"):
                if (message := self._message()) is None:
                    return
                verb = "DOT"
                self.server.script.taken.append(message)
                continue
            line = self.rfile.readline().decode()
            if not line:
                return
            verb = line.split()[0].upper()

    def _message(self) -> str | None:
        lines: list[str] = []
        while line := self.rfile.readline().decode():
            if line == ".\r\n":
                return "".join(lines)
            lines.append(line.removeprefix("."))
        return None


@contextmanager
def scripted(**answers: str | list[str]) -> Iterator[ScriptedServer]:
    """A server with these answers while the block lasts: CLOSE hangs up, SILENCE leaves one waiting."""
    server = ScriptedServer(answers)
    with server.running():
        yield server
