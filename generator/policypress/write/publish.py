"""From a staging folder into the site: file by file, each whole, what points to others last."""

from __future__ import annotations

import filecmp
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policypress.write.files import write_text

STAGING = ".staging"
MANIFEST = ".policypress.json"


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """An empty folder on the same file system as the site, gone afterwards. A left one is swept away."""
    folder = target / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, target: Path) -> int:
    """Move what differs into the site, remove what an earlier build left; returns how many files changed."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    changed = 0
    for name in sorted(names, key=_last):
        changed += _move(folder / name, target / name)
    changed += _sweep(target, _manifest(target) - set(names))
    write_text(target / MANIFEST, json.dumps({"format": 1, "files": names}, indent=1) + "\n")
    return changed


def _last(name: str) -> tuple[int, int, str]:
    """Assets first, then pages, the deeper ones before those that lead to them."""
    kind = 0 if name.startswith("assets/") else 1
    return kind, -name.count("/"), name


def _move(source: Path, target: Path) -> int:
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return 1


def _manifest(target: Path) -> set[str]:
    try:
        return set(json.loads((target / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _sweep(target: Path, names: set[str]) -> int:
    inside = [Path(name) for name in names if ".." not in Path(name).parts]
    gone = [target / path for path in inside if not path.is_absolute() and (target / path).is_file()]
    for path in gone:
        path.unlink()
        _prune(path.parent, target)
    return len(gone)


def _prune(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
