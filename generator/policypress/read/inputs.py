"""Digests of what a build is made of: the source, the ledgers' lists, the renderer itself."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from policypress.core.canonical import digest
from policypress.core.layout import RELEASES, SOURCE
from policypress.read.folders import listed, policy_folders

PACKAGE = Path(__file__).resolve().parents[1]
# What decides how a page comes out, besides ourselves.
RENDERERS = ("babel", "jinja2", "markupsafe", "mkdocs", "mkdocs_material", "rapidfuzz", "rjieba", "tzdata")


def renderer(config: Path, resources: Iterable[Path]) -> str:
    """The digest of everything that turns texts into pages: code, templates, libraries, configuration."""
    own = _tree(PACKAGE, "*.py")
    return digest([_installed(), own, [_tree(folder, "*") for folder in resources], _file(config)])


def source(root: Path) -> str:
    """The digest of what people wrote and of what was released."""
    found = []
    for policy in policy_folders(root):
        files = (path for path in sorted(policy.rglob("*")) if path.is_file() and RELEASES not in path.parts)
        texts = {path.relative_to(policy).as_posix(): _file(path) for path in files}
        found.append([policy.name, texts, listed(policy / RELEASES)])
    return digest([SOURCE, found])


def _installed() -> dict[str, str]:
    """The versions of those that are installed, by their folders' names: asking for each takes longer."""
    folders = (found.name for place in sys.path for found in Path(place).glob("*.dist-info"))
    pairs = (name.removesuffix(".dist-info").split("-", 1) for name in folders)
    return {name: version for name, version in pairs if name in RENDERERS}


def _tree(folder: Path, pattern: str) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob(pattern)) if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): _file(path) for path in files}


def _file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
