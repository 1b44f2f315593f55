"""A sending from the order to the report: planned, looked at, approved, then sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from policypress.app.announcing import Announcing
from policypress.app.channels import check_recipients, open_channel, retries_of
from policypress.app.sending import Job, Pace, Report, send
from policypress.app.serving import not_served
from policypress.app.workspaces import zone_of
from policypress.core import mailing
from policypress.core.announcing import UnchangedError
from policypress.core.errors import WorkspaceError
from policypress.core.layout import SOURCE
from policypress.core.mailing import Group, Listed, NotSentError, Ordered, Plan, Said, channel_recipient
from policypress.core.notices import Answer, Known, Message, NoticeError, Recipient, State
from policypress.read.recipients import RecipientFile, recipients
from policypress.read.workspace import NOTIFY

if TYPE_CHECKING:
    from policypress.core.announcing import Notice
    from policypress.core.channels import Named, NotifySource
    from policypress.core.ledger import Release
    from policypress.render.notices import Rendered
    from policypress.write.outbox import Outbox

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Ways:
    """Through which channels: those of a workspace, or some of them; mail needs a recipient file."""

    settings: NotifySource
    channels: Mapping[str, Named]
    file: Path | None

    @cached_property
    def checked(self) -> RecipientFile | None:
        """The recipient file, read to its end and found good."""
        return check_recipients(self.file) if self.file else None

    @property
    def mail(self) -> str:
        """The channel by which recipients are told one by one; empty without one."""
        return next((name for name, channel in self.channels.items() if channel.type == "smtp"), "")


def ways(settings: NotifySource, names: Sequence[str], file: Path | None) -> Ways:
    """The channels of these names, or all; refused where it is not clear who is told through what."""
    if unknown := [name for name in names if name not in settings.channels]:
        known = ", ".join(settings.channels) or "none"
        raise WorkspaceError(f"there is no channel `{unknown[0]}`", f"There is: {known}.")
    chosen = {name: settings.channels[name] for name in names or settings.channels}
    mail = [name for name, channel in chosen.items() if channel.type == "smtp"]
    if not chosen:
        raise WorkspaceError("there is no channel to send through", f"Add one to {SOURCE}/{NOTIFY}.")
    if len(mail) > 1:
        raise WorkspaceError(f"everybody would be told by {' and '.join(mail)}", "Choose one by --channel.")
    if mail and file is None:
        raise WorkspaceError(f"nobody knows whom `{mail[0]}` writes to", "Give --recipients FILE.")
    if file and not mail:
        raise WorkspaceError("a recipient file needs a mail channel", "Choose one by --channel.")
    return Ways(settings, chosen, file)


@dataclass
class Mailing:
    """One sending. What is told to each accepted version is made once."""

    announcing: Announcing
    order: Ordered
    ways: Ways
    site: str
    _made: dict[str, Mapping[str, Said] | str | None] = field(default_factory=dict)

    @cached_property
    def release(self) -> Release:
        """What is told of."""
        return self.announcing.versions.ledger.release(self.order.event.version)

    @cached_property
    def record(self) -> str:
        """The digest of its record."""
        return next(
            one.sha256 for one in self.announcing.heads.heads if one.version == self.order.event.version
        )

    @cached_property
    def known(self) -> Known:
        """The versions and languages in which there is something to say."""
        versions = frozenset(head.version for head in self.announcing.heads.heads)
        return Known(versions, frozenset(self.release.document.tags))

    # --- What is said

    def said(self, recipient: Recipient) -> Said | str | None:
        """What somebody is told; a text says why they are held, None that they know it already."""
        if why := self.known.why_held(recipient):
            return why
        accepted = recipient.accepted_version
        if accepted not in self._made:
            self._made[accepted] = self._since(accepted)
        found = self._made[accepted]
        return found[recipient.language] if isinstance(found, Mapping) else found

    def _since(self, accepted: str) -> Mapping[str, Said] | str | None:
        try:
            notice = self.announcing.told(accepted, self.order.event.version)
        except UnchangedError as error:
            return error.hint.removesuffix(".")
        if notice is None:
            return None
        return {tag: _mail(notice, tag, one) for tag, one in self._forms(notice).items()}

    def _forms(self, notice: Notice) -> Mapping[str, Rendered]:
        from policypress.app.announcing import forms

        return forms(self.announcing.root, notice)

    @cached_property
    def to_channels(self) -> Mapping[str, Said]:
        """What channels are told that do not write to people: of the text that the release amends."""
        others = {name: one for name, one in self.ways.channels.items() if one.type != "smtp"}
        if not others:
            return {}
        notice = self.announcing.notice(None, self.order.event.version)
        forms = self._forms(notice)
        return {name: self._to_channel(one, name, notice, forms) for name, one in others.items()}

    def _to_channel(self, channel: Named, name: str, notice: Notice, forms: Mapping[str, Rendered]) -> Said:
        from policypress.render.mailing import for_program

        old = notice.comparison.old.name
        if channel.type == "webhook":
            return Said(old, "", "", "", for_program(notice, forms))
        tag = (channel.type == "service" and channel.language) or self.release.document.source_language
        if tag not in forms:
            raise NoticeError(f"there is no text in `{tag}` for the channel `{name}`", "See its `language`.")
        return Said(old, tag, forms[tag].sender, forms[tag].subject, forms[tag].short)

    # --- The plan

    def rows(self) -> Iterator[Recipient]:
        """Everybody in the recipient file, which must still be the one that was checked."""
        if self.ways.file and self.ways.checked:
            yield from recipients(self.ways.file, self.ways.checked.sha256)

    def plan(self, outbox: Outbox | None) -> Plan:
        """What would be sent, and what stands in the way."""
        told: Counter[Said] = Counter()
        held: Counter[str] = Counter()
        current = 0
        for recipient in self.rows():
            match self.said(recipient):
                case Said() as said:
                    told[said] += 1
                case None:
                    current += 1
                case why:
                    held[why] += 1
        groups = [Group(self.ways.mail, said, count) for said, count in told.items()]
        groups.sort(key=lambda group: (group.said.old, group.said.language))
        groups += [Group(name, said, 1) for name, said in self.to_channels.items()]
        return Plan(
            self.order,
            tuple(groups),
            dict(sorted(held.items())),
            current,
            self._approval(groups),
            self._obstacles(outbox),
        )

    def listed(self) -> Listed:
        """The ids behind the numbers of a plan."""
        found = Listed()
        for recipient in self.rows():
            said = self.said(recipient)
            if isinstance(said, Said):
                found.told.setdefault(said, []).append(recipient.id)
            elif said is None:
                found.current.append(recipient.id)
            else:
                found.held.setdefault(said, []).append(recipient.id)
        return found

    def _approval(self, groups: Iterable[Group]) -> mailing.Approval:
        said: dict[str, list[Said]] = {}
        for group in groups:
            said.setdefault(group.channel, []).append(group.said)
        settings = {name: one.model_dump(mode="json") for name, one in self.ways.channels.items()}
        digest = self.ways.checked.sha256 if self.ways.checked else ""
        return mailing.approval(self.order, self.record, digest, said, settings)

    def _obstacles(self, outbox: Outbox | None) -> tuple[mailing.Obstacle, ...]:
        event = self.order.event
        entry = self.announcing.versions.ledger.timeline.get(event.version)
        about = mailing.obstacles(
            self.order,
            self.release,
            self.ways.settings.minimum_severity,
            self.announcing.now.astimezone(zone_of(self.announcing.root, self.announcing.policy)),
            is_first=not (outbox and outbox.is_begun(event.policy, event.version)),
        )
        served = not_served(self.site, self.release, self.record, withdrawn=bool(entry and entry.withdrawn))
        return (*about, *served)

    # --- Sending

    def send(
        self, plan: Plan, outbox: Outbox, environ: Mapping[str, str], pace: Pace, progress: Progress
    ) -> Report:
        """Tell everybody, channel by channel. Raises NotSentError where something stands in the way."""
        if plan.obstacles:
            raise NotSentError(
                "; ".join(one.message for one in plan.obstacles),
                " ".join(dict.fromkeys(one.hint for one in plan.obstacles)),
            )
        # All are opened before the first is used: a secret that is missing is found before anybody is told.
        channels = {name: open_channel(one, environ) for name, one in self.ways.channels.items()}
        if self.order.reason:
            outbox.keep_reason(self.order.event, self.order.reason)
        reports: list[Report] = []
        for name, channel in channels.items():
            before = sum(report.settled for report in reports)

            def count(done: int, before: int = before) -> None:
                progress(before + done)

            job = Job(
                self.order.event,
                partial(self._message, name),
                outbox,
                channel,
                retries_of(self.ways.channels[name]),
                pace,
                count,
            )
            reports.append(send(job, _Walk(self, name)))
        return _together(reports)

    def _message(self, channel: str, recipient: Recipient) -> Message | Answer:
        said = self.to_channels.get(channel) or self.said(recipient)
        if not isinstance(said, Said):
            return Answer(State.HELD, said or "knows it already")
        language = said.language or self.release.document.source_language
        return Message(recipient, self.order.event, language, said.sender, said.subject, said.text, said.html)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Whom a channel tells, as often as there are rounds; who knows the version already is passed over."""

    mailing: Mailing
    channel: str

    def __iter__(self) -> Iterator[Recipient]:
        if self.channel in self.mailing.to_channels:
            yield channel_recipient(self.channel)
        else:
            yield from (one for one in self.mailing.rows() if self.mailing.said(one) is not None)


def _mail(notice: Notice, tag: str, said: Rendered) -> Said:
    return Said(notice.comparison.old.name, tag, said.sender, said.subject, said.text, said.html)


def _together(reports: Sequence[Report]) -> Report:
    """What all channels did; where every notice stands is in the last one."""
    done: Counter[State] = Counter()
    for report in reports:
        done.update(report.done)
    due = [report.next_try for report in reports if report.next_try is not None]
    stopped = "; ".join(report.stopped for report in reports if report.stopped)
    return Report(dict(done), reports[-1].standing, stopped, min(due, default=None))
