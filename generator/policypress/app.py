"""The use cases, one function each: the only place that wires reading, the core, rendering and writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.core.diagnostics import Diagnostic, has_errors
from policypress.core.errors import SourceError, WorkspaceError
from policypress.read.workspace import SOURCE, ReadPolicy, policy_folders, read_policy

if TYPE_CHECKING:
    from policypress.core.site import Site

CONFIG = "mkdocs.yml"
SITE = "site"
SCHEMAS = f"{SOURCE}/.schema"
Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was read and found: `policies` and `files` count, diagnostics are in file order."""

    policies: int
    files: int
    diagnostics: tuple[Diagnostic, ...]


def find_workspace(start: Path) -> Path:
    """The workspace that a folder is in: the nearest one upwards with policy_src/."""
    for folder in (start, *start.parents):
        if (folder / SOURCE).is_dir():
            return folder
    raise WorkspaceError(
        f"there is no {SOURCE}/ in {start} or above", "Run `policypress init` here, or go to a workspace."
    )


def check(root: Path, *, progress: Progress = silent) -> CheckReport:
    """Read all policies of a workspace and report everything wrong with them."""
    read = _read(root, progress)
    diagnostics = tuple(diagnostic for policy in read for diagnostic in policy.diagnostics)
    return CheckReport(len(read), sum(policy.files for policy in read), diagnostics)


def _read(root: Path, progress: Progress) -> list[ReadPolicy]:
    folders = policy_folders(root)
    if not folders:
        raise WorkspaceError(f"{SOURCE}/ holds no policy", "Run `policypress init` to see a complete one.")
    return [read_policy(root, folder, progress=progress) for folder in folders]


def render(root: Path, *, progress: Progress = silent) -> Site:
    """The pages and files of a workspace. Refused while the source has errors."""
    from policypress.core.assemble import assemble
    from policypress.render.site import render_site

    read = _read(root, progress)
    diagnostics = tuple(diagnostic for policy in read for diagnostic in policy.diagnostics)
    if has_errors(diagnostics):
        raise SourceError(diagnostics)
    progress("Rendering pages")
    documents = tuple(assemble(policy.draft) for policy in read if policy.draft is not None)
    return render_site(documents)


def build(root: Path, site: Path | None = None, *, progress: Progress = silent) -> int:
    """Build the site and put it in place, whole or not at all. Returns the number of files that changed."""
    from policypress.write import mkdocs, publish

    config = root / CONFIG
    if not config.is_file():
        raise WorkspaceError(
            f"there is no {CONFIG} in {root}", "Run `policypress init` to see a complete one."
        )
    target = site or root / SITE
    rendered = render(root, progress=progress)
    with publish.staging(target) as folder:
        progress("Building the site")
        mkdocs.build(config, rendered, folder)
        progress("Publishing")
        return publish.publish(folder, target)


def write_schemas(root: Path) -> list[Path]:
    """Write the JSON Schemas where the clause files look for them."""
    from policypress.core.schema import schemas
    from policypress.write.files import write_text

    written = []
    for name, schema in schemas().items():
        path = root / SCHEMAS / name
        write_text(path, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def init(folder: Path) -> list[Path]:
    """Scaffold a workspace that builds at once. Refused where one is already."""
    from policypress.render.resources import tree
    from policypress.write.files import write_text

    files = tree("scaffold")
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise WorkspaceError(
            f"{folder / taken[0]} is already there; nothing was written", "Choose an empty folder."
        )
    for name, text in files.items():
        write_text(folder / name, text)
    return [*(folder / name for name in files), *write_schemas(folder)]
