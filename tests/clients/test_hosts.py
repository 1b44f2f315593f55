"""The example clients and real web servers, with the files that are shipped for these."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import hosts
from tests.support.acceptance import START, ByHand, History
from tests.support.apps import PAGE, App, BrowserApp, PythonApp, brief
from tests.support.pages import OpenPage
from tests.support.published import Host, published
from tests.support.server import serving

HISTORY = History(4)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of a history is."""
    site, folder = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("host")
    Host(site).publish({**published(HISTORY.records, HISTORY.now), "404.html": b"<p>Not here.</p>"})
    with {"nginx": hosts.nginx, "caddy": hosts.caddy}[request.param](site, folder) as url:
        yield url


@pytest.fixture(params=["python", "browser"])
def app(request: pytest.FixtureRequest, address: str, tmp_path: Path) -> Iterator[App]:
    if request.param == "python":
        yield PythonApp(address, tmp_path)
        return
    Host(tmp_path).publish(PAGE)
    with serving(tmp_path) as elsewhere:
        open_address: OpenPage = request.getfixturevalue("open_address")
        page = open_address(
            elsewhere.address("app.html"),
            allow=["404", f"request to another host: {address}"],
            bypass_csp=True,
        )
        page.wait_for_function("() => 'run' in window")
        yield BrowserApp(address, page)


def test_who_accepted_something_unknown_reads_the_text_agrees_and_is_left_alone(app: App) -> None:
    now, in_force = HISTORY.now, ByHand(HISTORY.records, HISTORY.now).in_force(HISTORY.now)
    assert in_force
    app.done({"action": "consent", "notice_ref": {"version": "0.0.1", "language": "en"}}, START)
    told = app.ask(now)
    assert (told["action"], told["now"]["notice_ref"]["version"]) == ("consent", in_force.version)
    assert app.text(told["now"])["version"] == in_force.version
    app.done(told["now"], now, {scope["id"]: False for scope in told["now"].get("scopes", ())})
    for _ in range(2):
        assert brief(app.ask(now))["action"] == "none"


def test_the_python_client_asks_with_the_tag_of_what_it_has(address: str, tmp_path: Path) -> None:
    app = PythonApp(address, tmp_path)
    app.ask(HISTORY.now)
    kept = json.loads((tmp_path / "privacy.kept.json").read_bytes())["answers"]
    assert {name for one in kept.values() for name in one["conditions"]} >= {"If-None-Match"}
    assert app.ask(HISTORY.now)["fresh"]
