"""From a staging folder into the site: file by file, each whole, what points to others last."""

from __future__ import annotations

import filecmp
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

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
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    earlier = _manifest(target)
    stale = earlier - names
    if names - earlier:
        _write_manifest(folder, target, names | earlier)  # if we are killed, the next run knows what is ours
    changed = _sweep(target, _clashing(stale, names))
    changed += sum(_move(folder / name, target / name) for name in sorted(names, key=_order))
    changed += _sweep(target, stale)
    _write_manifest(folder, target, names)
    return changed


def _order(name: str) -> tuple[int, int, str]:
    """What pages load, then pages, the deeper ones before those that lead to them, then what lists pages."""
    kind = 1 if name.endswith(".html") else 0 if "/" in name else 2
    return kind, -name.count("/"), name


def _move(source: Path, target: Path) -> int:
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return 1


def _manifest(target: Path) -> set[str]:
    """What an earlier build put there; nothing if that is not known for sure."""
    try:
        names = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return set()
    sound = isinstance(names, list) and all(isinstance(name, str) and name.isprintable() for name in names)
    return set(names) if sound else set()


def _write_manifest(folder: Path, target: Path, names: set[str]) -> None:
    content = json.dumps({"format": 1, "files": sorted(names)}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(content + "\n", "utf-8")
    _move(folder / MANIFEST, target / MANIFEST)


def _clashing(stale: set[str], names: set[str]) -> set[str]:
    """The stale files where a folder must be now, or in a folder where a file must be."""
    folders = {parent.as_posix() for name in names for parent in PurePosixPath(name).parents}
    return {
        name
        for name in stale
        if name in folders or any(parent.as_posix() in names for parent in PurePosixPath(name).parents)
    }


def _sweep(target: Path, names: set[str]) -> int:
    """Remove these files, pages before what they load, and the folders that are empty then."""
    top = target.resolve()
    gone = [path for name in sorted(names, key=_order, reverse=True) if (path := _inside(top, name))]
    for path in gone:
        path.unlink()
        _prune(path.parent, top)
    return len(gone)


def _inside(top: Path, name: str) -> Path | None:
    """The file of this name, if it is one and no link and no `..` leads out of the site."""
    path = top / name
    folder = path.parent.resolve()
    return folder / path.name if folder.is_relative_to(top) and path.is_file() else None


def _prune(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
