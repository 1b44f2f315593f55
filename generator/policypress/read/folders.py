"""The folders of a workspace and of its ledgers, by name alone: nothing is read that a digest spares."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policypress.core.errors import LedgerError
from policypress.core.layout import RELEASES, SOURCE, SUMS

RESTORE = "Run `policypress verify`; restore the file from version control."


def policy_folders(root: Path) -> list[Path]:
    """The policy folders of a workspace, by name."""
    source = root / SOURCE
    if not source.is_dir():
        return []
    return sorted(path for path in source.iterdir() if path.is_dir() and not path.name.startswith("."))


def listed(folder: Path) -> dict[str, str]:
    """Every record of a ledger's folder by name, with the digest that SHA256SUMS lists for it, if any."""
    if not folder.is_dir():
        return {}
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".json")
    sums = _sums(folder / SUMS)
    if gone := sorted(set(sums) - set(names)):
        raise LedgerError(f"{folder.parent.name}/{RELEASES}/{gone[0]} is not there", RESTORE)
    return {name: sums.get(name, "") for name in names if not name.startswith(".tmp-")}


def _sums(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    lines = path.read_text("utf-8", "replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}
