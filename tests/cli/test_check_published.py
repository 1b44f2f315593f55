"""`policypress check --published`: a site serves what the ledger says, or it is said which file does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.runner import Done, run
from tests.support.histories import Workspace, built, five_records
from tests.support.server import serving

AS_OF = "2026-05-01"
API = "api/v1/policies/privacy"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A ledger of five and its site, as of May 2026."""
    found = five_records(tmp_path_factory.mktemp("published") / "w")
    built(found, AS_OF)
    return found


@pytest.fixture
def site(made: Workspace, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.root / "site", tmp_path / "published"))


def check(made: Workspace, site: Path | str, *more: str) -> Done:
    return run("check", "--published", str(site), "--as-of", AS_OF, *more, cwd=made.root)


def found(done: Done) -> list[str]:
    """Each finding as its file and code."""
    lines = [line.split(" ") for line in done.stdout.splitlines() if not line.startswith("    ")]
    return [f"{place.removesuffix(':1:1:')} {code}" for place, code, *_ in lines]


def test_a_site_as_it_was_built_passes_in_a_folder_and_at_an_address(made: Workspace, site: Path) -> None:
    assert (check(made, site).returncode, check(made, site).stdout) == (0, "")
    with serving(site, "/legal/") as server:
        done = check(made, server.url)
        assert (done.returncode, done.stdout) == (0, "")
        asked = set(server.requests)
    assert len(server.requests) <= len(asked) + 2  # each file once, and the two lists
    assert {f"/legal/{API}/versions/1.0.0.json", "/legal/en/privacy/1.0.0/"} <= asked


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


DAMAGE: list[tuple[str, Callable[[Path], None], str]] = [
    (f"{API}/versions/1.0.0.json", flip, "R902"),
    (f"{API}/versions/1.0.0.en.json", cut, "R902"),
    (f"{API}/changes/1.1.0.json", grow, "R902"),
    ("en/privacy/1.0.0/index.html", flip, "R902"),
    ("zh-Hans/privacy/1.1.0/changes/index.html", Path.unlink, "R903"),
    (f"{API}/versions/2.0.0.json", Path.unlink, "R903"),
    ("en/privacy/index.html", grow, "R904"),
    (f"{API}/since/1.0.0.en.json", Path.unlink, "R904"),
]


def test_each_file_that_differs_is_named_and_no_other(made: Workspace, site: Path) -> None:
    for name, happen, _ in DAMAGE:
        happen(site / name)
    done = check(made, site)
    assert (done.returncode, found(done)) == (1, sorted(f"{name} {code}" for name, _, code in DAMAGE))
    with serving(site) as server:
        assert check(made, server.url).stdout == done.stdout


def test_once_a_transition_has_passed_the_first_line_says_what_to_do(made: Workspace, site: Path) -> None:
    done = run("check", "--published", str(site), "--as-of", "2027-01-01", cwd=made.root)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "api/v1/index.json:1:1: R904 error: does not show what took effect at 2027-01-01T00:00:00+08:00:"
        " build and publish"
    )
    assert {line.split()[1] for line in found(done)} == {"R904"}  # no version's own file changed


def test_a_release_that_was_not_published_yet_is_missing(made: Workspace, site: Path, tmp_path: Path) -> None:
    newer = made.copy(tmp_path / "newer")
    newer.change("for 60 days", "for 90 days")
    newer.release("2026-04-20T10:00", effective="2027-06-01")
    done = check(newer, site)
    assert done.returncode == 1
    assert f"{API}/versions/4.0.0.json R903" in found(done)


def test_a_release_that_the_ledger_lost_is_told(made: Workspace, site: Path, tmp_path: Path) -> None:
    newer = made.copy(tmp_path / "newer")
    newer.change("for 60 days", "for 90 days")
    newer.release("2026-04-20T10:00", effective="2027-06-01")
    done = check(made, built(newer, AS_OF))
    assert done.returncode == 1
    assert f"{API}/versions.json:1:1: R905 error: lists 4.0.0, which is not in the ledger here" in done.stdout


def test_programs_read_the_findings_too(made: Workspace, site: Path) -> None:
    flip(site / f"{API}/versions/1.0.0.json")
    report = json.loads(check(made, site, "--format", "json").stdout)
    assert [one["code"] for one in report["diagnostics"]] == ["R902"]


def test_a_source_with_errors_says_them(made: Workspace, site: Path, tmp_path: Path) -> None:
    broken = made.copy(tmp_path / "broken")
    broken.change("id: use\n", "id: use\ncolour: red\n")
    assert "S201" in check(broken, site).stdout


def test_what_is_no_site_is_2(made: Workspace, tmp_path: Path) -> None:
    done = check(made, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "serves no site of policypress" in done.stderr
    with serving(tmp_path) as server:
        url = server.url
        assert check(made, url).returncode == 2
    assert check(made, url).returncode == 2  # nobody answers


def test_nothing_of_the_workspace_is_touched(made: Workspace, site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.root.rglob("*")}
    check(made, site)
    assert {path: path.stat().st_mtime_ns for path in made.root.rglob("*")} == before
