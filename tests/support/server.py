"""A static web server as strict as the one the site is made for."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

from policypress.core import hosting


class StaticServer:
    """A folder being served: its address, what was asked of it, and which answers to hold back.

    `requests` lists every path asked for, with prefix and query, in order, and `statuses` what was answered;
    a test may clear them. While `is_down`, no request is answered at all.
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self.requests: list[str] = []
        self.statuses: list[int] = []
        self.is_down = False
        self._delays: dict[str, float] = {}
        self._stopping = threading.Event()
        self._http = _HTTPServer(self)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def url(self) -> str:
        return self.origin + self.prefix

    def address(self, path: str = "") -> str:
        """The full address of a path inside the site."""
        return urljoin(self.url, path.removeprefix("/"))

    @contextmanager
    def slow(self, path: str, seconds: float) -> Iterator[None]:
        """Hold back the answers for one path inside the site while the block lasts."""
        key = urlsplit(self.address(path)).path
        self._delays[key] = seconds
        try:
            yield
        finally:
            del self._delays[key]

    def begin(self, target: str) -> None:
        """Note one request, and wait if its path is to be slow."""
        self.requests.append(target)
        if self.is_down:
            raise ConnectionResetError
        if delay := self._delays.get(urlsplit(target).path):
            self._stopping.wait(delay)

    @contextmanager
    def running(self) -> Iterator[None]:
        with self._http:
            thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            try:
                yield
            finally:
                self._stopping.set()
                self._http.shutdown()
                thread.join()


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[StaticServer]:
    """Serve a folder on a free local port, under a prefix such as /legal/policies/."""
    if not (prefix.startswith("/") and prefix.endswith("/")):
        raise ValueError(f"a prefix starts and ends with a slash, unlike {prefix!r}")
    server = StaticServer(folder, prefix)
    with server.running():
        yield server


class _HTTPServer(ThreadingHTTPServer):
    def __init__(self, site: StaticServer) -> None:
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves a page drops its connections."""


class _Handler(SimpleHTTPRequestHandler):
    server: _HTTPServer
    timeout = 10

    def send_head(self) -> BytesIO | BinaryIO | None:
        site = self.server.site
        site.begin(self.path)
        if not self.path.startswith(site.prefix):
            super().send_error(HTTPStatus.NOT_FOUND, "outside the site")
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        site = self.server.site
        self.directory = fspath(site.folder)
        return super().translate_path("/" + path.removeprefix(site.prefix))

    def list_directory(self, path: str | PathLike[str]) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.server.site.folder / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", hosting.TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in hosting.headers(self._inside()).items():
            if name not in {"Cache-Control", "Content-Type"}:
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")  # a test sees all that its pages ask for
        super().end_headers()

    def guess_type(self, path: str | PathLike[str]) -> str:
        inside = PurePath(path).relative_to(self.server.site.folder).as_posix()
        known = hosting.content_type(inside)
        return known if known != hosting.UNKNOWN else mimetypes.guess_type(fspath(path))[0] or known

    def _inside(self) -> str:
        """The path that was asked for, as one of the site."""
        return urlsplit(self.path).path.removeprefix(self.server.site.prefix)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.server.site.statuses.append(int(code))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing: `requests` holds it."""
