"""The heads of a ledger, reading only what is not known already: each file is known by its digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from policypress.core.errors import LedgerError
from policypress.core.heads import Head, head
from policypress.core.layout import RELEASES, SUMS
from policypress.core.ledger import Record, Release, Withdrawal, sha256
from policypress.read.folders import RESTORE, listed
from policypress.read.ledger import read_record


@dataclass(frozen=True, slots=True)
class Heads:
    """The releases without their texts, and the withdrawals, both in the order of the ledger."""

    heads: tuple[Head, ...]
    withdrawals: tuple[Withdrawal, ...]


def read_heads(policy: Path, known: Iterable[Head] = ()) -> Heads:
    """The heads of a policy folder; none yet is an empty ledger. Raises LedgerError where it is broken.

    Those whose file has the digest of a `known` one are not read.
    """
    by_digest = {one.sha256: one for one in known}
    heads: list[Head] = []
    withdrawals: list[tuple[Withdrawal, str]] = []
    for name, expected in listed(policy / RELEASES).items():
        if found := by_digest.get(expected):
            heads.append(found)
            continue
        record, digest = _record(policy, name, expected)
        if isinstance(record, Release):
            heads.append(head(record, digest))
        else:
            withdrawals.append((record, digest))
    heads.sort(key=lambda one: one.sequence)
    withdrawals.sort(key=lambda pair: pair[0].sequence)
    _check_chain(policy, heads, withdrawals)
    return Heads(tuple(heads), tuple(record for record, _ in withdrawals))


def _record(policy: Path, name: str, expected: str) -> tuple[Record, str]:
    data = (policy / RELEASES / name).read_bytes()
    found = sha256(data)
    if expected and found != expected:
        what = f"{policy.name}/{RELEASES}/{name}: its bytes are not those that {SUMS} lists"
        raise LedgerError(what, RESTORE)
    return read_record(policy, name, data), found


def _check_chain(policy: Path, heads: Iterable[Head], withdrawals: Iterable[tuple[Withdrawal, str]]) -> None:
    """Each record names the digest of the one before, or this is not the ledger that was written."""
    links = [(one.sequence, one.sha256, one.previous, f"{one.version}.json") for one in heads]
    links += [(one.sequence, digest, one.previous.sha256, one.file) for one, digest in withdrawals]
    links.sort()
    for (_, before, *_), (_, _, previous, name) in pairwise([(0, "", "", ""), *links]):
        if previous != before:
            raise LedgerError(
                f"{policy.name}/{RELEASES}/{name} does not follow the record before it", RESTORE
            )
