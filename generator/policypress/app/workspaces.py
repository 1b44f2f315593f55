"""A workspace and its policies: found, checked, scaffolded."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policypress.app.finding import Progress, silent
from policypress.core.diagnostics import Diagnostic, has_errors
from policypress.core.errors import SourceError, WorkspaceError
from policypress.core.languages import primary
from policypress.core.layout import SOURCE
from policypress.read.folders import policy_folders
from policypress.read.workspace import NOTIFY, ReadPolicy, read_notify, read_policy

SCHEMAS = f"{SOURCE}/.schema"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was read and found: `policies` and `files` count, diagnostics are in file order."""

    policies: int
    files: int
    diagnostics: tuple[Diagnostic, ...]


def check(
    root: Path,
    *,
    base: str | None = None,
    published: str | None = None,
    as_of: datetime | None = None,
    progress: Progress = silent,
) -> CheckReport:
    """Read all policies of a workspace and report everything wrong with them.

    With a `base`, a revision of git, also what their ledgers lost or hold otherwise since; with a `published`
    site, a folder or an address, also what that serves otherwise than it should as of an instant.
    """
    now = as_of or datetime.now(UTC)
    read = read_all(root, progress, notes=now)
    _, of_notify = read_notify(root)
    diagnostics = (*of_notify, *(diagnostic for policy in read for diagnostic in policy.diagnostics))
    if base is not None:
        from policypress.app.gating import ledger_since

        diagnostics = tuple(sorted({*diagnostics, *ledger_since(root, base)}))
    if published is not None and not has_errors(tuple(found for one in read for found in one.of_text)):
        from policypress.app.publication import published_findings

        diagnostics += published_findings(root, published, now, progress)
    files = sum(policy.files for policy in read) + (root / SOURCE / NOTIFY).is_file()
    return CheckReport(len(read), files, diagnostics)


def read_all(root: Path, progress: Progress, *, notes: datetime | None = None) -> list[ReadPolicy]:
    """All policies of a workspace, of which there must be one.

    `notes` is an instant at which to say what is wrong with their notes and suppressions.
    """
    from policypress.app.notes import note_findings

    folders = policy_folders(root)
    if not folders:
        raise WorkspaceError(f"{SOURCE}/ holds no policy", "Run `policypress init` to see a complete one.")
    has_words = partial(_has_words, root)
    return [
        read_policy(
            root,
            folder,
            has_words=has_words,
            about_notes=partial(note_findings, folder, notes) if notes else None,
            progress=progress,
        )
        for folder in folders
    ]


def _has_words(root: Path, tag: str) -> bool:
    """Whether the interface speaks a language."""
    from policypress.render.i18n import catalog_tag

    return primary(catalog_tag(tag, root)) == primary(tag)


def the_policy(root: Path, name: str | None) -> Path:
    """The folder of a policy; without a name, of the only one."""
    folders = {folder.name: folder for folder in policy_folders(root)}
    if name is None and len(folders) == 1:
        return next(iter(folders.values()))
    if name in folders:
        return folders[name]
    known = ", ".join(folders) or "none"
    what = f"there is no policy `{name}`" if name else "there are several policies"
    raise WorkspaceError(what, f"Give --policy: {known}.")


def zone_of(root: Path, policy: Path) -> ZoneInfo:
    """The zone in which a policy's bare dates are meant."""
    read = read_policy(root, policy)
    try:
        return ZoneInfo(read.draft.policy.time_zone if read.draft else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SourceError(read.diagnostics) from None


def instant(root: Path, text: str) -> datetime:
    """An instant as people write it; a bare date is meant in the zone of the workspace's first policy."""
    from policypress.core.instants import parse

    return parse(text, zone_of(root, policy_folders(root)[0]))


def write_schemas(root: Path) -> list[Path]:
    """Write the JSON Schemas where the clause files look for them; those of reports beside them."""
    from policypress.core.schema import published_schemas, schemas
    from policypress.write.files import write_text

    written = []
    for name, schema in sorted({**schemas(), **published_schemas()}.items()):
        path = root / SCHEMAS / name
        write_text(path, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def _in_the_way(folder: Path, names: list[str]) -> Path | None:
    """The first thing that stands where a file of this name, or a folder for it, must be."""
    for name in names:
        path = folder / name
        if os.path.lexists(path):
            return path
        for parent in path.parents:
            if os.path.lexists(parent) and not parent.is_dir():
                return parent
    return None


def init(folder: Path) -> list[Path]:
    """Scaffold a workspace that builds at once. Refused where one is already."""
    from policypress.render.resources import tree
    from policypress.write.files import write_text

    files = tree("scaffold")
    if taken := _in_the_way(folder, [*files, f"{SCHEMAS}/x"]):
        raise WorkspaceError(f"{taken} is already there; nothing was written", "Choose an empty folder.")
    for name, text in files.items():
        write_text(folder / name, text)
    return [*(folder / name for name in files), *write_schemas(folder)]
