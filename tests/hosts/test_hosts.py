"""The site on real web servers, nginx and Caddy, with the files that are shipped for them."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from policypress.core import hosting
from tests.support import hosts
from tests.support.histories import built, five_records
from tests.support.paths import ROOT

HOSTS: dict[str, Callable[..., AbstractContextManager[str]]] = {"nginx": hosts.nginx, "caddy": hosts.caddy}
NOTHING_CHANGED = "api/v1/policies/privacy/since/3.0.0.en.json"
OURS = ".policypress.json"


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Host:
    """A server of the site."""

    url: str
    site: Path

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path below the site, with headers whose names are written with underscores."""
        address = urlsplit(self.url + path)
        connection = HTTPConnection(address.netloc, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", address.path, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def file(self, path: str) -> bytes:
        """The bytes of a file of the site."""
        return (self.site / path).read_bytes()

    @property
    def paths(self) -> list[str]:
        """All files for readers and programs."""
        found = (path.relative_to(self.site).as_posix() for path in self.site.rglob("*") if path.is_file())
        return sorted(path for path in found if not re.match(r"[._]", path))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of five records, all over: nothing is to come after 3.0.0."""
    return built(five_records(tmp_path_factory.mktemp("hosts") / "w"), "2027-06-01")


@pytest.fixture(scope="module", params=HOSTS)
def host(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    with HOSTS[request.param](site, tmp_path_factory.mktemp(request.param)) as url:
        yield Host(url, site)


def address(path: str) -> str:
    return path.removesuffix("index.html")


def test_every_file_is_served_as_the_core_says(host: Host) -> None:
    assert len(host.paths) > 90
    for path in host.paths:
        answer = host.get(address(path))
        assert (answer.status, answer.body) == (200, host.file(path)), path
        wanted = hosting.headers(path)
        assert {name: answer.headers[name] for name in wanted} == wanted, path
        assert ("Access-Control-Allow-Origin" in answer.headers) == path.startswith(("api/", "feeds/"))


@pytest.mark.parametrize(
    "path", ["en/privacy/", "api/v1/index.json", "feeds/privacy.en.atom", NOTHING_CHANGED]
)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize(
    ("told", "asked"), [("ETag", "If_None_Match"), ("Last-Modified", "If_Modified_Since")]
)
def test_what_did_not_change_is_not_sent_again(
    host: Host, path: str, encoding: str, told: str, asked: str
) -> None:
    first = host.get(path, Accept_Encoding=encoding)
    again = host.get(path, Accept_Encoding=encoding, **{asked: first.headers[told]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_what_changed_is_sent_again(host: Host, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    server = hosts.nginx if host.get("").headers["Server"].startswith("nginx") else hosts.caddy
    with server(tmp_path / "site", tmp_path) as url:
        copy = Host(url, tmp_path / "site")
        first = copy.get("api/v1/index.json")
        (copy.site / "api/v1/index.json").write_bytes(first.body + b"\n")
        assert copy.get("api/v1/index.json", If_None_Match=first.headers["ETag"]).body == first.body + b"\n"


def test_texts_are_compressed_on_the_way(host: Host) -> None:
    for path in host.paths:
        answer = host.get(address(path), Accept_Encoding="gzip")
        if len(host.file(path)) > 300:
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert gzip.decompress(answer.body) == host.file(path)


@pytest.mark.parametrize(
    "path", ["no/such/page", "assets/site.css", "api/v1/policies/privacy/versions/9.9.9.json"]
)
def test_what_is_not_there_is_404_with_a_page_and_never_kept(host: Host, path: str) -> None:
    answer = host.get(path)
    assert (answer.status, answer.body) == (404, host.file("404.html"))
    assert answer.headers["Cache-Control"] == hosting.ASKED
    assert answer.headers["Content-Type"] == hosting.TYPES[".html"]


def test_an_app_elsewhere_can_read_that_a_version_is_unknown(host: Host) -> None:
    """Without this header a browser hides the status from it: it would look like no network."""
    answer = host.get("api/v1/policies/privacy/since/9.9.9.en.json")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (404, "*")


@pytest.mark.parametrize("page", ["en/privacy/", "zh-Hans/privacy/1.1.0/", "en/privacy/history/"])
def test_a_feed_reader_finds_the_feeds_by_a_page(host: Host, page: str) -> None:
    found = etree.HTML(host.get(page).body)
    addresses = {
        kind: urljoin(host.url + page, *found.xpath(f"//link[@rel='alternate'][@type='{kind}']/@href"))
        for kind in ("application/atom+xml", "application/feed+json")
    }
    atom = feedparser.parse(addresses["application/atom+xml"])
    assert (atom.bozo, len(atom.entries), atom.feed.language) == (False, 5, page.split("/", maxsplit=1)[0])
    items = json.loads(host.get(addresses["application/feed+json"].removeprefix(host.url)).body)["items"]
    assert [item["id"] for item in items] == [entry.id for entry in atom.entries]
    for entry in atom.entries:
        assert host.get(entry.link.removeprefix(host.url)).status == 200


@pytest.mark.parametrize("path", [OURS, "_headers", "api/v1/", "feeds/"])
def test_what_is_for_others_and_what_is_in_folders_is_not_shown(host: Host, path: str) -> None:
    assert (host.site / path).exists()
    assert host.get(path).status == 404


def test_a_folder_is_found_without_its_slash(host: Host) -> None:
    answer = host.get("en/privacy")
    assert answer.status in {301, 308}
    assert answer.headers["Location"] == "/en/privacy/"


def exchanged(host: Host, path: str, *more: str) -> tuple[bytes, int]:
    """What a server answers to an app that asks as HTTP libraries do; and all bytes, there and back."""
    server = urlsplit(host.url)
    lines = [f"GET /{path} HTTP/1.1", f"Host: {server.netloc}", "User-Agent: okhttp/4.12.0", *more]
    request = "".join(f"{line}\r\n" for line in [*lines, "Accept-Encoding: gzip", "Connection: close", ""])
    with socket.create_connection((str(server.hostname), server.port or 80), timeout=10) as connection:
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return answer, len(request) + len(answer)


def test_that_nothing_changed_costs_one_request_of_less_than_a_kilobyte(host: Host) -> None:
    """With all heads: the first time, and when asked again."""
    first, cost = exchanged(host, NOTHING_CHANGED)
    assert b'"verdict":"same"' in host.file(NOTHING_CHANGED)
    assert first.startswith(b"HTTP/1.1 200 ")
    assert cost < 1000
    tag = host.get(NOTHING_CHANGED, Accept_Encoding="gzip").headers["ETag"]
    again, cost = exchanged(host, NOTHING_CHANGED, f"If-None-Match: {tag}")
    assert again.startswith(b"HTTP/1.1 304 ")
    assert cost < 700


@pytest.mark.parametrize("name", HOSTS)
def test_a_site_below_a_path_of_its_host(name: str, site: Path, tmp_path: Path) -> None:
    """With the files changed as docs/hosting.md says."""
    page = (ROOT / "docs/hosting.md").read_text("utf-8")
    (command,) = re.findall(r"^sed -i (.+?) nginx\.conf Caddyfile", page, re.MULTILINE)
    file = hosts.SHIPPED / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[name]
    shipped = subprocess.run(
        f"sed {command} '{file}'", shell=True, capture_output=True, text=True, check=True
    )
    (tmp_path / "www").mkdir()
    shutil.copytree(site, tmp_path / "www/legal")
    with HOSTS[name](tmp_path / "www", tmp_path, shipped.stdout) as url:
        below = Host(f"{url}legal/", site)
        for path in below.paths:
            wanted, answer = hosting.headers(path), below.get(address(path))
            assert (answer.status, {name: answer.headers[name] for name in wanted}) == (200, wanted), path
        assert below.get("no/such/page").body == below.file("404.html")
        assert below.get(OURS).status == below.get("_headers").status == 404
