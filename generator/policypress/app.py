"""The use cases, one function each: the only place that wires reading, the core, rendering and writing."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policypress.core.diagnostics import Diagnostic, has_errors
from policypress.core.errors import PolicypressError, SourceError, WorkspaceError
from policypress.core.languages import primary
from policypress.read.workspace import SOURCE, ReadPolicy, policy_folders, read_policy

if TYPE_CHECKING:
    from policypress.core.ledger import Withdrawal
    from policypress.core.notes import NoteFile
    from policypress.core.releasing import Plan, Request
    from policypress.core.site import Site
    from policypress.core.timeline import Timeline
    from policypress.core.verifying import Verdict
    from policypress.render.edition import Archive

CONFIG = "mkdocs.yml"
SITE = "site"
TEMPLATES = "templates"
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
    has_words = partial(_has_words, root)
    return [read_policy(root, folder, has_words=has_words, progress=progress) for folder in folders]


def _has_words(root: Path, tag: str) -> bool:
    """Whether the interface speaks a language."""
    from policypress.render.i18n import catalog_tag

    return primary(catalog_tag(tag, root)) == primary(tag)


def rendered(
    root: Path, *, as_of: datetime | None = None, drafts: bool = False, progress: Progress = silent
) -> Site:
    """The pages and files of a workspace, as of an instant. Refused while the source has errors.

    `drafts` shows the drafts also of policies that have releases.
    """
    from policypress.core.assemble import assemble
    from policypress.render.site import render_site

    read = _read(root, progress)
    diagnostics = tuple(diagnostic for policy in read for diagnostic in policy.diagnostics)
    if has_errors(diagnostics):
        raise SourceError(diagnostics)
    progress("Rendering pages")
    documents = tuple(assemble(policy.draft) for policy in read if policy.draft is not None)
    return render_site(documents, root, _archives(root, as_of or datetime.now(UTC)), drafts=drafts)


def _archives(root: Path, as_of: datetime) -> tuple[Archive, ...]:
    """What was released of each policy."""
    from policypress.core.ledger import Release, Withdrawal
    from policypress.read.ledger import read_ledger
    from policypress.render.edition import Archive, Edition

    found = []
    for folder in policy_folders(root):
        ledger = read_ledger(folder)
        releases = [record for record in ledger.records if isinstance(record, Release)]
        if not releases:
            continue
        reasons = {
            record.version: record.reason for record in ledger.records if isinstance(record, Withdrawal)
        }
        editions = tuple(
            Edition(
                document=release.document,
                version=release.version,
                published=release.published,
                effective=release.effective,
                known_since=release.known_since,
                severity=release.severity,
                summaries=tuple(dict(note["summary"]) for note in release.notes),
                based_on=release.based_on,
                pinned=True,
            )
            for release in releases
        )
        found.append(Archive(ledger.timeline, editions, as_of, reasons))
    return tuple(found)


def build(
    root: Path,
    site: Path | None = None,
    *,
    as_of: datetime | None = None,
    drafts: bool = False,
    progress: Progress = silent,
) -> int:
    """Build the site and put it in place, whole or not at all. Returns the number of files that changed."""
    from policypress.write import mkdocs, publish

    config = root / CONFIG
    if not config.is_file():
        raise WorkspaceError(
            f"there is no {CONFIG} in {root}", "Run `policypress init` to see a complete one."
        )
    target = site or root / SITE
    made = rendered(root, as_of=as_of, drafts=drafts, progress=progress)
    with publish.staging(target) as folder:
        progress("Building the site")
        mkdocs.build(config, made, folder)
        progress("Publishing")
        return publish.publish(folder, target)


class Preview:
    """A live preview: `rebuild` after each `wait`; what was served stays until a build is good."""

    def __init__(self, root: Path, folder: Path, host: str, port: int) -> None:
        from policypress.write import preview

        self._root, self._folder = root, folder
        self._generation = preview.Generation()
        try:
            self._server = preview.server(folder, host, port, self._generation)
        except OSError as error:
            what = f"cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}"
            raise WorkspaceError(what, "Choose another --port (0 takes a free one) or --host.") from error
        watched = [root / name for name in (SOURCE, TEMPLATES) if (root / name).is_dir()]
        self._watcher = preview.Watcher(watched, root / CONFIG)
        self.url = f"http://{host}:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def rebuild(self) -> PolicypressError | None:
        """Build; return why it could not be done, if so."""
        try:
            build(self._root, self._folder, drafts=True)
        except PolicypressError as error:
            return error
        self._generation.next()
        return None

    @property
    def has_pages(self) -> bool:
        """Whether a build has been good since the start."""
        return self._generation.number > 0

    def wait(self) -> None:
        """Return after the next change of a source file, a template or mkdocs.yml."""
        self._watcher.wait()

    def close(self) -> None:
        """Stop serving and watching."""
        self._watcher.stop()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def preview(root: Path, host: str, port: int) -> Iterator[Preview]:
    """Serve a workspace from a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="policypress-") as folder:
        made = Preview(root, Path(folder), host, port)
        try:
            yield made
        finally:
            made.close()


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


def release(root: Path, policy: Path, request: Request, *, dry_run: bool = False) -> Plan:
    """Release the draft: plan, append to the ledger, clear away the notes that it collected.

    A dry run plans and writes nothing. Raises SourceError, RefusedError or LedgerError.
    """
    from policypress.core.assemble import assemble
    from policypress.core.ledger import to_bytes
    from policypress.core.releasing import collected_already, plan
    from policypress.read.ledger import FOLDER, read_ledger
    from policypress.write import ledger as writing

    read = read_policy(root, policy)
    if read.draft is None or has_errors(read.diagnostics):
        raise SourceError(read.diagnostics)
    folder = policy / FOLDER
    with nullcontext() if dry_run else writing.locked(folder):
        if not dry_run:
            _recover(folder)
        ledger = read_ledger(policy)
        collected = collected_already(read.notes, ledger.records)
        if not dry_run:
            _clear(root, collected)
        notes = tuple(note for note in read.notes if note not in collected)
        made = plan(assemble(read.draft), ledger.records, ledger.last, notes, request)
        if not dry_run:
            writing.append(folder, made.release.file, to_bytes(made.release))
            _clear(root, made.notes)
    return made


def _clear(root: Path, notes: tuple[NoteFile, ...]) -> None:
    for note in notes:
        (root / note.file).unlink(missing_ok=True)


def withdraw(policy: Path, version: str, reason: str, now: datetime) -> Withdrawal:
    """Cancel a scheduled release, with a reason that is published."""
    from policypress.core.ledger import to_bytes
    from policypress.core.releasing import plan_withdrawal
    from policypress.read.ledger import FOLDER, read_ledger
    from policypress.write import ledger as writing

    folder = policy / FOLDER
    with writing.locked(folder):
        _recover(folder)
        ledger = read_ledger(policy)
        made = plan_withdrawal(policy.name, ledger.records, ledger.last, version, reason, now)
        writing.append(folder, made.file, to_bytes(made))
    return made


def _recover(folder: Path) -> None:
    """Finish what a run killed after its commit point left undone; refuse a ledger that was tampered with."""
    from policypress.core.verifying import repairable, verify
    from policypress.read.ledger import FOLDER, LedgerError, ledger_files
    from policypress.write import ledger as writing

    writing.sweep(folder)
    files = ledger_files(folder)
    if repairable(files):
        writing.write_sums(folder)
    elif faults := verify(files).faults:
        raise LedgerError(
            f"{folder.parent.name}/{FOLDER}/{faults[0]}",
            "Nothing is added to such a ledger; see `policypress verify`.",
        )


def timeline(policy: Path) -> Timeline:
    """A policy's releases as they bind."""
    from policypress.read.ledger import read_ledger

    return read_ledger(policy).timeline


def verify(policy: Path, copy: Path | None = None) -> Verdict:
    """Verify a policy's ledger, also against an older or published copy."""
    from policypress.core import verifying
    from policypress.read.ledger import FOLDER, ledger_files

    files = ledger_files(policy / FOLDER)
    verdict = verifying.verify(files)
    if copy is None:
        return verdict
    theirs = ledger_files(copy) if copy.is_dir() else {_name_of(copy): copy.read_bytes()}
    if not verifying.says_anything(theirs):
        raise WorkspaceError(f"{copy} is no copy of a ledger", "Give its `releases/` folder or SHA256SUMS.")
    return replace(verdict, faults=(*verdict.faults, *verifying.against(files, theirs)))


def _name_of(copy: Path) -> str:
    """Under which name a single file of a copy is meant: a record's own, else it is the list."""
    from policypress.core.ledger import SUMS

    return copy.name if copy.suffix == ".json" else SUMS


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
