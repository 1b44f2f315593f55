"""Appending to a ledger: whole or not at all, whenever it is killed, and by one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policypress import app
from policypress.core.errors import LedgerError
from policypress.core.layout import SUMS
from policypress.core.ledger import sums
from policypress.core.releasing import RefusedError
from policypress.write.ledger import TakenError, append, locked, sweep
from tests.support.faults import Victims
from tests.support.histories import Workspace, workspace
from tests.support.paths import ROOT

NOW = "2026-05-01T12:00"
RUNS = 24


def never_released(root: Path) -> Workspace:
    return workspace(root)


def amended(root: Path) -> Workspace:
    """A release and a draft that differs, with two notes about it."""
    made = workspace(root)
    made.release("2026-01-05T10:00")
    made.change("for security", "for safety")
    made.change("call", "phone", "clauses/02-share.yaml")
    one, other = (change.fingerprint for change in made.release(NOW, dry_run=True).changes.changes)
    made.note("one", one, more="severity: material\n")
    made.note("other", other, more="severity: material\n")
    return made


def scheduled(root: Path) -> Workspace:
    """A release in force and one that is scheduled."""
    made = workspace(root)
    made.release("2026-01-05T10:00")
    made.change("for security", "for safety")
    made.release("2026-02-01T10:00", effective="2026-09-01")
    return made


def loose(made: Workspace) -> list[str]:
    return [path.name for path in made.releases.glob(".tmp-*")]


def check_after_kill(made: Workspace, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Nothing torn under a name that is read; the list never ahead of the records; all readers work."""
    found = made.files()
    for name, data in found.items():
        assert data in {before.get(name), after.get(name)}, f"{name} is torn"
    assert set(before) <= set(found)
    if found.get(SUMS) == after[SUMS]:
        assert set(found) == set(after)
    assert len(app.timeline(made.policy).entries) in {
        sum(name.endswith(".json") and "withdrawn" not in name for name in files) for files in (before, after)
    }
    for note in (made.policy / "changes").glob("*"):
        assert note.name.startswith(".tmp-") or note.read_text("utf-8").endswith("\n")


def again(made: Workspace, command: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Run it once more; why it was refused, if it was."""
    try:
        getattr(made, command)(*arguments)
    except RefusedError as error:
        return error.reasons
    return ()


def check_complete(made: Workspace, after: dict[str, bytes]) -> None:
    """As if it had never been disturbed."""
    assert made.files() == after
    assert loose(made) == []
    assert list((made.policy / "changes").glob("*")) == []
    assert app.verify(made.policy).faults == ()


SCENES: dict[str, tuple[Callable[[Path], Workspace], str, tuple[str, ...], str]] = {
    "first": (never_released, "release", (NOW,), "nothing changed since 1.0.0"),
    "next": (amended, "release", (NOW,), "nothing changed since 2.0.0"),
    "withdraw": (scheduled, "withdraw", ("2.0.0", NOW), "2.0.0 was withdrawn already"),
}


@pytest.mark.parametrize("scene", SCENES)
def test_a_kill_at_any_write_leaves_a_good_ledger_and_the_next_run_completes_it(
    scene: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare, command, arguments, done_already = SCENES[scene]
    start = prepare(tmp_path / "start")
    undisturbed = start.copy(tmp_path / "undisturbed")
    getattr(undisturbed, command)(*arguments)
    before, after = start.files(), undisturbed.files()
    number, refused = 0, 0
    with Victims(f"tests.support.histories:{command}", "policypress.write.ledger") as victims:
        while True:
            made = start.copy(tmp_path / str(number))
            if not victims.killed_at(number, str(made.root), *arguments):
                break
            check_after_kill(made, before, after)
            refused += again(made, command, arguments) == (done_already,)
            check_complete(made, after)
            number += 1
    assert made.files() == after
    with capsys.disabled():
        print(f"\n{scene}: {number} places to die, {refused} of them after the commit point")
    assert number > 10
    assert 0 < refused < number


def test_only_one_of_many_releases_at_once_wins_and_the_others_say_why(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    command = [sys.executable, "-m", "policypress", "release", "-w", str(made.root)]
    runs = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        for _ in range(RUNS)
    ]
    ends = [(*run.communicate(), run.returncode) for run in runs]
    losers = [err for _, err, code in ends if code != 0]
    assert len(losers) == RUNS - 1
    assert {code for *_, code in ends} == {0, 1}
    assert set(losers) == {"policypress: nothing was released\n  nothing changed since 1.0.0\n"}
    assert sorted(made.files()) == ["1.0.0.json", SUMS]
    assert app.verify(made.policy).faults == ()


def test_a_record_is_never_put_over_another(tmp_path: Path) -> None:
    append(tmp_path, "1.0.0.json", b"one\n")
    with pytest.raises(TakenError, match="exists already"):
        append(tmp_path, "1.0.0.json", b"two\n")
    assert (tmp_path / "1.0.0.json").read_bytes() == b"one\n"
    assert (tmp_path / SUMS).read_text() == sums({"1.0.0.json": b"one\n"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.0.0.json", SUMS]


def test_records_can_be_read_by_everyone(tmp_path: Path) -> None:
    append(tmp_path, "1.0.0.json", b"one\n")
    assert [path.stat().st_mode & 0o777 for path in sorted(tmp_path.iterdir())] == [0o644, 0o644]


def test_the_lock_keeps_others_out_and_goes_with_its_holder(tmp_path: Path) -> None:
    import fcntl

    folder = tmp_path / "releases"
    with locked(folder):
        handle = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_only_what_was_left_half_written_is_swept(tmp_path: Path) -> None:
    for name in (".tmp-abc", ".keep", "1.0.0.json"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".keep", "1.0.0.json"]


@pytest.mark.parametrize("command", ["release", "withdraw"])
def test_nothing_is_added_to_a_ledger_that_was_tampered_with(command: str, tmp_path: Path) -> None:
    made = scheduled(tmp_path / "workspace")
    made.change("for safety", "for protection")
    record = made.releases / "1.0.0.json"
    record.write_bytes(record.read_bytes().replace(b"We use", b"We sell"))
    before = made.files()
    with pytest.raises(LedgerError, match=r"privacy/releases/1\.0\.0\.json: its bytes are not") as caught:
        getattr(made, command)(*((NOW,) if command == "release" else ("2.0.0", NOW)))
    assert "policypress verify" in caught.value.hint
    assert made.files() == before


def test_a_record_is_on_the_disk_before_its_name_is_and_its_name_before_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut keeps only what was synced: no kill can show it, the order of the calls does."""
    calls: list[str] = []

    def watch(name: str) -> None:
        call = getattr(os, name)

        def watched(*args: object) -> object:
            if name == "fsync":
                what = "folder" if Path(f"/proc/self/fd/{args[0]}").resolve().is_dir() else "file"
                calls.append(f"sync {what}")
            else:
                calls.append(f"{name} {Path(str(args[1])).name}")
            return call(*args)

        monkeypatch.setattr(os, name, watched)

    for name in ("fsync", "link", "replace"):
        watch(name)
    append(tmp_path, "1.0.0.json", b"one\n")
    record = ["sync file", "link 1.0.0.json", "sync folder"]
    assert calls == [*record, "sync file", f"replace {SUMS}", "sync folder"]
