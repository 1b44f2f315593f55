"""A policy's `releases/` folder as bytes, and as records in the order in which they were made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policypress.core.errors import LedgerError
from policypress.core.layout import RELEASES, SUMS
from policypress.core.ledger import (
    Predecessor,
    Record,
    RecordError,
    Release,
    from_bytes,
    sha256,
    timeline,
)
from policypress.core.timeline import Timeline

FOLDER = RELEASES


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records in order, and the newest one as the next names it."""

    records: tuple[Record, ...]
    last: Predecessor | None

    @property
    def timeline(self) -> Timeline:
        """The releases as they bind."""
        return timeline(self.records)

    def release(self, version: str) -> Release:
        """The release of this version, which must exist."""
        return next(r for r in self.records if isinstance(r, Release) and r.version == version)


def ledger_files(folder: Path) -> dict[str, bytes]:
    """Every file of a ledger by name, also those that do not belong; half-written ones are passed over."""
    if not folder.is_dir():
        return {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".tmp-"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def read_ledger(policy: Path) -> Ledger:
    """The ledger of a policy folder; none yet is an empty one."""
    files = ledger_files(policy / FOLDER)
    found = [(name, read_record(policy, name, data)) for name, data in files.items() if name != SUMS]
    found.sort(key=lambda pair: pair[1].sequence)
    if not found:
        return Ledger((), None)
    name, _ = found[-1]
    return Ledger(tuple(record for _, record in found), Predecessor(name, sha256(files[name])))


def read_release(policy: Path, version: str) -> Release:
    """The release of a version of which a file exists."""
    record = read_record(policy, f"{version}.json", read_bytes(policy, version))
    assert isinstance(record, Release)
    return record


def read_bytes(policy: Path, version: str) -> bytes:
    """The bytes of a release of which a file exists."""
    return (policy / FOLDER / f"{version}.json").read_bytes()


def read_record(policy: Path, name: str, data: bytes) -> Record:
    """The record of a file of a ledger. Raises LedgerError where it is none."""
    try:
        return from_bytes(data)
    except RecordError as error:
        raise LedgerError(
            f"{policy.name}/{FOLDER}/{name} is not a record of a ledger ({error})",
            "Run `policypress verify`; restore the file from version control.",
        ) from error
