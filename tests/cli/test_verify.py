"""`policypress verify`, on files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policypress.core.layout import SUMS
from policypress.core.ledger import sums
from tests.cli.runner import Done, run_here
from tests.support.histories import Workspace, five_records
from tests.support.paths import ROOT


@pytest.fixture
def history(tmp_path: Path) -> Workspace:
    return five_records(tmp_path / "workspace")


def verified(history: Workspace, *arguments: str) -> Done:
    return run_here("verify", *arguments, cwd=history.root)


def test_the_ledger_of_this_repository_is_whole() -> None:
    done = run_here("verify", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "2 records, no faults\n")
    sha256sum = ["sha256sum", "--check", "--strict", SUMS]
    told = subprocess.run(
        sha256sum, cwd=ROOT / "policy_src/privacy/releases", capture_output=True, text=True, check=True
    )
    assert told.stdout == "1.0.0.json: OK\n1.1.0.json: OK\n"


def flip(folder: Path) -> None:
    path = folder / "1.1.0.json"
    path.write_bytes(path.read_bytes().replace(b"We use", b"We uSe", 1))


def swap(folder: Path) -> None:
    one, other = folder / "1.1.0.json", folder / "2.0.0.json"
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def fit_sums(folder: Path) -> None:
    files = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    (folder / SUMS).write_text(sums(files), "utf-8")


def also_fit_sums(tamper: Callable[[Path], object]) -> Callable[[Path], object]:
    def both(folder: Path) -> None:
        tamper(folder)
        fit_sums(folder)

    return both


TAMPERING: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a flipped byte": (flip, ["1.1.0.json"]),
    "a flipped byte, sums made to fit": (also_fit_sums(flip), ["1.1.0.json"]),
    "a removed file": (lambda folder: (folder / "2.0.0.json").unlink(), ["2.0.0.json"]),
    "no list": (lambda folder: (folder / SUMS).unlink(), [SUMS]),
    "an added file": (lambda folder: (folder / "notes.txt").touch(), ["notes.txt"]),
    "a file in a folder": (lambda folder: shutil.copytree(folder, folder / "old"), ["old/1.0.0.json"]),
    "a renamed file": (
        lambda folder: (folder / "1.1.0.json").rename(folder / "1.1.1.json"),
        ["1.1.0.json", "1.1.1.json"],
    ),
    "swapped contents": (swap, ["1.1.0.json", "2.0.0.json"]),
    "swapped contents, sums made to fit": (
        also_fit_sums(swap),
        ["1.1.0.json (version): ", "2.0.0.json (version): "],
    ),
    "a hostile name": (
        lambda folder: (folder / "\x1b[2J\udcff.json").touch(),
        ["\\x1b[2J\\udcff.json"],
    ),
}


def test_an_untouched_ledger_verifies(history: Workspace) -> None:
    done = verified(history)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "5 records, no faults\n")


@pytest.mark.parametrize("case", TAMPERING)
def test_tampering_is_found_and_the_file_is_named(history: Workspace, case: str) -> None:
    tamper, named = TAMPERING[case]
    tamper(history.releases)
    done = verified(history)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in named:
        assert any(line.startswith(f"privacy/releases/{name}") for line in done.stdout.splitlines()), (
            done.stdout
        )


def test_an_edited_newest_record_is_found_by_an_older_copy_only(history: Workspace, tmp_path: Path) -> None:
    copy = shutil.copytree(history.releases, tmp_path / "copy")
    older = shutil.copyfile(copy / SUMS, tmp_path / "downloaded.txt")
    path = history.releases / "3.0.0.json"
    path.write_bytes(path.read_bytes().replace(b"for 60 days", b"for 90 days"))
    fit_sums(history.releases)
    assert verified(history).returncode == 0
    for what in (copy, copy / SUMS, copy / "3.0.0.json", older):
        done = verified(history, "--against", str(what))
        assert done.returncode == 1, what
        assert done.stdout.startswith("privacy/releases/3.0.0.json: differs from"), done.stdout


def test_a_ledger_that_only_grew_agrees_with_its_copy(history: Workspace, tmp_path: Path) -> None:
    copy = shutil.copytree(history.releases, tmp_path / "copy")
    history.change("for 60 days", "for 90 days")
    history.release("2026-05-01", effective="2027-02-01")
    assert verified(history, "--against", str(copy)).returncode == 0


def test_a_copy_that_holds_nothing_proves_nothing(history: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("hello\n")
    for name in ("empty", "text"):
        done = verified(history, "--against", str(tmp_path / name))
        assert done.returncode == 2
        assert "is no copy of a ledger" in done.stderr
    assert verified(history, "--against", str(tmp_path / "missing")).returncode == 2


def test_a_newer_engine_gives_a_remark_and_no_fault(history: Workspace) -> None:
    path = history.releases / "3.0.0.json"
    path.write_bytes(path.read_bytes().replace(b'"fingerprint": "', b'"fingerprint": "0'))
    fit_sums(history.releases)
    done = verified(history)
    assert (done.returncode, done.stdout) == (0, "")
    assert (
        "privacy/releases/3.0.0.json (changes): this engine would list its changes differently (a remark)"
        in done.stderr
    )
