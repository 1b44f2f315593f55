"""Every object of the API: valid, small, linked, and made again only when it must be."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from policypress import app
from policypress.app.building import planned
from policypress.core import snapshot
from policypress.core.text import plain
from tests.support import ledgers
from tests.support.api import ROOT as API
from tests.support.api import faults, objects
from tests.support.histories import Workspace, asking_consent, at, five_records
from tests.support.ledgers import Step
from tests.support.paths import ROOT

AS_OF = "2026-05-01"


def files(made: Workspace, as_of: str = AS_OF) -> dict[str, bytes]:
    """What is rendered of a workspace but the pages."""
    site = app.rendered(made.root, as_of=at(as_of))
    return {**site.files, **{page.path: b"" for page in site.pages}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = five_records(tmp_path_factory.mktemp("api") / "workspace")
    (found.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    return found


@pytest.fixture(scope="module")
def site(made: Workspace) -> dict[str, bytes]:
    return files(made)


def read(site: Mapping[str, bytes], path: str) -> Any:
    return json.loads(site[API + path])


# --- Every object


def test_every_object_follows_its_schema(site: dict[str, bytes]) -> None:
    assert len(list(objects(site))) == 32
    assert faults(site) == []


@pytest.mark.parametrize("as_of", ["2025-01-01", "2026-01-20", "2027-06-01"])
def test_every_object_follows_its_schema_at_any_time(made: Workspace, as_of: str) -> None:
    assert faults(files(made, as_of)) == []


def test_nothing_is_null_nor_a_float_and_every_object_says_its_format(site: dict[str, bytes]) -> None:
    for path, data in objects(site):
        assert data["format"] == 1, path
        assert next(iter(data)) == "format", path
        assert {type(value) for value in values(data)} <= {str, int, bool}, path


def values(data: Any) -> Iterator[Any]:
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from values(part)
    else:
        yield data


def links(data: Any) -> Iterator[str]:
    """The addresses in an object: all that stand under `links`, `url` and `see`."""
    if isinstance(data, dict):
        for name, part in data.items():
            if name == "links":
                yield from values(part)
            elif name in {"url", "see"}:
                yield part
            else:
                yield from links(part)
    elif isinstance(data, list):
        for part in data:
            yield from links(part)


def test_every_link_leads_from_its_object_to_a_file(site: dict[str, bytes]) -> None:
    found = [(path, address) for path, data in objects(site) for address in links(data)]
    assert len(found) > 60
    for path, address in found:
        target = posixpath.normpath(posixpath.join("/", API, posixpath.dirname(path), address))
        name = target.lstrip("/") + ("/index.html" if address.endswith("/") else "")
        assert name in site, (path, address)
        assert not re.match(r"/|\w+:", address)


# --- One by one


def test_a_record_is_the_file_of_the_ledger(made: Workspace, site: dict[str, bytes]) -> None:
    for version in ("1.0.0", "1.1.0", "2.0.0", "3.0.0"):
        record = (made.releases / f"{version}.json").read_bytes()
        assert site[f"{API}policies/privacy/versions/{version}.json"] == record


def test_the_index_tells_the_schedule(site: dict[str, bytes]) -> None:
    index = read(site, "index.json")
    assert index["sequence"] == 5
    assert index["as_of"] == "2026-02-01T10:00:00+08:00"
    assert index["next_transition"] == "2027-01-01T00:00:00+08:00"
    (policy,) = index["policies"]
    assert [(one["version"], one["since"][:10], one.get("until", "")[:10]) for one in policy["schedule"]] == [
        ("1.0.0", "2026-01-05", "2026-02-01"),
        ("1.1.0", "2026-02-01", "2027-01-01"),
        ("3.0.0", "2027-01-01", ""),
    ]


def test_the_digests_are_those_of_the_files(site: dict[str, bytes]) -> None:
    for path, data in objects(site):
        for part in [data.get("now", {}), *data.get("upcoming", ())] if "/since/" in path else ():
            ref = part["notice_ref"]
            name = posixpath.normpath(posixpath.join(API, posixpath.dirname(path), ref["url"]))
            assert hashlib.sha256(site[name]).hexdigest() == ref["sha256"]
    for one in read(site, "policies/privacy/versions.json")["versions"]:
        record = site[f"{API}policies/privacy/versions/{one['version']}.json"]
        assert hashlib.sha256(record).hexdigest() == one["sha256"]


def test_a_withdrawal_is_told_with_its_reason(site: dict[str, bytes]) -> None:
    withdrawn = {
        one["version"]: one["withdrawn"]["reason"]
        for one in read(site, "policies/privacy/versions.json")["versions"]
        if "withdrawn" in one
    }
    assert withdrawn == {"2.0.0": "The service will not be offered."}
    for tag in ("en", "zh-Hans"):
        about = read(site, f"policies/privacy/since/2.0.0.{tag}.json")
        assert about["withdrawn"]["reason"] == "The service will not be offered."


def test_both_views_of_a_text_say_the_same(site: dict[str, bytes]) -> None:
    found = list(paragraphs(read(site, "policies/privacy/versions/1.1.0.en.json")["clauses"]))
    assert len(found) > 2
    for paragraph in found:
        assert plain(snapshot.runs_from_json(paragraph["runs"])) == paragraph["plain"]


def paragraphs(clauses: list[Any]) -> Iterator[Any]:
    for clause in clauses:
        if "heading" in clause:
            yield clause["heading"]
        yield from [*clause.get("text", ()), *clause.get("closing", ())]
        yield from paragraphs(clause.get("children", []))


def test_what_asks_for_consent_says_for_what(tmp_path: Path) -> None:
    made = asking_consent(tmp_path / "workspace")
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    site = files(made)
    assert faults(site) == []
    now = read(site, "policies/privacy/since/1.0.0.zh-Hans.json")["now"]
    assert (now["action"], now["net"]) == ("consent", {"changed": ["share"]})
    assert now["scopes"] == [
        {
            "id": "sharing",
            "version": "2.0.0",
            "clauses": ["share"],
            "separate": True,
            "declining": "您将无法使用共享功能。",
        }
    ]
    (note,) = read(site, "policies/privacy/versions.json")["versions"][1]["notes"]
    assert note["impact"]["en"] == "Others may learn your number."


# --- Small


def test_that_nothing_changed_is_said_in_less_than_a_kilobyte(made: Workspace) -> None:
    later = files(made, "2027-06-01")
    for tag in ("en", "zh-Hans"):
        content = later[f"{API}policies/privacy/since/3.0.0.{tag}.json"]
        assert json.loads(content)["now"]["verdict"] == "same"
        assert len(content) < 1000


@dataclass(frozen=True, slots=True)
class Made:
    """The keys of a site's units, and the objects of those that were made, by their path in the API."""

    keys: Mapping[str, str]
    objects: Mapping[str, bytes]


def api(root: Path, weeks: int, wanted: Callable[[str, str], bool]) -> Made:
    """Only the wanted units, by name and key: pages take their time."""
    found = planned(root, ledgers.START + weeks * ledgers.BETWEEN)
    parts = [unit.make() for unit in found.units if wanted(unit.name, unit.key)]
    objects = {name: content for part in parts for name, content in part.files.items()}
    return Made(
        found.keys,
        {name.removeprefix(API): data for name, data in objects.items() if name.startswith(API)},
    )


def remove(root: Path, step: Step, before: Step) -> None:
    """Have the ledger as it was before a step."""
    (root / "policy_src/privacy/releases" / step.file).unlink()
    ledgers.add(root, before)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made, Made]:
    """Of 200 versions the API, and of one more; of the latter what differs by key, before and after."""
    root = tmp_path_factory.mktemp("long") / "workspace"
    steps = list(islice(ledgers.history(), 201))
    ledgers.write(root, steps[:-1])
    first = api(root, 199, lambda name, _: name.startswith("api"))
    ledgers.add(root, steps[-1])
    after = api(root, 200, lambda name, key: first.keys.get(name) != key)
    remove(root, steps[-1], steps[-2])
    before = api(root, 199, lambda name, key: after.keys.get(name) != key)
    return first, before, after


def test_of_two_hundred_versions_the_index_is_under_40_kilobytes_and_every_answer_small(
    long: tuple[Made, Made, Made],
) -> None:
    made = long[0].objects
    assert len(made["index.json"]) < 40_000
    own = {name: content for name, content in made.items() if re.match(r".*/since/\d", name)}
    assert len(own) == 400
    assert max(map(len, own.values())) < 8_000
    assert len(own["policies/privacy/since/1.199.0.en.json"]) < 1_000


def test_old_versions_are_answered_in_full_where_their_own_file_says(
    long: tuple[Made, Made, Made],
) -> None:
    made = long[0].objects
    own = json.loads(made["policies/privacy/since/1.42.0.en.json"])
    assert own["see"] == "earlier-0.en.json"
    path = f"policies/privacy/since/{own['see']}"
    answer = json.loads(made[path])["answers"]["1.42.0"]
    assert answer["now"]["notice_ref"]["version"] == "1.199.0"
    assert answer["now"]["releases"] == 157
    some = (path, "index.json", "policies/privacy/since/1.42.0.en.json", "policies/privacy/versions.json")
    assert faults({API + name: made[name] for name in some}) == []


def test_a_new_version_changes_what_it_must_and_nothing_else(long: tuple[Made, Made, Made]) -> None:
    """Its own objects, the lists, the answers; of other versions nothing else, and no pointer."""
    _, before, after = long
    changed = {name for name, data in after.objects.items() if before.objects.get(name) != data}
    policy, tags = "policies/privacy/", ("en", "zh-Hans")
    record = json.loads(after.objects[f"{policy}changes/1.200.0.json"])
    reworded = {change["clause"] for change in record["changes"]}
    assert len(reworded) == ledgers.REWORDED
    assert changed == {
        f"{policy}versions/1.200.0.json",
        f"{policy}changes/1.200.0.json",
        f"{policy}outlines/1.200.0.json",
        *(f"{policy}{kind}/1.200.0.{tag}.json" for kind in ("versions", "since") for tag in tags),
        "index.json",
        f"{policy}versions.json",
        *(f"{policy}clauses/{clause}.json" for clause in reworded),
        *(f"{policy}since/1.{number}.0.{tag}.json" for number in range(150, 200) for tag in tags),
        *(f"{policy}since/earlier-{chapter}.{tag}.json" for chapter in range(3) for tag in tags),
    }
