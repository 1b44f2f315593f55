"""The source files as values: what a person wrote in policy.yaml and in a clause file.

Scalars arrive as the raw text of the YAML: these models, not YAML, decide what is a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from policypress.core import ids, languages
from policypress.core.diagnostics import Place
from policypress.core.kinds import Kind, default_kind


def _known_format(value: Any) -> Any:
    if value in (1, "1"):  # not a set: the value may be a map
        return 1
    raise PydanticCustomError("S204", "format {value} is not known here", {"value": value})


def _tag(value: str) -> str:
    if not languages.is_tag(value):
        raise PydanticCustomError("L404", "`{tag}` is not a language tag", {"tag": value})
    return value


def _clause_id(value: str) -> str:
    if not ids.is_clause_id(value):
        raise PydanticCustomError("I301", "`{id}` cannot be an id", {"id": value})
    return value


def _policy_id(value: str) -> str:
    if not ids.is_policy_id(value):
        raise PydanticCustomError("I301", "`{id}` cannot be the id of a policy", {"id": value})
    return value


def _version(value: str) -> str:
    if not ids.is_version(value):
        raise PydanticCustomError("S203", "`{version}` is not a version such as 1.2.0", {"version": value})
    return value


def _absent_is_empty(value: Any) -> Any:
    return "" if value is None else value


Format = Annotated[
    Literal[1], BeforeValidator(_known_format), Field(description="The format of this file: 1.")
]
Tag = Annotated[str, AfterValidator(_tag)]
ClauseId = Annotated[
    str,
    AfterValidator(_clause_id),
    Field(json_schema_extra={"pattern": ids.CLAUSE_ID}, max_length=ids.MAX_ID_LENGTH),
]
PolicyId = Annotated[str, AfterValidator(_policy_id), Field(json_schema_extra={"pattern": ids.POLICY_ID})]
Words = Annotated[str, BeforeValidator(_absent_is_empty), Field(json_schema_extra={"minLength": 1})]
Version = Annotated[str, AfterValidator(_version), Field(json_schema_extra={"pattern": ids.VERSION})]
ByLanguage = dict[Tag, Words]
Template = Annotated[str | dict[Tag, str], Field(description="One for all languages, or one for each.")]


class SourceModel(BaseModel):
    """What every source file's part has: unknown keys are faults, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


class LanguageSource(SourceModel):
    """How far the text in a language can be relied on."""

    status: Literal["official", "convenience", "unreviewed"] = Field(
        description="official binds; convenience is a translation to help; unreviewed was not approved yet."
    )


class PublisherSource(SourceModel):
    """Who publishes the policy and how readers reach them."""

    name: ByLanguage
    contact: ByLanguage


class NumberingSource(SourceModel):
    """How one kind is labelled, and how other clauses cite it."""

    label: Template = Field(
        description='For example "Article {n}." or "{parent}.{n}"; n:han, n:alpha, n:roman.'
    )
    cite: Template | None = Field(
        None, description="The form in references; without it, the label less its stop."
    )


class NoticeDaysSource(SourceModel):
    """How many days before it takes effect a change is announced, by its severity."""

    material: int = Field(default=0, ge=0, le=3650)
    minor: int = Field(default=0, ge=0, le=3650)
    editorial: int = Field(default=0, ge=0, le=3650)


class PolicySource(SourceModel):
    """policy.yaml: what holds for the whole policy."""

    format: Format
    id: PolicyId
    title: ByLanguage
    languages: dict[Tag, LanguageSource] = Field(min_length=1, description="BCP 47 tags, in the order shown.")
    source_language: str = Field(description="The language the others are translated from.")
    prevailing: str = Field("unstated", description="The language that prevails, `equal`, or `unstated`.")
    time_zone: str = Field(description="An IANA name such as Asia/Shanghai: a bare date means 00:00 there.")
    publisher: PublisherSource
    variables: dict[str, Words | ByLanguage] = Field(
        default_factory=dict,
        description="Values used in texts as {name}; one for all languages, or one for each.",
    )
    numbering: dict[Kind, NumberingSource] = Field(default_factory=dict)
    notice_days: NoticeDaysSource = Field(default_factory=NoticeDaysSource)


class ClauseSource(SourceModel):
    """A clause and all under it."""

    id: ClauseId = Field(description="Permanent, unique in the policy, never a number.")
    kind: Kind | None = Field(None, description="By default what the parent usually holds.")
    number: Literal["none", "reserved"] | None = Field(
        None, description="`none`: no label. `reserved`: label only."
    )
    heading: ByLanguage | None = None
    text: ByLanguage | None = Field(
        None, description="One sentence per line; a blank line starts a paragraph."
    )
    facts: tuple[dict[str, str], ...] = Field((), description="Neutral statements, one key each.")
    replaces: tuple[ClauseId, ...] = Field((), description="Removed clauses that this one took over.")
    restores: Version | None = Field(None, description="The version from which a removed id returns.")
    children: tuple[ClauseSource, ...] = ()
    closing: ByLanguage | None = Field(None, description="Text after the children.")


class ClauseFileSource(ClauseSource):
    """clauses/NN-<id>.yaml: one top-level clause."""

    format: Format


@dataclass(frozen=True, slots=True)
class ClauseFile:
    """One clause file: its path relative to the workspace, and what it says."""

    file: str
    clause: ClauseSource


@dataclass(frozen=True, slots=True)
class Located:
    """A clause with its resolved kind, its parent's kind and its place."""

    clause: ClauseSource
    kind: Kind
    parent: Kind | None
    place: Place


@dataclass(frozen=True)
class Draft:
    """All that a policy's folder says, in file order.

    `complete` is false when a file could not be read: then a missing id proves nothing.
    """

    file: str
    policy: PolicySource
    clauses: tuple[ClauseFile, ...]
    complete: bool = True

    @cached_property
    def located(self) -> tuple[Located, ...]:
        """Every clause with its place, in document order."""
        return tuple(at for file in self.clauses for at in _located(file.clause, None, Place(file.file)))


def located(draft: Draft) -> tuple[Located, ...]:
    """Every clause of the draft, in document order."""
    return draft.located


def _located(clause: ClauseSource, parent: Kind | None, place: Place) -> Iterator[Located]:
    kind = clause.kind or default_kind(parent)
    yield Located(clause, kind, parent, place)
    for index, child in enumerate(clause.children):
        yield from _located(child, kind, place / "children" / index)
