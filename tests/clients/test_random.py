"""The example clients beside what one finds by hand and beside each other, over random histories."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.acceptance import ACTIONS, ByHand, History, Told
from tests.support.apps import PAGE, Json, PythonApp, brief
from tests.support.pages import OpenPage
from tests.support.published import Host, published
from tests.support.server import StaticServer, serving

HISTORIES = 30
UNKNOWN = "0.0.1"
ALL = """async (calls) => {
  const told = [];
  const one = async ([address, user, notice, at]) => {
    await run([address, user, "done", [notice, {}, at]]);
    return run([address, user, "ask", [at]]);
  };
  while (calls.length) told.push(...(await Promise.all(calls.splice(0, 6).map(one))));
  return told;
}"""


@dataclass(frozen=True)
class Case:
    """Somebody accepted a version; the site was built some time before they ask again."""

    name: str
    folder: str
    version: str
    asked: datetime
    by_hand: ByHand

    @property
    def expected(self) -> Json:
        """What they are told."""
        if self.version == UNKNOWN:
            return self.unknown
        now, *upcoming = self.by_hand.said(self.version)
        withdrawn = self.version in self.by_hand.withdrawn
        least = "notify" if withdrawn else "none"
        return {
            **_told(now, least),
            "upcoming": [[one.target, _asked(one, least)] for one in upcoming if one],
            "withdrawn": withdrawn,
            "fresh": True,
        }

    @property
    def unknown(self) -> Json:
        """Who accepted nothing that is known has to agree to all that was asked for since the first text."""
        schedule = [
            one for one in self.by_hand.order if self.by_hand.in_force(self.by_hand.key(one)[0]) is one
        ]
        now, *upcoming = self.by_hand.said(schedule[0].version) if schedule else [None]
        told = _told(now, "none")
        if now:
            told |= {"action": "consent", "severity": "material", "net": {}}
        coming = [[one.target, "consent"] for one in upcoming if one]
        return {**told, "upcoming": coming, "withdrawn": False, "fresh": True}


def _told(told: Told | None, least: str) -> Json:
    if told is None:
        return {"action": "none", "text": None, "severity": None, "scopes": {}, "net": {}}
    net = {"added": told.added, "removed": told.removed, "changed": told.changed}
    return {
        "action": _asked(told, least),
        "text": told.target,
        "severity": told.severity or None,
        "scopes": {name: version for name, (version, _) in told.scopes.items()},
        "net": {name: sorted(found) for name, found in net.items() if found},
    }


def _asked(told: Told, least: str) -> str:
    return max(told.action or "none", least, key=ACTIONS.index)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaticServer]:
    with serving(tmp_path_factory.mktemp("random"), "/legal/") as server:
        yield server


@pytest.fixture(scope="module")
def cases(server: StaticServer) -> list[Case]:
    """A site for each history, built at a random instant."""
    Host(server.folder).publish(PAGE)
    found = []
    for seed in range(HISTORIES):
        history = History(seed)
        built = history.chance.choice(history.instants())
        Host(server.folder / str(seed)).publish(published(history.records, built))
        for version in (*ByHand(history.records, built).releases, UNKNOWN):
            asked = built + timedelta(days=history.chance.choice((0, 0.5, 20, 100)))
            found.append(
                Case(f"{seed}-{version}", f"{seed}/", version, asked, ByHand(history.records, asked))
            )
    return found


def accepted(case: Case) -> Json:
    """As if the user had accepted the version of a case."""
    return {"action": "consent", "notice_ref": {"version": case.version, "language": "en"}}


def in_python(cases: list[Case], server: StaticServer, folder: Path) -> Iterator[Json]:
    for case in cases:
        app = PythonApp(server.address(case.folder), folder / case.name)
        app.done(accepted(case), case.asked)
        yield app.ask(case.asked)


def in_browser(cases: list[Case], server: StaticServer, page: Page) -> Iterator[Json]:
    calls = [
        [server.address(case.folder), case.name, accepted(case), case.asked.isoformat()] for case in cases
    ]
    yield from map(json.loads, page.evaluate(ALL, calls))


def test_both_clients_say_what_one_finds_by_hand_and_the_same(
    cases: list[Case], server: StaticServer, tmp_path: Path, open_address: OpenPage
) -> None:
    page = open_address(server.address("app.html"), allow=["404"])
    page.wait_for_function("() => 'run' in window")
    told = list(in_python(cases, server, tmp_path))
    assert told == list(in_browser(cases, server, page))
    seen: Counter[str] = Counter()
    for case, one in zip(cases, told, strict=True):
        assert brief(one) == case.expected, case.name
        seen.update([one["action"], *(name for name in ("withdrawn", "upcoming", "now") if one[name])])
        seen.update(["scopes"] if one["now"] and one["now"].get("scopes") else [])
    assert min(seen[name] for name in (*ACTIONS, "withdrawn", "upcoming", "now", "scopes")) > 5, seen
