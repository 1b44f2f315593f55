"""Two versions of a policy compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policypress.app.versions import Versions
from policypress.core.errors import PolicypressError

if TYPE_CHECKING:
    from policypress.core.comparison import Comparison
    from policypress.core.life import Life
    from policypress.core.notes import NoteFile
    from policypress.core.refs import Resolved
    from policypress.core.resolving import Weighed
    from policypress.render.comparisons import Style


class LanguageError(PolicypressError):
    """A language that the compared versions do not have."""


def compare(root: Path, policy: Path, old: str | None, new: str | None, now: datetime) -> Comparison:
    """What changed between two refs; without them, from the release that the draft amends to the draft."""
    from policypress.core import comparison

    versions = Versions(root, policy, now)
    before = versions.find(old) if old else versions.amended()
    after = versions.find(new or "draft")
    weighed = _weighed(versions, before, after)
    if after.suppressions.items:
        from policypress.core.resolving import suppress

        zone = ZoneInfo(after.document.time_zone)
        weighed = suppress(weighed, after.suppressions.reasons(zone, now))
    return comparison.compare(before, after, weighed)


def _weighed(versions: Versions, before: Resolved, after: Resolved) -> tuple[Weighed, ...]:
    """What changed, with the notes about it: those are about changes since a release."""
    from policypress.core.diff import diff
    from policypress.core.resolving import amid, weigh

    changes = diff(before.document, after.document)
    if before.release or after.release:
        return weigh(changes, notes_between(versions, before, after))
    if not versions.ledger.timeline.standing:
        return amid(changes, ())  # before the first release nothing needs a note
    pending = diff(versions.amended().document, after.document)
    return amid(changes, weigh(pending, after.notes))


def notes_between(versions: Versions, old: Resolved, new: Resolved) -> Iterator[NoteFile]:
    """What people wrote about the changes: beside the new text, and in the releases since the old one."""
    yield from new.notes
    if old.release is None:
        return
    from policypress.core.ledger import Release
    from policypress.core.notes import notes_of

    last = new.release.sequence if new.release else len(versions.ledger.records)
    for record in versions.ledger.records[old.release.sequence : last]:
        if isinstance(record, Release):
            yield from notes_of(record)


def in_languages(found: Comparison, tags: Sequence[str]) -> Comparison:
    """The comparison in some of its languages; in all where none is named."""
    _refuse_unknown(tags, found.tags)
    return found.only(tuple(dict.fromkeys(tags))) if tags else found


def _refuse_unknown(tags: Sequence[str], known: Sequence[str]) -> None:
    for tag in tags:
        if tag not in known:
            raise LanguageError(f"there is no text in `{tag}`", f"Choose of {', '.join(known)}.")


def in_format(found: Comparison, form: str, style: Style) -> str:
    """The comparison in one of the formats of reports."""
    from policypress.render import comparisons

    return comparisons.in_format(found, form, style)


class ClauseError(PolicypressError):
    """A clause that no release ever had."""


def history(policy: Path, clause: str, tags: Sequence[str]) -> Life:
    """The life of a clause over the ledger."""
    import difflib

    from policypress.core.life import ids_of, life, tags_of
    from policypress.read.ledger import read_ledger

    records = read_ledger(policy).records
    _refuse_unknown(tags, tags_of(records))
    found = life(records, clause, tuple(dict.fromkeys(tags)))
    if found is None:
        near = ", ".join(difflib.get_close_matches(clause, ids_of(records), n=3))
        hint = f"Did you mean {near}?" if near else "Clauses have ids such as `use.security`."
        raise ClauseError(f"no release of {policy.name} says anything of `{clause}`", hint)
    return found
