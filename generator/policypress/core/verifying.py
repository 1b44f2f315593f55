"""Whether a ledger is what was once written: bytes, sums, chain and what the changes say of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policypress.core.diff import diff
from policypress.core.layout import SUMS
from policypress.core.ledger import Record, Release, Withdrawal, from_bytes, sha256, sums, to_bytes

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Fault:
    """The file that is wrong, the field where there is one, and what is wrong with it."""

    file: str
    message: str
    field: str = ""

    def __str__(self) -> str:
        text = f"{self.file}{f' ({self.field})' if self.field else ''}: {self.message}"
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: a fault means that something is not as it was written, a remark does not."""

    records: int
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()


def verify(files: Files) -> Verdict:
    """Verify the files of a `releases/` folder, by name."""
    faults = [*_sums(files)]
    records: list[tuple[str, Record]] = []
    for name in sorted(set(files) - {SUMS}):
        try:
            record = from_bytes(files[name])
            faults += _form(name, files[name], record)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            faults.append(Fault(name, f"is not a record of a ledger ({error})"))
            continue
        records.append((name, record))
    records.sort(key=lambda pair: (pair[1].sequence, pair[0]))
    faults += _chain(records, files)
    faults += _schedule(records)
    return Verdict(len(records), tuple(dict.fromkeys(faults)), tuple(_engine(records)))


def repairable(files: Files) -> bool:
    """Whether only the newest record's line is missing: a run was killed between its two writes."""
    records = {name: data for name, data in files.items() if name != SUMS}
    if not records or files.get(SUMS, b"") == sums(records).encode():
        return False
    whole = {**records, SUMS: sums(records).encode()}
    if verify(whole).faults:
        return False
    newest = max(records, key=lambda name: from_bytes(records[name]).sequence)
    older = {name: data for name, data in records.items() if name != newest}
    return files.get(SUMS, b"") == sums(older).encode()


def _sums(files: Files) -> Iterator[Fault]:
    """Each file against its line; then the list to the letter, so that nothing hides in it."""
    listed = dict(_lines(files.get(SUMS, b"")))
    present = {name: data for name, data in files.items() if name != SUMS}
    for name in sorted(listed.keys() | present.keys()):
        if name not in present:
            yield Fault(name, f"is listed in {SUMS} but is not there")
        elif name not in listed:
            yield Fault(name, f"is not listed in {SUMS}")
        elif listed[name] != sha256(present[name]):
            yield Fault(name, f"its bytes are not those that {SUMS} lists")
    if present and files.get(SUMS, b"") != sums(present).encode("utf-8", "surrogateescape"):
        yield Fault(SUMS, "is not the list of these files")


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    for line in data.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        if name:
            yield name, digest


def _form(name: str, data: bytes, record: Record) -> Iterator[Fault]:
    if record.file != name:
        yield Fault(name, f"holds the record {record.file}", "version")
    if to_bytes(record) != data:
        yield Fault(name, "is not written as the tool writes it")


def _chain(records: Sequence[tuple[str, Record]], files: Files) -> Iterator[Fault]:
    before: tuple[str, Record] | None = None
    for expected, (name, record) in enumerate(records, 1):
        if record.sequence != expected:
            yield Fault(name, f"is number {record.sequence}, but {expected} is due", "sequence")
        if before is None:
            if record.previous is not None:
                yield Fault(name, f"names {record.previous.file} before it, which is not there", "previous")
        elif record.previous is None or record.previous.file != before[0]:
            yield Fault(name, f"does not follow {before[0]}", "previous")
        elif record.previous.sha256 != sha256(files[before[0]]):
            yield Fault(before[0], f"is not the file that {name} was written after")
        if before is not None and record.recorded < before[1].recorded:
            yield Fault(name, f"was recorded before {before[0]}", "recorded")
        before = name, record


def _schedule(records: Sequence[tuple[str, Record]]) -> Iterator[Fault]:
    releases = {record.version: record for _, record in records if isinstance(record, Release)}
    for name, record in records:
        if isinstance(record, Withdrawal):
            release = releases.get(record.version)
            start = (release.effective or release.known_since) if release else None
            if start is None or start <= record.recorded:
                yield Fault(name, f"withdraws {record.version}, which was not scheduled then", "version")
        elif record.based_on is not None and record.based_on not in releases:
            yield Fault(name, f"is based on {record.based_on}, which is not there", "based_on")
        elif record.effective and record.effective < record.published:
            yield Fault(name, "takes effect before it is published", "effective")


def changed_clauses(release: Release, base: Release) -> dict[str, str]:
    """Which clauses and fields differ between two releases, from the texts alone, by fingerprint."""
    return {change.fingerprint: change.clause for change in diff(base.document, release.document).changes}


def _engine(records: Sequence[tuple[str, Record]]) -> Iterator[Fault]:
    """A later engine may see an old change differently: worth knowing, no sign of tampering."""
    releases = {record.version: record for _, record in records if isinstance(record, Release)}
    for name, record in records:
        if isinstance(record, Release) and record.based_on in releases:
            recorded = {change["fingerprint"] for change in record.changes}
            if recorded != set(changed_clauses(record, releases[record.based_on])):
                yield Fault(name, "this engine would list its changes differently", "changes")


def says_anything(copy: Files) -> bool:
    """Whether a copy holds a record or a list of them: nothing can be compared with anything else."""
    return any(name.endswith(".json") for name in copy) or any(_lines(copy.get(SUMS, b"")))


def against(files: Files, copy: Files, name: str = "the copy") -> Iterator[Fault]:
    """What a published or older copy holds that is missing or different here: only additions may happen."""
    for file in sorted(set(copy) - {SUMS}):
        if file not in files:
            yield Fault(file, f"is in {name} but not here")
        elif files[file] != copy[file]:
            yield Fault(file, f"differs from {name}")
    for file, digest in _lines(copy.get(SUMS, b"")):
        if file not in files:
            yield Fault(file, f"is listed in {name}'s {SUMS} but is not here")
        elif file not in copy and digest != sha256(files[file]):
            yield Fault(file, f"differs from what {name}'s {SUMS} lists")
