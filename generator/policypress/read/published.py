"""A published site as it is served, in a folder or at an address; every request is bounded."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from policypress.core.channels import is_web_address
from policypress.core.errors import PolicypressError

TIMEOUT = 10.0  # seconds for one answer to begin, and for each piece of it
LONGEST = 60.0  # seconds for a whole answer
_TRIES = 2
_HOPS = 3
_GONE = (404, 410)
_MOVED = (301, 302, 307, 308)


class PublishedError(PolicypressError):
    """A published site that cannot be read: nobody can say what it serves."""


class Published(Protocol):
    """The files of a site by their paths in it."""

    def read(self, name: str, limit: int) -> bytes | None:
        """A file, at most so many bytes of it; None where there is none. Raises PublishedError."""


def opened(site: str) -> Published:
    """The site in a folder, or at an address."""
    if "://" in site:
        parts = urlsplit(site) if is_web_address(site) else None
        if parts is None or parts.username or parts.query or parts.fragment:
            raise PublishedError(
                "this is no address of a site", "Give it as https://policies.example.com/legal/."
            )
        return Address(site.rstrip("/") + "/")
    if not Path(site).is_dir():
        raise PublishedError(f"there is no folder {site}", "Give the folder, or the https: address.")
    return Folder(Path(site))


@dataclass(frozen=True, slots=True)
class Folder:
    """A site on the disk."""

    root: Path

    def read(self, name: str, limit: int) -> bytes | None:
        """A file, at most so many bytes of it."""
        try:
            with (self.root / name).open("rb") as file:
                return file.read(limit)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise PublishedError(f"cannot read {self.root / name}: {error.strerror}") from error


class Address:
    """A site on the web; each thread that reads it keeps a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._open = threading.local()

    def read(self, name: str, limit: int) -> bytes | None:
        """A file, at most so many bytes of it. A folder's page is asked for as readers do."""
        url = urljoin(self._url, quote(name.removesuffix("index.html")) or ".")
        for left in reversed(range(_TRIES)):
            try:
                return self._get(url, limit)
            except (OSError, http.client.HTTPException) as error:
                self._drop()
                if not left:
                    raise PublishedError(
                        f"cannot read {url}: {_why(error)}", "Run it again when the site answers."
                    ) from error
        return None

    def _get(self, url: str, limit: int) -> bytes | None:
        for _ in range(_HOPS):
            response = self._answer(url)
            body = _body(response, limit)
            if not response.isclosed():
                self._drop()  # there is more than we want to know
            if response.status not in _MOVED:
                break
            url = self._next(url, response.getheader("Location", ""))
        if response.status in _GONE:
            return None
        if response.status != 200:
            raise http.client.HTTPException(f"it answers {response.status}")
        return body

    def _answer(self, url: str) -> http.client.HTTPResponse:
        connection: http.client.HTTPConnection | None = getattr(self._open, "connection", None)
        if connection is None:
            parts = urlsplit(url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
            self._open.connection = connection
        connection.request("GET", urlsplit(url).path, headers={"User-Agent": "policypress"})
        return connection.getresponse()

    def _next(self, url: str, location: str) -> str:
        """Where an address leads to, which must be of the same site."""
        there = urljoin(url, location)
        if not location or urlsplit(there)[:2] != urlsplit(self._url)[:2]:
            raise PublishedError(f"{url} leads to another site", "Give the address where the site is.")
        return there

    def _drop(self) -> None:
        connection: http.client.HTTPConnection | None = getattr(self._open, "connection", None)
        if connection is not None:
            connection.close()
            self._open.connection = None


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    found, until = b"", time.monotonic() + LONGEST
    while len(found) < limit and (piece := response.read1(limit - len(found))):
        found += piece
        if time.monotonic() > until:
            raise TimeoutError
    if len(found) < limit and response.length:
        raise http.client.IncompleteRead(found, response.length)
    return found


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
