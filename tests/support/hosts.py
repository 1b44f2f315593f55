"""Real web servers on this machine, with the files that the project ships for them."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import ROOT

SHIPPED = ROOT / "docs/hosting"
_SECONDS = 10
_NGINX = """\
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include shipped.conf;
}
"""


def program(name: str) -> str:
    """A server's program, which may be where only an administrator's PATH leads."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError(f"there is no {name}: run tests/tools/system-parts")
    return found


@contextmanager
def nginx(site: Path, folder: Path, shipped: str | None = None) -> Iterator[str]:
    """The site as nginx serves it: its address. The lines marked `yours` say where we are."""
    port = _free_port()
    text = _yours(shipped or (SHIPPED / "nginx.conf").read_text("utf-8"))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "root /srv/policies;", f'root "{site}";'
    )
    (folder / "nginx.conf").write_text(_NGINX, "utf-8")
    (folder / "shipped.conf").write_text(text, "utf-8")
    command = [program("nginx"), "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"]
    with _running(command, folder, port):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def caddy(site: Path, folder: Path, shipped: str | None = None) -> Iterator[str]:
    """The site as Caddy serves it: its address."""
    port = _free_port()
    text = _yours(shipped or (SHIPPED / "Caddyfile").read_text("utf-8"))
    text = text.replace("policies.example.com {", f"http://127.0.0.1:{port} {{")
    text = text.replace("root * /srv/policies", f'root * "{site}"')
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + text, "utf-8")
    command = [program("caddy"), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]
    with _running(command, folder, port):
        yield f"http://127.0.0.1:{port}/"


def _yours(text: str) -> str:
    """The text, if the lines to be changed are marked; otherwise the tests would change others."""
    assert re.search(r"# yours", text)
    return text


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server until the block ends; what it had to say is in `said.txt`."""
    environ = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=said, stderr=said)
        try:
            _wait(process, port, folder / "said.txt")
            yield
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} does not answer:\n{said.read_text('utf-8', 'replace')}")
