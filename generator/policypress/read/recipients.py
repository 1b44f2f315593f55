"""A recipient file, row by row: every bad row is reported with its line, whatever the size of the file."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from policypress.core.addresses import is_address, is_recipient_id
from policypress.core.codes import CODES
from policypress.core.diagnostics import Diagnostic
from policypress.core.errors import PolicypressError
from policypress.core.notices import Recipient
from policypress.read.decode import decode
from policypress.read.nodes import Located

COLUMNS = ("id", "address", "language", "accepted_version", "accepted_language")
MAX_LINE = 4096
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class RecipientsError(PolicypressError):
    """A recipient file that is not what it was when it was checked, or is not there."""


@dataclass(frozen=True, slots=True)
class RecipientFile:
    """What a check of the whole file found: how many rows, the digest of its bytes, everything wrong."""

    rows: int
    sha256: str
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    message: str
    column: int = 1


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the file: somebody, or what is wrong with it."""

    line: int
    recipient: Recipient | None
    faults: tuple[_Fault, ...] = ()


def check_recipients(path: Path) -> RecipientFile:
    """Read the whole file. Memory grows with what is wrong in it, not with its size."""
    digest = hashlib.sha256()
    found: list[Diagnostic] = []
    rows = 0
    # A database without a name lives in a temporary file of its own and goes away when it is closed.
    with closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (what TEXT, value TEXT, line INTEGER, PRIMARY KEY (what, value))")
        for row in _rows(path, digest):
            rows += row.recipient is not None
            faults = [*row.faults, *(_twice(seen, row.recipient, row.line) if row.recipient else ())]
            found += [_diagnostic(path, row.line, fault) for fault in faults]
    return RecipientFile(rows, digest.hexdigest(), tuple(found))


def recipients(path: Path, sha256: str = "") -> Iterator[Recipient]:
    """The recipients of a file that was found good; with a digest, as long as it is that file."""
    if sha256:
        _refuse_another(path, sha256, _sha256(path))
    digest = hashlib.sha256()
    for row in _rows(path, digest):
        if row.recipient is None:
            raise RecipientsError(
                f"{path.name}:{row.line} is bad: {row.faults[0].message}", "Check the file again, then send."
            )
        yield row.recipient
    if sha256:
        _refuse_another(path, sha256, digest.hexdigest())


def _refuse_another(path: Path, wanted: str, found: str) -> None:
    if found != wanted:
        raise RecipientsError(f"{path.name} was changed since it was checked", "Look at a new preview first.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for _ in _lines(path, digest):
        pass
    return digest.hexdigest()


def _rows(path: Path, digest: hashlib._Hash | None = None) -> Iterator[_Row]:
    lines = _lines(path, digest)
    first = next(lines, b"").removeprefix(codecs.BOM_UTF8)  # spreadsheets begin their files with it
    header = _fields(path.name, first)
    if isinstance(header, _Fault):
        yield _Row(1, None, (header,))
        return
    if faults := _header(header):
        yield _Row(1, None, faults)
        return
    order = [header.index(column) for column in COLUMNS]
    for number, raw in enumerate(lines, 2):
        if raw.strip(b"\r\n"):
            yield _row(path.name, number, raw, order)


def _lines(path: Path, digest: hashlib._Hash | None) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            is_new = True
            while line := file.readline(MAX_LINE + 1):
                if digest:
                    digest.update(line)
                if is_new:  # else it is the rest of a line that was too long
                    yield line
                is_new = line.endswith(b"\n")
    except OSError as error:
        raise RecipientsError(
            f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}",
            f"Give a CSV file with the columns {','.join(COLUMNS)}.",
        ) from error


def _header(header: list[str]) -> tuple[_Fault, ...]:
    unknown = [
        _Fault("N811", f"`{name}` is no column of a recipient file") for name in header if name not in COLUMNS
    ]
    missing = [_Fault("N811", f"the column `{name}` is missing") for name in COLUMNS if name not in header]
    twice = [
        _Fault("N811", f"the column `{name}` is there twice") for name in COLUMNS if header.count(name) > 1
    ]
    return (*unknown, *missing, *twice)


def _row(file: str, number: int, raw: bytes, order: list[int]) -> _Row:
    fields = _fields(file, raw)
    if isinstance(fields, _Fault):
        return _Row(number, None, (fields,))
    if len(fields) != len(order):
        fault = _Fault("N812", f"the row has {len(fields)} fields, not {len(order)}")
        return _Row(number, None, (fault,))
    recipient = Recipient(*(fields[index] for index in order))
    faults = tuple(_faults(recipient))
    return _Row(number, None if faults else recipient, faults)


def _fields(file: str, raw: bytes) -> list[str] | _Fault:
    """The fields of one line: none of ours can hold a line break, so a line is a row."""
    if len(raw) > MAX_LINE:
        return _Fault("N812", f"the line has more than {MAX_LINE:,} bytes")
    text = decode(file, raw)
    if isinstance(text, Located):
        return _Fault(text.finding.code, text.finding.message, text.position.column)
    text = text.rstrip("\n")
    if control := _CONTROL.search(text):
        return _Fault("C601", f"U+{ord(control[0]):04X} stands here", control.start() + 1)
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error as error:
        return _Fault("N812", f"the quotes cannot be read ({error})")


def _faults(recipient: Recipient) -> Iterator[_Fault]:
    if not is_recipient_id(recipient.id):
        yield _Fault("N813", f"{recipient.id!r} cannot be the id of a recipient")
    if not is_address(recipient.address):
        yield _Fault("N814", f"{recipient.address!r} is not a mail address")


def _twice(seen: sqlite3.Connection, recipient: Recipient, line: int) -> Iterator[_Fault]:
    """What was there on an earlier line. One mailbox may serve two recipients; one id may not."""
    for code, what, value in (
        ("N815", "id", recipient.id),
        ("N816", "address", recipient.address.casefold()),
    ):
        if not seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (what, value, line)).rowcount:
            query = "SELECT line FROM seen WHERE what = ? AND value = ?"
            (first,) = seen.execute(query, (what, value)).fetchone()
            yield _Fault(code, f"the {what} of line {first} again")


def _diagnostic(path: Path, line: int, fault: _Fault) -> Diagnostic:
    code = CODES[fault.code]
    return Diagnostic(path.name, line, fault.column, code.code, code.level, fault.message, code.hint)
