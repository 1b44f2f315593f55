"""A published site that does not behave: no request is without bounds, and no doubt is green."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policypress.read import published
from policypress.read.published import PublishedError, opened
from tests.support.server import serving

OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives each connection one of these answers, the last one again and again."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for number in range(50):
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(65536).split(b"\r\n")[0])
                    connection.sendall(answers[min(number, len(answers) - 1)])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/legal", asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_a_folder_and_an_address_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_bytes(b"page")
    (tmp_path / "条款 #1.txt").write_bytes("条款".encode())
    with serving(tmp_path, "/legal/") as server:
        for site in (opened(str(tmp_path)), opened(server.url), opened(server.url.rstrip("/"))):
            assert site.read("en/index.html", 99) == b"page"
            assert site.read("en/index.html", 2) == b"pa"
            assert site.read("条款 #1.txt", 99) == "条款".encode()
            assert site.read("none.html", 99) is None
        assert "/legal/en/" in server.requests
    assert opened(str(tmp_path)).read("en", 99) is None


@pytest.mark.parametrize("status", [b"404 Not Found", b"410 Gone"])
def test_what_is_not_there_is_none(status: bytes) -> None:
    with answering(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n") as (url, _):
        assert opened(url).read("a", 9) is None


def test_an_answer_is_read_no_further_than_asked() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 1000) as (url, _):
        assert opened(url).read("a", 10) == b"x" * 10


@pytest.mark.parametrize("status", [b"500 Oops", b"503 Busy", b"403 No", b"429 Slow"])
def test_a_server_that_refuses_is_asked_twice_and_no_more(status: bytes) -> None:
    with answering(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n") as (url, asked):
        with pytest.raises(PublishedError, match=rf"cannot read {url}/a: it answers {status[:3].decode()}"):
            opened(url).read("a", 9)
        assert asked == [b"GET /legal/a HTTP/1.1"] * 2


def test_a_connection_that_broke_is_made_again() -> None:
    with answering(b"", OK % (1, b"x")) as (url, _):
        assert opened(url).read("a", 9) == b"x"


def test_an_answer_cut_short_is_no_answer() -> None:
    with answering(OK % (9, b"x")) as (url, _), pytest.raises(PublishedError):
        opened(url).read("a", 9)


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(PublishedError, match="no answer in time"):
            opened(f"http://127.0.0.1:{port}").read("a", 9)


def test_an_answer_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "LONGEST", -1.0)
    with answering(OK % (9, b"x" * 9)) as (url, _), pytest.raises(PublishedError, match="no answer in time"):
        opened(url).read("a", 10)


def test_nobody_at_the_address_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PublishedError, match="refused"):
        opened(f"http://127.0.0.1:{port}/").read("a", 9)


def moved(location: bytes) -> bytes:
    return b"HTTP/1.1 308 Moved\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"


def test_a_redirect_inside_the_site_is_followed_and_a_circle_is_not() -> None:
    with answering(moved(b"/legal/b"), OK % (1, b"x")) as (url, asked):
        assert opened(url).read("a", 9) == b"x"
        assert asked[1] == b"GET /legal/b HTTP/1.1"
    with answering(moved(b"/legal/a")) as (url, asked):
        with pytest.raises(PublishedError, match="it answers 308"):
            opened(url).read("a", 9)
        assert len(asked) == 6


@pytest.mark.parametrize(
    "location", [b"http://other.example/", b"//other.example/a", b"file:///etc/passwd", b""]
)
def test_a_redirect_to_elsewhere_is_refused(location: bytes) -> None:
    with answering(moved(location)) as (url, _), pytest.raises(PublishedError, match="leads to another site"):
        opened(url).read("a", 9)


@pytest.mark.parametrize(
    "site",
    [
        "ftp://example.com/",
        "https://",
        "https://me@example.com/",
        "https://a.example/?x",
        "https://a.example/#x",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(site: str) -> None:
    with pytest.raises(PublishedError, match="no address"):
        opened(site)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PublishedError, match="there is no folder"):
        opened(str(tmp_path / "site"))
