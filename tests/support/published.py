"""What an app finds of a ledger: the files of the API, put where a server has them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from policypress.core import heads, ledger
from policypress.core.ledger import Record, Release, Withdrawal
from policypress.render.api import files, lists, units
from policypress.render.api.since import chapters, pointers, since
from policypress.render.edition import Archive


def published(records: Sequence[Record], at: datetime) -> dict[str, bytes]:
    """The API of a site that was built at an instant, without what no app of ours reads."""
    archive = _archive(records, at)
    found = {files.INDEX: lists.index((archive,)), **since(archive)}
    for number, chapter in enumerate(chapters(archive)):
        found |= pointers(number, chapter)
    for head in archive.heads:
        found |= units.of_version(archive, head.version)
    return found


def _archive(records: Sequence[Record], at: datetime) -> Archive:
    releases = {one.version: one for one in records if isinstance(one, Release)}
    withdrawals = [one for one in records if isinstance(one, Withdrawal)]
    data = {version: ledger.to_bytes(release) for version, release in releases.items()}
    found = tuple(heads.head(one, ledger.sha256(data[one.version])) for one in releases.values())
    return Archive(
        timeline=heads.timeline(found, {one.version: one.recorded for one in withdrawals}),
        heads=found,
        as_of=at,
        load=lambda version: releases[version].document,
        record=lambda version: data[version],
        withdrawals={one.version: one.reason for one in withdrawals},
    )


class Host:
    """A folder that a server serves; each time it is filled, its files are younger by some seconds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.times = folder, 0

    def publish(self, found: Mapping[str, bytes]) -> None:
        """Have these files and no others in the API; those with the same bytes stay as they are."""
        self.times += 1
        for old in self.folder.rglob("*.json"):
            if old.relative_to(self.folder).as_posix() not in found:
                old.unlink()
        for name, data in found.items():
            self.write(name, data)

    def write(self, name: str, data: bytes) -> None:
        """Have one file."""
        path = self.folder / name
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_700_000_000 + 10 * self.times,) * 2)
