"""The versions of a policy as refs name them: releases, the draft, revisions of git."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.app.workspaces import zone_of
from policypress.core import refs
from policypress.core.diagnostics import has_errors
from policypress.core.errors import SourceError
from policypress.core.layout import SOURCE
from policypress.core.refs import RefError, Resolved
from policypress.read.ledger import FOLDER, Ledger, read_ledger
from policypress.read.workspace import ReadPolicy, read_policy

if TYPE_CHECKING:
    from policypress.core.model import Document
    from policypress.core.timeline import Entry


class Versions:
    """One policy's versions; what several refs need is read once. `now` says what is in force."""

    def __init__(self, root: Path, policy: Path, now: datetime) -> None:
        self.root, self.policy, self.now = root, policy, now

    @cached_property
    def ledger(self) -> Ledger:
        """What was released."""
        return read_ledger(self.policy)

    @cached_property
    def draft(self) -> ReadPolicy:
        """The draft as it was read; SourceError where it has errors."""
        read = read_policy(self.root, self.policy)
        if read.draft is None or has_errors(read.diagnostics):
            raise SourceError(read.diagnostics)
        return read

    def find(self, text: str) -> Resolved:
        """What a ref names. Raises RefError, GitError or SourceError."""
        match refs.parse(text):
            case refs.Revision(name):
                return self._revision(name)
            case refs.Word.DRAFT:
                return self._draft()
            case ref:
                zone = zone_of(self.root, self.policy) if isinstance(ref, refs.Moment) else UTC
                entry = refs.find(ref, self.ledger.timeline, zone, self.now)
                return self._release(entry) if entry else self._draft()

    def amended(self) -> Resolved:
        """The release that the draft amends."""
        entry = refs.amended(self.ledger.timeline)
        if entry is None:
            raise RefError(
                f"{self.policy.name} was never released: there is nothing to compare the draft with",
                "Name two versions: `policypress diff git:HEAD draft`.",
            )
        return self._release(entry)

    def _release(self, entry: Entry) -> Resolved:
        from policypress.core.ledger import sha256

        release = self.ledger.release(entry.version)
        digest = sha256((self.policy / FOLDER / release.file).read_bytes())
        return Resolved(entry.version, "release", release.document, release, digest)

    def _draft(self) -> Resolved:
        from policypress.core.assemble import assemble

        draft = self.draft.draft
        if draft is None:
            raise SourceError(self.draft.diagnostics)
        return _of(self.draft, "draft", assemble(draft))

    def _revision(self, name: str) -> Resolved:
        from policypress.core.assemble import assemble
        from policypress.read import git

        with git.opened(self.root, name, SOURCE) as tree:
            place = self.policy.relative_to(self.root).as_posix()
            if not tree.names(place):
                known = ", ".join(found.rpartition("/")[2] for found in tree.names(SOURCE)) or "none"
                raise RefError(
                    f"there is no policy `{self.policy.name}` at git:{name}", f"There is: {known}."
                )
            read = read_policy(self.root, self.policy, files=tree)
        if read.draft is None or not read.draft.complete:
            first = next((str(found) for found in read.diagnostics if found.level == "error"), "")
            raise RefError(f"the source at git:{name} cannot be read", first)
        return _of(read, f"git:{name}", assemble(read.draft), tree.commit)


def _of(read: ReadPolicy, name: str, document: Document, commit: str = "") -> Resolved:
    """A draft with what lies beside it."""
    return Resolved(
        name,
        "git" if commit else "draft",
        document,
        commit=commit,
        notes=read.notes,
        suppressions=read.suppressions,
        spots=read.spots,
    )
