"""Digests of what a build is made of: the source, the ledgers' lists, the renderer itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from policypress.core.digests import digest
from policypress.read.heads import listed
from policypress.read.ledger import FOLDER
from policypress.read.workspace import SOURCE, policy_folders

PACKAGE = Path(__file__).resolve().parents[1]
# What decides how a page comes out, besides ourselves.
RENDERERS = ("babel", "jinja2", "markupsafe", "mkdocs", "mkdocs-material", "rapidfuzz", "rjieba", "tzdata")


def renderer(config: Path, resources: Iterable[Path]) -> str:
    """The digest of everything that turns texts into pages: code, templates, libraries, configuration."""
    versions = {name: _version(name) for name in RENDERERS}
    own = _tree(PACKAGE, "*.py")
    return digest([versions, own, [_tree(folder, "*") for folder in resources], _file(config)])


def source(root: Path) -> str:
    """The digest of what people wrote and of what was released."""
    found = []
    for policy in policy_folders(root):
        files = (path for path in sorted(policy.rglob("*")) if path.is_file() and FOLDER not in path.parts)
        texts = {path.relative_to(policy).as_posix(): _file(path) for path in files}
        found.append([policy.name, texts, listed(policy / FOLDER)])
    return digest([SOURCE, found])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _tree(folder: Path, pattern: str) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob(pattern)) if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): _file(path) for path in files}


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
