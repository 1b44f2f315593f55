"""What is said to people about a change: one value, from which every form of a notice is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policypress.core.comparison import Comparison
from policypress.core.heads import Head
from policypress.core.notes import TODO, NoteSource
from policypress.core.notices import Event, Kind, NoticeError
from policypress.core.since import ACTIONS, Answer, OpenScope, Paths
from policypress.core.timeline import Entry, Timeline

_NEED_CHOICES = ("acknowledge", "consent")


class UnchangedError(NoticeError):
    """Two texts say the same: there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What changed from one version to another, and all that a reader is told about it.

    `notes` are the publisher's words, oldest first; `scopes` what consent is asked for; `site` is the address
    of the published site, with a slash at its end; `withdrawn` is why the new version will not take effect.
    """

    kind: Kind
    comparison: Comparison
    severity: str
    action: str
    notes: tuple[NoteSource, ...]
    scopes: tuple[OpenScope, ...]
    site: str
    withdrawn: str = ""

    @property
    def event(self) -> Event:
        """The reason to write."""
        return Event(self.comparison.policy, self.comparison.new.name, self.kind)

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages in which it can be said."""
        return self.comparison.new.document.tags


def notice(  # noqa: PLR0913, PLR0917
    kind: Kind,
    comparison: Comparison,
    site: str,
    answer: Answer | None = None,
    notes: Sequence[NoteSource] = (),
    withdrawn: str = "",
) -> Notice:
    """A notice; between two releases `answer` says what lies on the way, else `notes` what was written.

    Raises NoticeError where something that a reader needs is not there.
    """
    if answer is None:
        action = max((note.action for note in notes), key=ACTIONS.index, default=ACTIONS[0])
        made = Notice(kind, comparison, comparison.severity, action, tuple(notes), (), site, withdrawn)
    else:
        said = tuple(_note(data) for head in answer.releases for data in head.notes)
        made = Notice(kind, comparison, answer.severity, answer.action, said, answer.scopes, site, withdrawn)
    if not comparison.entries:
        why = f"nothing changed from {comparison.old.name} to {comparison.new.name}"
        raise UnchangedError(f"{made.event} cannot be told", f"{why}.")
    if faults := tuple(_faults(made)):
        raise NoticeError(f"{made.event} cannot be told", f"{'; '.join(faults)}.")
    return made


def _note(data: Mapping[str, object]) -> NoteSource:
    return NoteSource.model_validate({"format": "1", **data})


def _faults(made: Notice) -> Iterator[str]:
    for tag in made.tags:
        for note in made.notes:
            if _is_empty(note.summary.get(tag, "")):
                yield f"a note has no summary in {tag}"
            if note.action in _NEED_CHOICES and _is_empty((note.choices or {}).get(tag, "")):
                yield f"a note asks to {note.action} and has no choices in {tag}"
        for scope in made.scopes:
            if _is_empty(scope.declining.get(tag, "")):
                yield f"it is not said in {tag} what declining `{scope.id}` means"


def _is_empty(text: str) -> bool:
    return not text.strip() or text.lstrip().startswith(TODO)


def way(heads: Sequence[Head], timeline: Timeline, accepted: str, version: str) -> Answer:
    """What lies between an accepted version and another one that binds. Raises NoticeError."""
    entry = timeline.get(version)
    assert entry is not None
    found = Paths(heads, timeline, entry.applies_from).since(accepted).now if not entry.withdrawn else None
    if found is None or found.target.version != version:
        raise NoticeError(
            f"{version} never takes effect: it was withdrawn, or another release takes its place",
            "Tell of the release that does, or use --kind withdrawal.",
        )
    return found


def refuse_kind(kind: Kind, entry: Entry, now: datetime) -> None:
    """Raise NoticeError where a kind of notice would not be true now."""
    if (kind is Kind.WITHDRAWAL) != (entry.withdrawn is not None):
        fact = "was withdrawn" if entry.withdrawn else "was not withdrawn"
        raise NoticeError(f"{entry.version} {fact}: {kind} would not be true", "Choose another --kind.")
    if kind is Kind.EFFECTIVE and now < entry.applies_from:
        raise NoticeError(
            f"{entry.version} is not in force before {entry.applies_from.isoformat()}",
            "Wait until then, or send a reminder.",
        )
    if kind is Kind.REMINDER and now >= entry.applies_from:
        raise NoticeError(f"{entry.version} is in force already", "Use --kind effective.")
