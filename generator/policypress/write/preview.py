"""A local preview: serves a folder, and has open pages reload when it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike, fsdecode
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_RELOAD = "/.preview/reload.js"
_WAIT = "/.preview/wait"
_POLL_SECONDS = 20.0
_QUIET_SECONDS = 0.15

# A file of its own, because the pages forbid inline scripts.
_SCRIPT = """
(async () => {
  const seen = document.currentScript.dataset.generation;
  for (;;) {
    try {
      const answer = await fetch("/.preview/wait?generation=" + seen, {cache: "no-store"});
      if ((await answer.text()) !== seen) return location.reload();
    } catch { await new Promise((resolve) => setTimeout(resolve, 1000)); }
  }
})();
"""


# Served until there has been a good build: it reloads as pages do.
_NOT_BUILT = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing built yet</title></head>
<body><p>Nothing has been built yet. The terminal says why.</p></body></html>
"""


class Generation:
    """Counts the good builds; waiters wake at the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0

    def next(self) -> None:
        """A new build is in place."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def after(self, seen: int) -> int:
        """The number as soon as it is another one, or the same after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != seen, timeout=_POLL_SECONDS)
            return self.number


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, generation: Generation, directory: str) -> None:
        self.generation = generation
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == _RELOAD:
            self._send(_SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif url.path == _WAIT:
            seen = parse_qs(url.query).get("generation", ["0"])[0]
            number = self.generation.after(int(seen) if seen.isdecimal() else 0)
            self._send(str(number).encode(), "text/plain; charset=utf-8")
        elif page := self._page():
            self._send(self._with_reload(page.read_bytes()), "text/html; charset=utf-8")
        elif Path(self.translate_path(self.path)).exists():
            super().do_GET()
        else:
            self._send_missing()

    def _send_missing(self) -> None:
        missing = Path(self.directory) / "404.html"
        body, status = (missing.read_bytes(), 404) if missing.is_file() else (_NOT_BUILT, 503)
        self._send(self._with_reload(body), "text/html; charset=utf-8", status=status)

    def list_directory(self, path: str | PathLike[str]) -> None:
        """A folder without a page is nothing a reader would see."""
        self._send_missing()

    def _page(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def _with_reload(self, page: bytes) -> bytes:
        script = f'<script src="{_RELOAD}" data-generation="{self.generation.number}"></script></body>'
        return page.replace(b"</body>", script.encode())

    def _send(self, body: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are not news."""


def server(folder: Path, host: str, port: int, generation: Generation) -> ThreadingHTTPServer:
    """A server of this folder, not started yet; port 0 takes a free one."""
    made = ThreadingHTTPServer((host, port), partial(_Handler, generation=generation, directory=str(folder)))
    made.daemon_threads = True
    return made


class Watcher:
    """Waits until something below some folders, or one file, has changed and things are quiet."""

    def __init__(self, folders: list[Path], file: Path) -> None:
        self._event = threading.Event()
        self._observer = Observer()
        for folder in folders:
            self._observer.schedule(_Touch(self._event.set), str(folder), recursive=True)
        self._observer.schedule(_Touch(self._event.set, file), str(file.parent), recursive=False)
        self._observer.start()

    def wait(self) -> None:
        """Return after the next change."""
        while not self._event.wait(timeout=0.5):
            pass
        while self._event.is_set():
            self._event.clear()
            self._event.wait(timeout=_QUIET_SECONDS)

    def stop(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join()


class _Touch(FileSystemEventHandler):
    """Calls back when something has changed, or only when this file has."""

    def __init__(self, touch: Callable[[], None], file: Path | None = None) -> None:
        self._touch = touch
        self._file = file

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in {"created", "modified", "moved", "deleted"}:
            return
        if self._file is None or str(self._file) in {fsdecode(event.src_path), fsdecode(event.dest_path)}:
            self._touch()
