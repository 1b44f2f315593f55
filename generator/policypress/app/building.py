"""The site: rendered, built, published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.app.workspaces import CONFIG, SITE, Progress, read_all, silent
from policypress.core.diagnostics import has_errors
from policypress.core.errors import SourceError, WorkspaceError
from policypress.read.workspace import policy_folders

if TYPE_CHECKING:
    from policypress.core.site import Site
    from policypress.render.edition import Archive


def rendered(
    root: Path, *, as_of: datetime | None = None, drafts: bool = False, progress: Progress = silent
) -> Site:
    """The pages and files of a workspace, as of an instant. Refused while the source has errors.

    `drafts` shows the drafts also of policies that have releases.
    """
    from policypress.core.assemble import assemble
    from policypress.render.site import render_site

    read = read_all(root, progress)
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
