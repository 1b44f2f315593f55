"""What changed since each version: an object for each of the newer ones, fifty older ones in one object.

Every answer changes with every release, and writing a file costs more than making it; so old versions,
which few readers have, share files, and a release changes about as many of them however long the ledger is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, cast

from policypress.core.heads import Head
from policypress.core.instants import rfc3339
from policypress.core.since import Answer, OpenScope, Paths, action
from policypress.core.site import link
from policypress.render.api import files
from policypress.render.api.lists import as_of, withdrawn
from policypress.render.api.text import text
from policypress.render.edition import Archive

if TYPE_CHECKING:
    from policypress.core.api.answers import Net, NoticeRef
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
        self.ends = cache(self._ends)
        self.summary = cache(self._summary)

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
        answers = [*([found.now] if found.now else []), *found.upcoming]
        nets = [files.to_text(_net(answer)) for answer in answers]
        for tag in head.tags:
            told = [self.answer(answer, net, tag) for answer, net in zip(answers, nets, strict=True)]
            now, upcoming = (told[:1], told[1:]) if found.now else ([], told)
            parts = {
                **_encoded(**_about(head, tag)),
                **self.stretch,
                **_encoded(withdrawn=withdrawn(self.entries[head.version], self.archive)),
                **({"now": now[0]} if now else {}),
                **({"upcoming": _list(upcoming)} if upcoming else {}),
            }
            yield tag, _object(parts)

    @cached_property
    def stretch(self) -> dict[str, str]:
        at = as_of(self.archive)
        return _encoded(sequence=self.archive.sequence, as_of=rfc3339(at) if at else "")

    def answer(self, answer: Answer, net: str, tag: str) -> str:
        """An answer in one language. Most of it was written before, for another version."""
        target = answer.target
        ends = self.ends(target.version, tag)
        if answer.verdict != "changed":
            return _object({"verdict": files.to_text(answer.verdict), **ends})
        count = len(answer.releases)
        parts = {
            "verdict": files.to_text(answer.verdict),
            "notice_ref": ends["notice_ref"],
            **_encoded(severity=answer.severity, action=answer.action),
            "releases": str(count),
            **({} if net == "{}" else {"net": net}),
            **_encoded(scopes=[_scope(scope, tag) for scope in answer.scopes]),
        }
        if count:
            newest = answer.releases[: -SUMMARIES - 1 : -1]
            parts["summaries"] = _list(self.summary(head.version, tag) for head in newest)
        return _object({**parts, "links": ends["links"]})

    def _ends(self, version: str, tag: str) -> dict[str, str]:
        """What every answer with this target begins and ends with."""
        target = self.archive.head(version)
        language = _language(target, tag)
        path = files.since(target.policy, version, tag)
        page = link(path, f"{language}/{target.policy}/{version}/index.html")
        return _encoded(notice_ref=self.notice_ref(target, path, language), links={"page": page})

    def notice_ref(self, target: Head, path: str, tag: str) -> NoticeRef:
        published = text(target, self.archive.load(target.version), tag)
        made: NoticeRef = {
            "policy": target.policy,
            "version": target.version,
            "language": tag,
            "sha256": hashlib.sha256(published).hexdigest(),
            "url": link(path, files.text(target.policy, target.version, tag)),
        }
        if target.effective:
            made["effective"] = rfc3339(target.effective)
        elif target.known_since:
            made["known_since"] = rfc3339(target.known_since)
        return made

    def _summary(self, version: str, tag: str) -> str:
        """What people said of a release: the same wherever it lies on the way."""
        head = self.archive.head(version)
        about = _encoded(version=version, severity=head.severity, action=action(head))
        return _object({**about, **_encoded(summary=head.summaries(tag), changes=_changes(head, tag))})


def _net(answer: Answer) -> Net:
    parts = {"added": answer.net.added, "removed": answer.net.removed, "changed": answer.net.changed}
    return cast("Net", {name: part for name, part in parts.items() if part})


def _object(parts: Mapping[str, str]) -> str:
    """An object of parts that are JSON already."""
    return "{" + ",".join(f'"{name}":{part}' for name, part in parts.items()) + "}"


def _list(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _encoded(**parts: object) -> dict[str, str]:
    """Each part as JSON; what is empty is left out."""
    return {name: files.to_text(part) for name, part in parts.items() if part}


def _about(head: Head, tag: str) -> dict[str, object]:
    return {"format": 1, "policy": head.policy, "version": head.version, "language": tag}


def _changes(head: Head, tag: str) -> str:
    """What it changed, from the folder of all answers; nothing of one that amends no other."""
    path = files.since(head.policy, head.version, tag)
    return link(path, files.changes(head.policy, head.version)) if head.based_on else ""


def _language(target: Head, tag: str) -> str:
    """The language that was accepted; another one if the text has it no more."""
    return tag if tag in target.tags else target.tags[0]


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
