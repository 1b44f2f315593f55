"""Ids, kinds, file names and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policypress.core import numbering
from policypress.core.checks.characters import forbidden
from policypress.core.diagnostics import Finding, Place
from policypress.core.kinds import CHILDREN
from policypress.core.source import Draft, Located, located

_FILE_NAME = re.compile(r"(?P<number>[0-9]{2,})-(?P<id>.+)\.yaml")


def check(draft: Draft) -> Iterator[Finding]:
    """Findings about the tree and its parts."""
    clauses = list(located(draft))
    yield from _folder(draft)
    yield from _file_names(draft)
    yield from _duplicate_ids(clauses)
    yield from _replaced(clauses)
    yield from _templates(draft)
    for at in clauses:
        yield from _clause(at)


def _folder(draft: Draft) -> Iterator[Finding]:
    folder = draft.file.split("/")[-2:-1]
    if folder and folder[0] != draft.policy.id:
        message = f"the folder is `{folder[0]}`, the id is `{draft.policy.id}`"
        yield Finding("I304", Place(draft.file, ("id",)), message)


def _file_names(draft: Draft) -> Iterator[Finding]:
    numbers: dict[str, str] = {}
    for file in draft.clauses:
        name = file.file.rsplit("/", 1)[-1]
        match = _FILE_NAME.fullmatch(name)
        if match is None or match["id"] != file.clause.id:
            message = f"`{name}` holds the clause `{file.clause.id}`"
            yield Finding("S205", Place(file.file, ("id",)), message)
        if match and (other := numbers.setdefault(match["number"], name)) != name:
            yield Finding("I305", Place(file.file), f"`{other}` has the number {match['number']} too")


def _duplicate_ids(clauses: list[Located]) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for at in clauses:
        other = first.setdefault(at.clause.id, at.place)
        if other is not at.place:
            message = f"`{at.clause.id}` is the id of a clause in {other.file.rsplit('/', 1)[-1]} too"
            yield Finding("I302", at.place / "id", message)


def _replaced(clauses: list[Located]) -> Iterator[Finding]:
    existing = {at.clause.id for at in clauses}
    for at in clauses:
        for index, target in enumerate(at.clause.replaces):
            if target in existing:
                yield Finding("I306", at.place / "replaces" / index, f"`{target}` is still there")


def _templates(draft: Draft) -> Iterator[Finding]:
    for kind, scheme in draft.policy.numbering.items():
        place = Place(draft.file, ("numbering", kind.value))
        for name, value in (("label", scheme.label), ("cite", scheme.cite)):
            if value is None:
                continue
            templates = {None: value} if isinstance(value, str) else dict(value)
            for tag, template in templates.items():
                at = place / name if tag is None else place / name / tag
                for fault in numbering.faults(template):
                    yield Finding("I307", at, fault)
                yield from forbidden(template, at)


def _clause(at: Located) -> Iterator[Finding]:
    clause = at.clause
    if at.kind not in CHILDREN[at.parent]:
        where = f"under a clause of kind {at.parent}" if at.parent else "at the top of a policy"
        yield Finding(
            "I303", at.place / "kind" if clause.kind else at.place, f"{at.kind} cannot stand {where}"
        )
    if clause.number == "reserved" and (clause.text or clause.children or clause.closing):
        yield Finding("I308", at.place / "number", f"`{clause.id}` is reserved but has content")
    if clause.number != "reserved" and not (clause.heading or clause.text or clause.children):
        yield Finding("L406", at.place / "id", f"`{clause.id}` has no heading, text or children")
