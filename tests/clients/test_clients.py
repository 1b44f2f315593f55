"""The example clients over histories as they happen: what the user must do, in Python and in a browser."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from policypress.core.ledger import Predecessor, Record, Release, Withdrawal
from policypress.core.model import Language
from tests.support.acceptance import START, document_of
from tests.support.apps import PAGE, App, BrowserApp, Json, PythonApp, brief
from tests.support.pages import OpenPage
from tests.support.published import Host, published
from tests.support.server import StaticServer, serving
from tests.tools import examples

EXPECTED_IN_CONSOLE = ("404", "500", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE")
Refused = (ValueError, Error)


@dataclass(frozen=True)
class Scene:
    """An app, and the site that it asks."""

    app: App
    host: Host
    server: StaticServer

    def publish(self, *records: Record, built: int = 0) -> None:
        """Build the site on a day."""
        self.host.publish({**PAGE, **published(records, day(built))})

    def ask(self, on: int = 0) -> Json:
        return brief(self.app.ask(day(on)))

    def accept(self, on: int = 0, agreed: Mapping[str, bool] | None = None) -> None:
        """The user does what the app is told that they must."""
        now = self.app.ask(day(on))["now"]
        self.app.done(now, day(on), agreed)

    def spoil(self, name: str, **changes: Any) -> None:
        """Have other values in what is said of the text in force."""
        path = self.host.folder / f"api/v1/policies/privacy/since/{name}.en.json"
        found = json.loads(path.read_bytes())
        found["now"] = {name: value for name, value in {**found["now"], **changes}.items() if value}
        self.host.times += 1
        self.host.write(path.relative_to(self.host.folder).as_posix(), json.dumps(found).encode())


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaticServer]:
    (tmp_path / "site").mkdir()
    with serving(tmp_path / "site", "/legal/") as server:
        yield server


@pytest.fixture(params=["python", "browser"])
def scene(request: pytest.FixtureRequest, server: StaticServer, tmp_path: Path) -> Scene:
    host = Host(server.folder)
    host.publish(PAGE)
    if request.param == "python":
        return Scene(PythonApp(server.url.rstrip("/"), tmp_path / "app"), host, server)
    open_address: OpenPage = request.getfixturevalue("open_address")
    page = open_address(server.address("app.html"), allow=EXPECTED_IN_CONSOLE)
    page.wait_for_function("() => 'run' in window")
    return Scene(BrowserApp(server.url, page), host, server)


# --- The ledgers

BEFORE = Predecessor("before.json", "0" * 64)


def release(
    number: int, effective: int, severity: str = "minor", action: str = "none", **more: Any
) -> Release:
    made = Release(
        policy="privacy",
        version=f"{number}.0.0",
        sequence=number,
        recorded=START,
        published=START,
        effective=day(effective),
        document=document_of((("a", f"Text {number}."), ("b", "The same."))),
        severity=severity,
        based_on=f"{number - 1}.0.0" if number > 1 else None,
        previous=BEFORE if number > 1 else None,
        notes=(note(action, *more.pop("scopes", ())),) if number > 1 else (),
    )
    return replace(made, **more)


def note(action: str, *scopes: str) -> Json:
    asked = [{"id": name, "clauses": ["a"], "separate": True, "declining": {"en": "No."}} for name in scopes]
    return {"summary": {"en": f"We ask: {action}."}, "action": action, "scopes": asked}


def withdrawal(version: str, sequence: int) -> Withdrawal:
    return Withdrawal(
        "privacy", version, sequence, day(2), "A mistake.", Predecessor("before.json", "0" * 64)
    )


FIRST = release(1, 0)
ASKING = release(2, 10, "material", "consent", scopes=("ads",))


# --- The first time


def test_who_accepted_nothing_is_asked_for_consent_to_the_text_in_force(scene: Scene) -> None:
    scene.publish(FIRST)
    told = scene.ask()
    assert (told["action"], told["text"], told["severity"]) == ("consent", "1.0.0", "material")
    scene.accept()
    assert scene.ask()["action"] == "none"


def test_who_comes_late_is_asked_about_every_scope_that_there_is(scene: Scene) -> None:
    scene.publish(FIRST, ASKING, release(3, 20), built=30)
    told = scene.ask(30)
    assert (told["action"], told["text"], told["scopes"]) == ("consent", "3.0.0", {"ads": "2.0.0"})


def test_before_any_text_is_in_force_there_is_nothing_to_accept(scene: Scene) -> None:
    scene.publish(release(1, 10))
    told = scene.ask()
    assert (told["action"], told["text"], told["upcoming"]) == ("none", None, [["1.0.0", "consent"]])
    assert scene.ask(11)["action"] == "consent"


def test_a_text_that_is_not_there_in_the_language_of_the_app_is_asked_in_another(scene: Scene) -> None:
    chinese = (Language("zh-Hans", "official"),)
    first = release(1, 0, document=replace(FIRST.document, languages=chinese, source_language="zh-Hans"))
    scene.publish(first)
    now = scene.app.ask(day(0))["now"]
    assert (now["action"], now["notice_ref"]["language"]) == ("consent", "zh-Hans")
    scene.publish(first, ASKING, built=15)
    now = scene.app.ask(day(15))["now"]
    assert (now["notice_ref"]["version"], now["notice_ref"]["language"]) == ("2.0.0", "en")


def test_a_record_keeps_what_was_accepted_when_and_in_which_language(scene: Scene) -> None:
    scene.publish(FIRST, ASKING, built=15)
    notice = scene.app.ask(day(15))["now"]
    scene.app.done(notice, day(15), {"ads": False})
    (record,) = scene.app.records
    assert datetime.fromisoformat(record["at"]) == day(15)
    assert (record["action"], record["scopes"]) == ("consent", {"ads": False})
    ref = record["notice_ref"]
    text = (scene.host.folder / "api/v1/policies/privacy/versions/2.0.0.en.json").read_bytes()
    assert ref == {
        "policy": "privacy",
        "version": "2.0.0",
        "language": "en",
        "sha256": hashlib.sha256(text).hexdigest(),
        "url": scene.server.address("api/v1/policies/privacy/versions/2.0.0.en.json"),
        "effective": "2026-01-11T00:00:00+00:00",
    }
    assert scene.app.text(notice) == json.loads(text)


def test_a_text_with_other_bytes_than_the_notice_names_is_not_shown(scene: Scene) -> None:
    scene.publish(FIRST)
    notice = scene.app.ask(day(0))["now"]
    scene.host.write("api/v1/policies/privacy/versions/1.0.0.en.json", b"{}")
    with pytest.raises(Refused, match="not the text that the notice names"):
        scene.app.text(notice)


def test_nothing_is_recorded_before_the_user_answered_to_every_scope(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, built=15)
    with pytest.raises(Refused, match="not asked about: ads"):
        scene.accept(15)
    assert len(scene.app.records) == 1
    scene.accept(15, {"ads": False})
    assert scene.app.scopes == {"ads": False}
    assert scene.ask(15)["action"] == "none"


# --- What happens to a text


def test_when_nothing_changed_one_small_request_says_so(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.ask()
    scene.server.requests.clear()
    scene.server.statuses.clear()
    told = scene.ask(5)
    assert (told["action"], told["text"], told["fresh"]) == ("none", "1.0.0", True)
    assert scene.server.requests == ["/legal/api/v1/policies/privacy/since/1.0.0.en.json"]
    assert scene.server.statuses == [304]


@pytest.mark.parametrize("action", ["none", "notify", "acknowledge", "consent"])
def test_a_new_text_asks_what_its_release_says_until_the_user_did_it(action: str, scene: Scene) -> None:
    """Editorial, to be told, to be acknowledged, to be agreed."""
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, release(2, 1, "editorial" if action == "none" else "minor", action), built=2)
    told = scene.ask(2)
    assert (told["action"], told["text"], told["net"]) == (action, "2.0.0", {"changed": ["a"]})
    if action != "none":
        scene.accept(2)
        assert [record["action"] for record in scene.app.records] == ["consent", action]
        assert scene.ask(2)["action"] == "none"


def test_what_is_to_come_is_told_before_and_asked_when_its_time_has_come_without_a_new_site(
    scene: Scene,
) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, built=2)
    told = scene.ask(5)
    assert (told["action"], told["text"], told["upcoming"]) == ("none", "1.0.0", [["2.0.0", "consent"]])
    told = scene.ask(10)
    assert (told["action"], told["text"], told["upcoming"]) == ("consent", "2.0.0", [])


def test_what_was_accepted_ahead_of_force_is_not_asked_again(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, built=2)
    (coming,) = scene.app.ask(day(5))["upcoming"]
    scene.app.done(coming, day(5), {"ads": True})
    for on, text in ((6, "1.0.0"), (20, "2.0.0")):
        told = scene.ask(on)
        assert (told["action"], told["text"]) == ("none", text)
    assert scene.app.scopes == {"ads": True}


def test_an_urgent_text_comes_before_the_scheduled_one(scene: Scene) -> None:
    urgent = release(3, 3, "material", "acknowledge", based_on="1.0.0")
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, urgent, built=3)
    told = scene.ask(4)
    assert (told["action"], told["text"]) == ("acknowledge", "3.0.0")
    scene.accept(4)
    assert scene.ask(5)["upcoming"] == [["2.0.0", "consent"]]
    assert scene.ask(10)["action"] == "consent"


def test_who_accepted_a_withdrawn_text_is_told_once(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, built=1)
    (coming,) = scene.app.ask(day(1))["upcoming"]
    scene.app.done(coming, day(1), {"ads": True})
    scene.publish(FIRST, ASKING, withdrawal("2.0.0", 3), built=3)
    told = scene.ask(3)
    assert (told["action"], told["text"], told["withdrawn"]) == ("notify", "1.0.0", True)
    assert told["severity"] == "material"
    scene.accept(3)
    told = scene.ask(20)
    assert (told["action"], told["withdrawn"]) == ("none", False)


def test_a_text_that_is_the_same_again_asks_what_was_asked_on_the_way(scene: Scene) -> None:
    back = release(3, 20, "editorial", "none", document=FIRST.document)
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, back, built=25)
    told = scene.ask(25)
    assert (told["action"], told["severity"], told["net"]) == ("consent", "material", {})


def test_an_old_version_is_answered_where_its_file_leads(scene: Scene) -> None:
    many = [release(number, number, action="notify") for number in range(1, 101)]
    scene.publish(*many, built=100)
    scene.app.done({"action": "consent", "notice_ref": {"version": "7.0.0", "language": "en"}}, day(7))
    told = scene.app.ask(day(100))
    assert (told["action"], told["now"]["releases"]) == ("notify", 93)
    scene.server.is_down = True
    assert scene.app.ask(day(100)) == {**told, "fresh": False}


# --- When something is not as expected


def test_a_version_that_the_site_does_not_know_asks_for_consent_to_the_text_in_force(scene: Scene) -> None:
    scene.publish(FIRST, ASKING, built=15)
    scene.app.done({"action": "consent", "notice_ref": {"version": "0.9.0", "language": "en"}}, day(0))
    told = scene.ask(15)
    assert (told["action"], told["severity"], told["text"]) == ("consent", "material", "2.0.0")
    assert (told["scopes"], told["fresh"]) == ({"ads": "2.0.0"}, True)
    scene.server.is_down = True
    assert scene.ask(15) == {**told, "fresh": False}


@pytest.mark.parametrize(
    ("changes", "action", "severity"),
    [
        ({"action": "swear", "severity": "editorial"}, "consent", "editorial"),
        ({"action": "notify", "severity": "huge"}, "notify", "material"),
        ({"verdict": "perhaps", "action": "notify", "severity": "minor"}, "notify", "minor"),
        ({"verdict": "perhaps"}, "consent", "material"),
        ({"verdict": None}, "consent", "material"),
    ],
    ids=["action", "severity", "verdict", "verdict alone", "none"],
)
def test_an_unknown_word_is_taken_as_the_strictest(
    changes: Json, action: str, severity: str, scene: Scene
) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.spoil("1.0.0", **{"verdict": "changed", **changes})
    told = scene.ask()
    assert (told["action"], told["severity"]) == (action, severity)


def test_without_a_network_the_last_answer_counts_also_for_what_has_begun_since(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, ASKING, built=2)
    assert scene.ask(2)["fresh"]
    scene.server.is_down = True
    told = scene.ask(3)
    assert (told["action"], told["text"], told["fresh"]) == ("none", "1.0.0", False)
    told = scene.ask(11)
    assert (told["action"], told["text"], told["fresh"]) == ("consent", "2.0.0", False)
    scene.server.is_down = False
    assert scene.ask(11)["fresh"]


def test_without_any_answer_nothing_is_taken_for_accepted_and_nobody_is_asked_twice(scene: Scene) -> None:
    scene.server.is_down = True
    told = scene.app.ask(day(0))
    assert (told["action"], told["fresh"]) == ("consent", False)
    with pytest.raises(Refused, match="nothing to record"):
        scene.app.done(told["now"], day(0))
    assert scene.app.records == []
    scene.app.done({"action": "consent", "notice_ref": {"version": "1.0.0", "language": "en"}}, day(0))
    assert scene.ask()["action"] == "none"


@pytest.mark.parametrize("data", [b"<html>Sign in to this network</html>", b"[1]", b"{}", b'{"format": 1,'])
def test_an_answer_that_is_none_counts_as_no_network(data: bytes, scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    told = scene.ask()
    scene.host.times += 1
    scene.host.write("api/v1/policies/privacy/since/1.0.0.en.json", data)
    assert scene.ask() == {**told, "fresh": False}


def test_another_format_is_not_read_and_asks_for_consent(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.host.times += 1
    for name in ("policies/privacy/since/1.0.0.en.json", "index.json"):
        scene.host.write(f"api/v1/{name}", b'{"format": 2}')
    told = scene.ask()
    assert (told["action"], told["text"]) == ("consent", None)


def test_an_old_copy_never_replaces_a_newer_one(scene: Scene) -> None:
    scene.publish(FIRST)
    scene.accept()
    scene.publish(FIRST, release(2, 1, "material", "consent"), built=2)
    newer = scene.ask(2)
    assert newer["action"] == "consent"
    scene.publish(FIRST, built=2)
    assert scene.ask(2) == {**newer, "fresh": False}
    scene.accept(2)
    told = scene.ask(2)
    assert (told["action"], told["fresh"]) == ("none", False)


def test_a_policy_that_is_gone_asks_for_consent_and_has_no_text(scene: Scene) -> None:
    told = scene.ask()
    assert (told["action"], told["text"], told["fresh"]) == ("consent", None, True)


# --- What the documentation shows


PREAMBLE = b"""
const dialog = async (text, scopes) => {
  window.shown = text.title;
  return Object.fromEntries(scopes.map((scope) => [scope.id, false]));
};
"""


def test_the_script_in_the_docs_runs(server: StaticServer, tmp_path: Path, open_address: OpenPage) -> None:
    (script,) = re.findall(r"```js\n(.*?)```", examples.PAGE.read_text("utf-8"), re.DOTALL)
    script = script.replace(examples.ADDRESS, server.url)
    site = examples.site(tmp_path / "workspace")
    Host(server.folder).publish({**site, **PAGE, "app.js": PREAMBLE + script.encode()})
    page = open_address(server.address("app.html"), now="2026-05-01T12:00+08:00")
    page.wait_for_function("() => localStorage['policy.privacy.accepted']")
    (record,) = json.loads(page.evaluate("localStorage['policy.privacy.accepted']"))
    assert page.evaluate("shown") == "Privacy Policy"
    assert (record["at"], record["scopes"]) == ("2026-05-01T04:00:00.000Z", {"sharing": False})
    assert record["notice_ref"]["version"] == "2.0.0"


# --- What is kept, in Python


@pytest.fixture
def folder(server: StaticServer, tmp_path: Path) -> Path:
    """What an app keeps whose user accepted 1.0.0, the text in force."""
    Host(server.folder).publish(published([FIRST], day(0)))
    app = PythonApp(server.url, tmp_path / "app")
    app.done(app.ask(day(0))["now"], day(0))
    return tmp_path / "app"


@pytest.mark.parametrize("torn", [b'\n{"at": "2026', b"\n\xff\xfe", b"\n"])
def test_a_record_that_was_cut_off_never_happened_and_the_next_is_whole(
    torn: bytes, folder: Path, server: StaticServer
) -> None:
    with (folder / "privacy.accepted.jsonl").open("ab") as file:
        file.write(torn)
    app = PythonApp(server.url, folder)
    assert app.ask(day(1))["action"] == "none"
    app.done(app.ask(day(1))["now"], day(1))
    assert [record["at"][:10] for record in app.records] == ["2026-01-01", "2026-01-02"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}"])
def test_the_last_answers_may_be_lost(data: bytes, folder: Path, server: StaticServer) -> None:
    (folder / "privacy.kept.json").write_bytes(data)
    assert PythonApp(server.url, folder).ask(day(1))["fresh"]
