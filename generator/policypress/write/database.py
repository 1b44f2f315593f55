"""The outbox's file: an SQLite database that outlives its processes, and its complaints in words."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policypress.core.errors import PolicypressError

FORMAT = 1
_TABLES = (
    "CREATE TABLE salt (value BLOB NOT NULL)",
    "CREATE TABLE events (id INTEGER PRIMARY KEY, policy TEXT NOT NULL, version TEXT NOT NULL,"
    " kind TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', purged REAL, UNIQUE (policy, version, kind))",
    "CREATE TABLE notices (event INTEGER NOT NULL, recipient TEXT NOT NULL, address BLOB NOT NULL,"
    " state TEXT NOT NULL, attempts INTEGER NOT NULL, due REAL, reason TEXT NOT NULL DEFAULT '',"
    " at REAL NOT NULL, run TEXT, PRIMARY KEY (event, recipient)) WITHOUT ROWID",
)
_WAIT_FOR_OTHERS = 60.0


class OutboxError(PolicypressError):
    """The outbox cannot be used, or will not do what was asked."""


def opened(path: Path) -> tuple[sqlite3.Connection, bytes]:
    """The database, made where there is none, and its salt. Only its owner may read it."""
    with in_words():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path, timeout=_WAIT_FOR_OTHERS, isolation_level=None)
        try:
            _keep_a_log(db)
            with transaction(db, durable=True):
                _prepare(db)
            (salt,) = db.execute("SELECT value FROM salt").fetchone()
        except BaseException:
            db.close()
            raise
    return db, salt


def _keep_a_log(db: sqlite3.Connection) -> None:
    """A log, because a commit to it outlives the process without waiting for the disk.

    SQLite does not wait by itself while another run makes the same file.
    """
    until = time.monotonic() + _WAIT_FOR_OTHERS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _prepare(db: sqlite3.Connection) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise OutboxError(f"the outbox has format {version}, newer than this program", "Update policypress.")
    if version == 0:
        for table in _TABLES:
            db.execute(table)
        db.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(32),))
        db.execute(f"PRAGMA user_version = {FORMAT}")


@contextmanager
def transaction(db: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """All or nothing, one writer at a time. A durable one is on the disk when it ends."""
    db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    finally:
        db.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def in_words() -> Iterator[None]:
    """What SQLite or the machine refuse, as an error for people."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise OutboxError(f"the outbox cannot be used: {error}", "Nothing more was sent.") from error
