"""The one way to templates, catalogs and assets: the workspace's, else the checkout's, else the packaged."""

from __future__ import annotations

from pathlib import Path

FOLDER = "templates"
_PACKAGE = Path(__file__).resolve().parents[1]


def folders(workspace: Path | None = None) -> tuple[Path, ...]:
    """The resource folders that exist, the first one wins."""
    places = [_PACKAGE / FOLDER]
    if _PACKAGE.parent.name == "generator":
        places.insert(0, _PACKAGE.parents[1] / FOLDER)
    if workspace is not None:
        places.insert(0, workspace.resolve() / FOLDER)
    return tuple(place for place in dict.fromkeys(places) if place.is_dir())


def find(name: str, workspace: Path | None = None) -> Path | None:
    """The file or folder of this name, such as `locales/en/LC_MESSAGES/policypress.po`."""
    for folder in folders(workspace):
        if (path := folder / name).exists():
            return path
    return None


def each(name: str, workspace: Path | None = None) -> tuple[Path, ...]:
    """This folder wherever it exists, the first one wins."""
    return tuple(path for folder in folders(workspace) if (path := folder / name).is_dir())


def files(name: str, workspace: Path | None = None) -> dict[str, Path]:
    """All files below a resource folder, by their path in it."""
    found: dict[str, Path] = {}
    for folder in reversed(each(name, workspace)):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def tree(name: str, workspace: Path | None = None) -> dict[str, str]:
    """The texts below a resource folder, by their path in it."""
    return {path: file.read_text("utf-8") for path, file in files(name, workspace).items()}
