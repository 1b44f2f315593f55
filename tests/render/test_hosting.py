"""The files for hosts: as shipped, and as the hosts that read `_headers` understand it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policypress import app
from policypress.core import hosting
from policypress.render.hosting import FILES, HEADERS, text
from tests.support.histories import asking_consent, at
from tests.support.hosts import SHIPPED
from tests.support.paths import ROOT


@pytest.mark.parametrize("name", [name for name in FILES if name != HEADERS])
def test_the_shipped_files_are_what_the_core_says(name: str, update_golden: bool) -> None:
    shipped = SHIPPED / name
    if update_golden:
        shipped.write_text(text(name), "utf-8")
    assert shipped.read_text("utf-8") == text(name)


def rules(written: str) -> dict[str, dict[str, str]]:
    """`_headers` as its readers parse it: an address at the margin, headers below it; none is there twice."""
    found: dict[str, dict[str, str]] = {}
    address = ""
    for line in written.splitlines():
        if line.startswith("/"):
            address = line
            assert address not in found
            found[address] = {}
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in found[address]
            found[address][name] = value
        else:
            assert not line or line.startswith("#")
    return found


def fits(address: str, path: str) -> bool:
    """`*` is anything, `:name` is one folder or file."""
    parts = re.split(r"(\*|:\w+)", address)
    pattern = "".join(
        ".*" if part == "*" else "[^/]+" if part[:1] == ":" else re.escape(part) for part in parts
    )
    return re.fullmatch(pattern, f"/{path}") is not None


def headers(written: str, path: str) -> dict[str, list[str]]:
    """All values of each header for a path."""
    found: dict[str, list[str]] = {}
    for address, headers in rules(written).items():
        if fits(address, path):
            for name, value in headers.items():
                found.setdefault(name, []).append(value)
    return found


def test_hosts_that_read_headers_do_as_the_core_says_for_every_file(tmp_path: Path) -> None:
    made = asking_consent(tmp_path / "w")
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    site = app.rendered(made.root, as_of=at("2026-05-01"))
    written = site.files[HEADERS].decode()
    paths = [*(page.path for page in site.pages), *(path for path in site.files if path != HEADERS)]
    assert len(paths) > 90
    for path in paths:
        wanted, told = hosting.headers(path), headers(written, path)
        kind = told.pop("Content-Type", None)
        by_name = {"Content-Type": wanted.pop("Content-Type")}
        assert kind in ([by_name["Content-Type"]], None), path
        assert kind or by_name["Content-Type"] in KNOWN, path
        assert told.pop("Cache-Control", [hosting.ASKED]) == [wanted.pop("Cache-Control")], path
        *general, last = told.pop("Content-Security-Policy")
        assert last == wanted.pop("Content-Security-Policy"), path
        assert set(general) <= {hosting.EVERYWHERE["Content-Security-Policy"]}
        assert told == {name: [value] for name, value in wanted.items()}, path


# Types that every host knows by the ending.
KNOWN = {hosting.TYPES[ending] for ending in (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")}


def test_no_host_is_told_more_than_it_takes() -> None:
    """Cloudflare Pages: a hundred rules of two thousand characters a line, with one `*` in each."""
    written = text(HEADERS)
    assert len(rules(written)) < 100
    assert max(map(len, written.splitlines())) < 2000
    assert all(address.count("*") <= 1 for address in rules(written))
