"""What changed since each version: an object for each of the newer ones, fifty older ones in one object.

Every answer changes with every release, and writing a file costs more than making it; so old versions,
which few readers have, share files, and a release changes about as many of them however long the ledger is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from policypress.core.heads import Head
from policypress.core.instants import rfc3339
from policypress.core.since import Answer, OpenScope, Paths, action
from policypress.core.site import link
from policypress.render.api import files
from policypress.render.api.lists import as_of, withdrawn
from policypress.render.api.text import text
from policypress.render.edition import Archive

if TYPE_CHECKING:
    from policypress.core.api.answers import NoticeRef, Summary
    from policypress.core.api.answers import OpenScope as Open

CHAPTER = 50
SUMMARIES = 10


def chapters(archive: Archive) -> tuple[tuple[Head, ...], ...]:
    """The old versions, in fifties: all but the newest, which have files of their own."""
    newest = max(0, len(archive.heads) // CHAPTER - 1)
    return tuple(archive.heads[number * CHAPTER : (number + 1) * CHAPTER] for number in range(newest))


def since(archive: Archive) -> dict[str, bytes]:
    """All answers, by the path of their file."""
    return dict(_Writer(archive).files())


def pointers(number: int, heads: tuple[Head, ...]) -> dict[str, bytes]:
    """Where the answers about the versions of a chapter are: this never changes."""
    found: dict[str, bytes] = {}
    for head in heads:
        for tag in head.tags:
            path = files.since(head.policy, head.version, tag)
            see = link(path, files.earlier(head.policy, number, tag))
            found[path] = files.to_bytes({**_about(head, tag), "see": see})
    return found


class _Writer:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.paths = Paths(archive.heads, archive.timeline, archive.as_of)
        self.entries = {entry.version: entry for entry in archive.timeline.entries}
        self.tags = tuple(dict.fromkeys(tag for head in archive.heads for tag in head.tags))
        self.digests: dict[tuple[str, str], str] = {}
        self.summaries: dict[tuple[str, str], Summary] = {}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """As the history, in chapters; the versions of the newest have files of their own."""
        old = chapters(self.archive)
        for number, heads in enumerate(old):
            yield from self.chapter(number, heads)
        for head in self.archive.heads[len(old) * CHAPTER :]:
            for tag, answer in self.answers(head):
                yield files.since(head.policy, head.version, tag), files.encode(f"{answer}\n")

    def chapter(self, number: int, heads: tuple[Head, ...]) -> Iterator[tuple[str, bytes]]:
        """Some old versions: their answers in one file for each language."""
        policy = self.archive.policy
        answers: dict[str, list[str]] = {}
        for head in heads:
            for tag, answer in self.answers(head):
                answers.setdefault(tag, []).append(f'"{head.version}":{answer}')
        for tag, found in answers.items():
            start = {"format": 1, "policy": policy, "language": tag, "sequence": self.archive.sequence}
            lines = ",\n".join(found)
            whole = f'{files.to_text(start)[:-1]},"answers":{{\n{lines}\n}}}}\n'
            yield files.earlier(policy, number, tag), files.encode(whole)

    def answers(self, head: Head) -> Iterator[tuple[str, str]]:
        """The answer about a version in each of its languages."""
        found = self.paths.since(head.version)
        for tag in head.tags:
            made: dict[str, Any] = {
                **_about(head, tag),
                "sequence": self.archive.sequence,
                "as_of": self.as_of,
                "withdrawn": withdrawn(self.entries[head.version], self.archive),
                "now": self.answer(found.now, head, tag) if found.now else None,
                "upcoming": [self.answer(answer, head, tag) for answer in found.upcoming],
            }
            yield tag, files.to_text({name: part for name, part in made.items() if part})

    @cached_property
    def as_of(self) -> str:
        at = as_of(self.archive)
        return rfc3339(at) if at else ""

    def answer(self, answer: Answer, accepted: Head, tag: str) -> dict[str, object]:
        target = answer.target
        path = files.since(accepted.policy, accepted.version, tag)
        language = _language(target, tag)
        made: dict[str, object] = {
            "verdict": answer.verdict,
            "notice_ref": self.notice_ref(target, path, language),
        }
        if answer.verdict == "changed":
            made |= {"severity": answer.severity, "action": answer.action, "releases": len(answer.releases)}
            made |= _filled(
                net=_filled(added=answer.net.added, removed=answer.net.removed, changed=answer.net.changed),
                scopes=[_scope(scope, tag) for scope in answer.scopes],
                summaries=[self.summary(head, tag) for head in answer.releases[: -SUMMARIES - 1 : -1]],
            )
        page = link(path, f"{language}/{target.policy}/{target.version}/index.html")
        return {**made, "links": {"page": page}}

    def notice_ref(self, target: Head, path: str, tag: str) -> NoticeRef:
        made: NoticeRef = {
            "policy": target.policy,
            "version": target.version,
            "language": tag,
            "sha256": self.sha256(target, tag),
            "url": link(path, files.text(target.policy, target.version, tag)),
        }
        if target.effective:
            made["effective"] = rfc3339(target.effective)
        elif target.known_since:
            made["known_since"] = rfc3339(target.known_since)
        return made

    def sha256(self, target: Head, tag: str) -> str:
        """The digest of a version's text in one language, as it is published."""
        key = target.version, tag
        if key not in self.digests:
            made = text(target, self.archive.load(target.version), tag)
            self.digests[key] = hashlib.sha256(made).hexdigest()
        return self.digests[key]

    def summary(self, head: Head, tag: str) -> Summary:
        """What people said of a release: the same wherever it lies on the way."""
        key = head.version, tag
        if key not in self.summaries:
            made: dict[str, object] = {
                "version": head.version,
                "severity": head.severity,
                "action": action(head),
            }
            said = _filled(summary=head.summaries(tag), changes=_changes(head, tag))
            self.summaries[key] = cast("Summary", {**made, **said})
        return self.summaries[key]


def _about(head: Head, tag: str) -> dict[str, object]:
    return {"format": 1, "policy": head.policy, "version": head.version, "language": tag}


def _changes(head: Head, tag: str) -> str:
    """What it changed, from the folder of all answers; nothing of one that amends no other."""
    path = files.since(head.policy, head.version, tag)
    return link(path, files.changes(head.policy, head.version)) if head.based_on else ""


def _language(target: Head, tag: str) -> str:
    """The language that was accepted; another one if the text has it no more."""
    return tag if tag in target.tags else target.tags[0]


def _filled(**parts: object) -> dict[str, object]:
    return {name: part for name, part in parts.items() if part}


def _scope(scope: OpenScope, tag: str) -> Open:
    made: Open = {
        "id": scope.id,
        "version": scope.version,
        "clauses": list(scope.clauses),
        "separate": scope.separate,
    }
    if tag in scope.declining:
        made["declining"] = scope.declining[tag]
    return made
