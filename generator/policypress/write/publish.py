"""From a staging folder into the site: file by file, each whole, what points to others last."""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from policypress.core.ids import is_version
from policypress.core.manifest import Manifest, from_bytes, to_bytes
from policypress.core.publication import is_kept
from policypress.write.files import sync_folder

STAGING = ".staging"
PART = ".part-"
MANIFEST = ".policypress.json"
# From so many files on, one call that syncs the whole machine is quicker than one for each.
MANY = 1024


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other builds out of a site; the lock is on the folder itself and dies with the process."""
    target.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        shutil.rmtree(target / STAGING, ignore_errors=True)  # what a killed build left
        yield
    finally:
        os.close(handle)


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


def stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into the staging folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def gather(part: Path, folder: Path) -> None:
    """Move what is in a part of the staging folder into the staging folder itself."""
    for name in names_in(part):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (part / name).replace(folder / name)
    shutil.rmtree(part, ignore_errors=True)


def restage(folder: Path, site: Path, names: Iterable[str]) -> None:
    """Take files of another built site over into the staging folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, path)


def names_in(folder: Path) -> set[str]:
    """Every file below a folder, by its path in it, the staging folder's left out."""
    if not folder.is_dir():
        return set()
    return set(_names(folder, ""))


def _names(folder: Path | str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and not entry.is_symlink():
                if entry.name != STAGING:
                    yield from _names(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name


def manifest(target: Path) -> Manifest:
    """What an earlier build put there; an empty one if that is not known for sure."""
    try:
        return from_bytes((target / MANIFEST).read_bytes())
    except OSError:
        return Manifest()


def publish(folder: Path, target: Path, after: Manifest | None = None) -> int:
    """Move what differs into the site, remove what an earlier build left; returns how many files changed.

    `after` says what the site then is; without it, that it is just what is in the folder.
    """
    staged = names_in(folder)
    before = manifest(target)
    after = after or Manifest(files=tuple(sorted(staged)))
    names, stale = after.names, before.names - after.names
    moving = [name for name in sorted(staged, key=_order) if _differs(folder / name, target / name)]
    _sync(folder, moving)
    if before != after:  # if we are killed, the next run knows what is ours and what may be half done
        _write_manifest(folder, target, before.under_way(after))
    changed = _sweep(target, _clashing(stale, names))
    for name in moving:
        _move(folder / name, target / name)
    changed += len(moving) + _sweep(target, stale)
    _sync_folders(target, moving)
    _write_manifest(folder, target, after)
    return changed


def _sync(folder: Path, names: list[str]) -> None:
    """Have the contents on the disk before their names: a power cut then leaves no torn file."""
    if len(names) > MANY:
        os.sync()
        return
    for name in names:
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())


def _sync_folders(target: Path, names: list[str]) -> None:
    if len(names) > MANY:
        os.sync()
        return
    for parent in {(target / name).parent for name in names}:
        sync_folder(parent)


LOADED = {".css", ".js", ".svg", ".png", ".woff2"}


def _order(name: str) -> tuple[int, int, str]:
    """What pages load or lead to, then pages of one version, then those that lead to them, then lists."""
    return _rank(PurePosixPath(name)), -name.count("/"), name


def _rank(path: PurePosixPath) -> int:
    if path.suffix in LOADED or path.parent.name == "search":
        return 0
    if path.suffix == ".json" and is_kept(path.as_posix()):
        return 0
    if path.suffix == ".html":
        return 1 if any(is_version(part) for part in path.parts) else 3
    return 2 if path.parent.name == "clauses" else 4  # a clause's page leads to the same for programs


def _differs(source: Path, target: Path) -> bool:
    return not (target.is_file() and filecmp.cmp(source, target, shallow=False))


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _write_manifest(folder: Path, target: Path, found: Manifest) -> None:
    content = to_bytes(found)
    if (target / MANIFEST).is_file() and (target / MANIFEST).read_bytes() == content:
        return
    with (folder / MANIFEST).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _move(folder / MANIFEST, target / MANIFEST)


def _clashing(stale: set[str], names: set[str]) -> set[str]:
    """The stale files where a folder must be now, or in a folder where a file must be."""
    if not stale:
        return set()
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
