"""Change notes beside the release that the draft amends: checked, and drafted for a person to complete."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policypress.core.diagnostics import Finding, has_errors
from policypress.core.errors import PolicypressError, SourceError
from policypress.read.ledger import FOLDER, read_ledger
from policypress.read.workspace import CHANGES, read_policy

if TYPE_CHECKING:
    from policypress.core.ledger import Release
    from policypress.core.notes import NoteFile
    from policypress.core.source import Draft
    from policypress.core.suppressions import Suppressions


def _base(policy: Path, version: str | None = None) -> Release | None:
    """The release of a version; without one, that which the draft amends."""
    from policypress.core.refs import amended

    if not (policy / FOLDER).is_dir():
        return None
    ledger = read_ledger(policy)
    entry = ledger.timeline.get(version) if version else amended(ledger.timeline)
    return ledger.release(entry.version) if entry else None


def note_findings(
    policy: Path, now: datetime, draft: Draft, notes: tuple[NoteFile, ...], suppressions: Suppressions
) -> Iterable[Finding]:
    """What is wrong with the notes of a draft without errors; before the first release, nothing is.

    What is suppressed at an instant needs no note yet.
    """
    from policypress.core.assemble import assemble
    from policypress.core.checks.notes import Notes, places
    from policypress.core.diagnostics import Place
    from policypress.core.diff import diff
    from policypress.core.resolving import weigh

    try:
        base = _base(policy)
    except PolicypressError as error:
        place = Place(f"{policy.parent.name}/{policy.name}/{FOLDER}")
        return [Finding("Y114", place, error.message, error.hint)]
    if base is None:
        return []
    document = assemble(draft)
    changes = diff(base.document, document)
    zone = ZoneInfo(document.time_zone)
    reasons = suppressions.reasons(zone, now)
    return (
        *Notes(document, changes, notes, frozenset(reasons)).check(places(draft)),
        *suppressions.check(weigh(changes, notes), zone, now),
    )


def draft_notes(root: Path, policy: Path, version: str | None = None) -> list[Path]:
    """Write a note to complete for each change of the draft that has none; the files written.

    The changes are those since a version; without one, since the release that the draft amends. Before the
    first release nothing needs a note. Raises SourceError.
    """
    from policypress.core.assemble import assemble
    from policypress.core.diff import diff
    from policypress.core.drafting import draft_notes as drafted
    from policypress.core.resolving import weigh
    from policypress.write.files import write_text

    read = read_policy(root, policy)
    if read.draft is None or has_errors(read.diagnostics):
        raise SourceError(read.diagnostics)
    base = _base(policy, version)
    if base is None:
        return []
    document = assemble(read.draft)
    texts = drafted(weigh(diff(base.document, document), read.notes), document.tags)
    paths = [_free(policy / CHANGES / name) for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        write_text(path, text)
    return paths


def _free(path: Path) -> Path:
    """This path, or one beside it where it is taken: what a person wrote is never overwritten."""
    taken = 1
    found = path
    while found.exists():
        taken += 1
        found = path.with_stem(f"{path.stem}-{taken}")
    return found
