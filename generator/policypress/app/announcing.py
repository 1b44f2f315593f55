"""Notices: what is told of a release, or of any two versions, in every language and form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.app.comparing import compare, notes_between
from policypress.app.versions import Versions
from policypress.core.errors import WorkspaceError
from policypress.core.layout import CONFIG
from policypress.core.notices import Kind, NoticeError

if TYPE_CHECKING:
    from policypress.core.announcing import Notice
    from policypress.core.refs import Resolved
    from policypress.core.since import Answer
    from policypress.read.heads import Heads
    from policypress.render.notices import Rendered


def site_url(root: Path, given: str | None = None) -> str:
    """The address of the published site, with a slash at its end: as given, else as mkdocs.yml says."""
    from policypress.core.channels import is_web_address
    from policypress.read.settings import site_url as configured

    url = given or configured(root / CONFIG)
    if not url:
        raise WorkspaceError(
            "nobody knows where the site is published, so a notice could not lead there",
            f"Set site_url in {CONFIG}, or give --site-url https://example.com/legal/.",
        )
    if not is_web_address(url):
        raise WorkspaceError(f"{url} is no address of a site", "Write https://example.com/legal/.")
    return url.rstrip("/") + "/"


class Announcing:
    """The notices of one policy. `site` is the published site's address, `now` says what is in force."""

    def __init__(self, root: Path, policy: Path, kind: Kind, site: str, now: datetime) -> None:
        self.root, self.policy, self.kind, self.site, self.now = root, policy, kind, site, now
        self.versions = Versions(root, policy, now)

    @cached_property
    def heads(self) -> Heads:
        """What was released, without the texts."""
        from policypress.read.heads import read_heads

        return read_heads(self.policy)

    def notice(self, old: str | None, new: str) -> Notice:
        """What is told of NEW to those who know OLD: by default the text that it amends."""
        from policypress.core.announcing import notice

        after = self.versions.find(new)
        before = self.versions.find(old) if old else self._amended(after)
        self._refuse(after)
        answer = self._way(before, after)
        found = compare(self.root, self.policy, before.name, after.name, self.now)
        notes = [] if answer else [one.note for one in notes_between(self.versions, before, after)]
        return notice(self.kind, found, self.site, answer, notes, self._withdrawn(after.name))

    def released(self, ref: str) -> str:
        """The version of the release that a ref names, of which this kind of notice is true now."""
        if ref == "latest" and self.kind is Kind.WITHDRAWAL and self.heads.withdrawals:
            ref = self.heads.withdrawals[-1].version
        found = self.versions.find(ref)
        if found.release is None:
            raise NoticeError(f"`{ref}` is no release: only what was released is sent", "Release it first.")
        self._refuse(found)
        return found.name

    def told(self, accepted: str, new: str) -> Notice | None:
        """What somebody who accepted a version is told of NEW; None where there is nothing to tell them.

        Who has accepted what is withdrawn or corrected is told what it amended.
        """
        after, before = self.versions.ledger.release(new), self.versions.ledger.release(accepted)
        if self.kind is Kind.WITHDRAWAL:
            return self.notice(accepted if before.sequence < after.sequence else None, new)
        verdict = self._answer(accepted, new).verdict
        if verdict == "changed":
            return self.notice(accepted, new)
        return self.notice(None, new) if verdict == "same" and self.kind is Kind.CORRECTION else None

    def _amended(self, after: Resolved) -> Resolved:
        if after.release is None:
            return self.versions.amended()
        if after.release.based_on is None:
            raise NoticeError(
                f"{after.name} is the first release: there is nothing that it changed",
                "Name two versions, such as `policypress notify 1.0.0 1.1.0`.",
            )
        return self.versions.find(after.release.based_on)

    def _refuse(self, after: Resolved) -> None:
        from policypress.core.announcing import refuse_kind

        if after.release and (entry := self.versions.ledger.timeline.get(after.name)):
            refuse_kind(self.kind, entry, self.now)

    def _answer(self, accepted: str, new: str) -> Answer:
        from policypress.core.announcing import way

        return way(self.heads.heads, self.versions.ledger.timeline, accepted, new)

    def _way(self, before: Resolved, after: Resolved) -> Answer | None:
        if not (before.release and after.release) or self.kind is Kind.WITHDRAWAL:
            return None
        found = self._answer(before.name, after.name)
        return found if found.verdict == "changed" else None

    def _withdrawn(self, version: str) -> str:
        return next((one.reason for one in self.heads.withdrawals if one.version == version), "")


def forms(root: Path, notice: Notice) -> Mapping[str, Rendered]:
    """A notice in every language, by its tag."""
    from policypress.render.notices import rendered

    return {tag: rendered(notice, tag, root) for tag in notice.tags}


def email_of(notice: Notice, said: Rendered, sender: str, at: datetime) -> bytes:
    """The e-mail as a channel would send it, to nobody."""
    from policypress.core.notices import Message, Recipient
    from policypress.write.letters import letter

    nobody = Recipient("recipient", "recipient@example.invalid", said.language)
    message = Message(nobody, notice.event, said.language, said.sender, said.subject, said.text, said.html)
    return letter(message, sender, at)
