"""Reading a ledger's folder, and the source files of every past format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policypress import app
from policypress.core.assemble import assemble
from policypress.core.errors import LedgerError
from policypress.read.ledger import ledger_files, read_ledger
from policypress.read.workspace import read_policy
from tests.support.histories import BASE, Workspace, five_records, workspace
from tests.support.paths import ROOT

FORMAT_1 = ROOT / "tests/fixtures/format-1"


@pytest.fixture
def history(tmp_path: Path) -> Workspace:
    return five_records(tmp_path / "workspace")


def test_records_are_in_the_order_in_which_they_were_made(history: Workspace) -> None:
    ledger = read_ledger(history.policy)
    assert [record.file for record in ledger.records] == [
        *("1.0.0.json", "1.1.0.json", "2.0.0.json", "2.0.0.withdrawn.json", "3.0.0.json")
    ]
    assert ledger.last is not None
    assert ledger.last.file == "3.0.0.json"
    assert ledger.release("1.1.0").version == "1.1.0"


def test_a_policy_that_was_never_released_has_an_empty_ledger(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    ledger = read_ledger(made.policy)
    assert (ledger.records, ledger.last, ledger.timeline.entries) == ((), None, ())


def test_what_a_killed_run_left_half_written_is_passed_over(history: Workspace) -> None:
    before = history.files()
    (history.releases / ".tmp-abc").write_bytes(b'{"half')
    assert history.files() == before
    assert len(app.timeline(history.policy).entries) == 4


def test_files_in_folders_are_seen_too(history: Workspace) -> None:
    folder = history.releases / "old"
    folder.mkdir()
    (folder / "x").touch()
    assert ledger_files(history.releases)["old/x"] == b""


NO_RECORDS = (b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"format": 1, "version": []}')


@pytest.mark.parametrize("data", NO_RECORDS)
def test_a_file_that_is_no_record_is_named_with_what_to_do(history: Workspace, data: bytes) -> None:
    (history.releases / "1.1.0.json").write_bytes(data)
    with pytest.raises(LedgerError, match=r"privacy/releases/1\.1\.0\.json is not a record") as caught:
        read_ledger(history.policy)
    assert "policypress verify" in caught.value.hint


def test_sources_of_format_1_are_read_as_they_always_were(tmp_path: Path) -> None:
    """The fixtures are kept for ever."""
    shutil.copytree(BASE, tmp_path / "workspace")
    policy = tmp_path / "workspace/policy_src/privacy"
    shutil.rmtree(policy)
    for name, place in {"policy": ".", "clause": "clauses", "note": "changes"}.items():
        (policy / place).mkdir(parents=True, exist_ok=True)
        target = {"policy": "policy.yaml", "clause": "01-store.yaml", "note": "note.yaml"}[name]
        shutil.copyfile(FORMAT_1 / f"{name}.yaml", policy / place / target)
    read = read_policy(tmp_path / "workspace", policy)
    assert read.diagnostics == ()
    assert read.draft
    (store,) = assemble(read.draft).nodes
    assert (store.id, store.labels["zh-Hans"].text) == ("store", "第一条")
    assert [child.id for child in store.children] == ["store.where", "store.kept", "store.returned"]
    assert store.children[1].reserved
    assert (store.children[2].restores, store.children[2].replaces) == ("1.0.0", ("store.gone",))
    assert [(fact.key, fact.term) for fact in store.facts] == [("purpose", "FraudPreventionAndDetection")]
    (note,) = read.notes
    assert (note.note.action, note.note.severity, note.note.approved_by) == ("consent", "minor", "Legal")
    assert note.note.scopes[0].separate
