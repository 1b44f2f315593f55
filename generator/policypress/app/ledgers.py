"""The ledger: released into, withdrawn from, read, verified."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.core.diagnostics import has_errors
from policypress.core.errors import SourceError, WorkspaceError
from policypress.read.workspace import read_policy

if TYPE_CHECKING:
    from datetime import datetime

    from policypress.core.ledger import Withdrawal
    from policypress.core.notes import NoteFile
    from policypress.core.releasing import Plan, Request
    from policypress.core.timeline import Timeline
    from policypress.core.verifying import Verdict


def release(root: Path, policy: Path, request: Request, *, dry_run: bool = False) -> Plan:
    """Release the draft: plan, append to the ledger, clear away the notes that it collected.

    A dry run plans and writes nothing. Raises SourceError, RefusedError or LedgerError.
    """
    from policypress.core.assemble import assemble
    from policypress.core.ledger import to_bytes
    from policypress.core.releasing import Planner
    from policypress.read.ledger import FOLDER, read_ledger
    from policypress.write import ledger as writing

    read = read_policy(root, policy)
    if read.draft is None or has_errors(read.diagnostics):
        raise SourceError(read.diagnostics)
    folder = policy / FOLDER
    with nullcontext() if dry_run else writing.locked(folder):
        if not dry_run:
            _recover(folder)
        ledger = read_ledger(policy)
        planner = Planner(assemble(read.draft), ledger.records, ledger.last, read.notes, request)
        if not dry_run:
            _clear(root, planner.collected)
        made = planner.plan()
        if not dry_run:
            writing.append(folder, made.release.file, to_bytes(made.release))
            _clear(root, made.notes)
    return made


def _clear(root: Path, notes: tuple[NoteFile, ...]) -> None:
    for note in notes:
        (root / note.file).unlink(missing_ok=True)


def withdraw(policy: Path, version: str, reason: str, now: datetime) -> Withdrawal:
    """Cancel a scheduled release, with a reason that is published."""
    from policypress.core.ledger import to_bytes
    from policypress.core.releasing import plan_withdrawal
    from policypress.read.ledger import FOLDER, read_ledger
    from policypress.write import ledger as writing

    folder = policy / FOLDER
    with writing.locked(folder):
        _recover(folder)
        ledger = read_ledger(policy)
        made = plan_withdrawal(policy.name, ledger.records, ledger.last, version, reason, now)
        writing.append(folder, made.file, to_bytes(made))
    return made


def _recover(folder: Path) -> None:
    """Finish what a run killed after its commit point left undone; refuse a ledger that was tampered with."""
    from policypress.core.errors import LedgerError
    from policypress.core.verifying import repairable, verify
    from policypress.read.ledger import FOLDER, ledger_files
    from policypress.write import ledger as writing

    writing.sweep(folder)
    files = ledger_files(folder)
    if repairable(files):
        writing.write_sums(folder)
    elif faults := verify(files).faults:
        raise LedgerError(
            f"{folder.parent.name}/{FOLDER}/{faults[0]}",
            "Nothing is added to such a ledger; see `policypress verify`.",
        )


def timeline(policy: Path) -> Timeline:
    """A policy's releases as they bind."""
    from policypress.read.ledger import read_ledger

    return read_ledger(policy).timeline


def verify(policy: Path, copy: Path | None = None) -> Verdict:
    """Verify a policy's ledger, also against an older or published copy."""
    from policypress.core import verifying
    from policypress.read.ledger import FOLDER, ledger_files

    files = ledger_files(policy / FOLDER)
    verdict = verifying.verify(files)
    if copy is None:
        return verdict
    theirs = ledger_files(copy) if copy.is_dir() else {_name_of(copy): copy.read_bytes()}
    if not verifying.says_anything(theirs):
        raise WorkspaceError(f"{copy} is no copy of a ledger", "Give its `releases/` folder or SHA256SUMS.")
    return replace(verdict, faults=(*verdict.faults, *verifying.against(files, theirs)))


def _name_of(copy: Path) -> str:
    """Under which name a single file of a copy is meant: a record's own, else it is the list."""
    from policypress.core.layout import SUMS

    return copy.name if copy.suffix == ".json" else SUMS
