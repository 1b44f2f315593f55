"""A comparison for programs: the JSON of `policypress diff --format json`, and its published schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from policypress.core.comparison import Comparison, Entry, Passage
from policypress.core.diff import ENGINE
from policypress.core.life import Life, Stage
from policypress.core.refs import Resolved

SeverityWord = Literal["editorial", "minor", "material"]
Fingerprint = Field(pattern="^[0-9a-f]{12}$", description="Stays while the change does: notes name it.")


class _Published(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EditJson(_Published):
    """A run of text. Equal and delete joined are the old text, equal and insert the new one."""

    op: Literal["equal", "delete", "insert"]
    text: str = Field(description="Plain text; a paragraph ends with a line feed.")


class PassageJson(_Published):
    """One redlined part of a change."""

    part: Literal["heading", "text", "links", "facts", "value"]
    edits: tuple[EditJson, ...]


class RuleJson(_Published):
    """Why a change weighs what it does."""

    id: str
    floor: SeverityWord
    why: str


class ChangeJson(_Published):
    """One change about one clause, or about a field of the policy."""

    fingerprint: str = Fingerprint
    kind: str
    clause: str = Field(description="The clause's id; empty for a field of the policy.")
    clauses: tuple[str, ...] = Field(
        description="All clauses that it is about: several for split and merged."
    )
    field: str = Field(description="The field of the policy, or the variable; else empty.")
    severity: SeverityWord
    decided: bool = Field(description="False while a person must state the severity: it counts as material.")
    documented: bool = Field(description="Whether a note explains it, or it needs none.")
    rules: tuple[RuleJson, ...] = Field(min_length=1, description="The one that weighs the most first.")
    languages: tuple[str, ...]
    old_labels: dict[str, str]
    new_labels: dict[str, str]
    redlines: dict[str, tuple[PassageJson, ...]] = Field(
        description="By language tag; under the empty key what is in no language."
    )


class OpenChangeJson(ChangeJson):
    """The same where people may still have to speak of it."""

    suppressed: str | None = Field(None, description="Why gates pass over it; null where they do not.")


class SideJson(_Published):
    """One of the two versions."""

    name: str = Field(description="The ref: a version, `draft` or `git:<revision>`.")
    source: Literal["release", "draft", "git"]
    published: datetime | None = None
    effective: datetime | None = Field(None, description="Absent where it is no release, or nobody knows it.")
    sha256: str | None = Field(None, description="Of the release's file.")
    commit: str | None = None


class ComparisonJson(_Published):
    """What changed from one version of a policy to another."""

    format: Literal[1] = 1
    policy: str
    engine: str
    old: SideJson
    new: SideJson
    languages: tuple[str, ...]
    severity: SeverityWord | None = Field(description="The worst; null where nothing changed.")
    undocumented: int = Field(description="How many changes lack a note or a decision.")
    changes: tuple[OpenChangeJson, ...]


def to_json(comparison: Comparison) -> str:
    """The JSON text: stable key order, one text per comparison.

    It is not validated again: a damaged ledger may hold half a character, which JSON can still say.
    """
    made = ComparisonJson.model_construct(
        policy=comparison.policy,
        engine=ENGINE,
        old=_side(comparison.old),
        new=_side(comparison.new),
        languages=comparison.tags,
        severity=comparison.severity or None,
        undocumented=sum(entry.hits("undocumented") for entry in comparison.entries),
        changes=tuple(map(_open_change, comparison.entries)),
    )
    return _text(made)


def _open_change(entry: Entry) -> OpenChangeJson:
    return OpenChangeJson.model_construct(**dict(_change(entry)), suppressed=entry.suppressed or None)


class ChangesJson(_Published):
    """What a release changed in the version that it is based on."""

    format: Literal[1] = 1
    policy: str
    version: str
    based_on: str
    engine: str
    severity: SeverityWord = Field(description="Of the release, as its people decided.")
    languages: tuple[str, ...]
    changes: tuple[ChangeJson, ...]


def changes_to_json(
    policy: str, versions: tuple[str, str], severity: str, tags: tuple[str, ...], entries: Iterable[Entry]
) -> str:
    """The JSON text of what a release changed; `versions` are the older one and its own."""
    made = ChangesJson(
        policy=policy,
        version=versions[1],
        based_on=versions[0],
        engine=ENGINE,
        severity=severity,  # type: ignore[arg-type]  # one of the three words
        languages=tags,
        changes=tuple(map(_change, entries)),
    )
    return made.model_dump_json() + "\n"


def _side(side: Resolved) -> SideJson:
    release = side.release
    return SideJson.model_construct(
        name=side.name,
        source=side.source,
        published=release.published if release else None,
        effective=release.effective if release else None,
        sha256=side.sha256 or None,
        commit=side.commit or None,
    )


def _change(entry: Entry) -> ChangeJson:
    return ChangeJson.model_construct(
        fingerprint=entry.fingerprint,
        kind=entry.kind,
        clause=entry.clause,
        clauses=entry.clauses,
        field=entry.field,
        severity=entry.severity,
        decided=entry.is_decided,
        documented=entry.is_documented,
        rules=tuple(
            RuleJson.model_construct(id=rule.id, floor=rule.floor.word, why=rule.why) for rule in entry.rules
        ),
        languages=entry.languages,
        old_labels=dict(entry.old_labels),
        new_labels=dict(entry.new_labels),
        redlines={tag: tuple(map(_passage, passages)) for tag, passages in entry.redlines.items()},
    )


def _passage(passage: Passage) -> PassageJson:
    edits = tuple(EditJson.model_construct(op=op.value, text=text) for op, text in passage.edits)
    return PassageJson.model_construct(part=passage.part, edits=edits)


class StageJson(_Published):
    """A release that changed the clause."""

    version: str
    based_on: str | None
    published: datetime
    effective: datetime | None = Field(description="Null where nobody knows it.")
    withdrawn: datetime | None
    changes: tuple[ChangeJson, ...]


class LifeJson(_Published):
    """The life of one clause over all releases, in the order of the ledger."""

    format: Literal[1] = 1
    policy: str
    clause: str
    engine: str
    languages: tuple[str, ...]
    stages: tuple[StageJson, ...]


def life_to_json(life: Life) -> str:
    """The JSON text of a clause's life."""
    made = LifeJson.model_construct(
        policy=life.policy,
        clause=life.clause,
        engine=ENGINE,
        languages=life.tags,
        stages=tuple(map(_stage, life.stages)),
    )
    return _text(made)


def _stage(stage: Stage) -> StageJson:
    dates = stage.dates
    return StageJson.model_construct(
        version=dates.version,
        based_on=dates.based_on,
        published=dates.published,
        effective=dates.effective,
        withdrawn=dates.withdrawn,
        changes=tuple(map(_change, stage.entries)),
    )


def _text(made: BaseModel) -> str:
    text = json.dumps(made.model_dump(), ensure_ascii=False, indent=2, default=datetime.isoformat)
    return text.encode("utf-8", "backslashreplace").decode()
