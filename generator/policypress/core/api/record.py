"""The shape of a release's record in the ledger, as its schema tells it. Format 1, readable for ever."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from policypress.core.api.shapes import (
    ClauseId,
    Format,
    Language,
    PolicyId,
    Run,
    Sequence,
    Severity,
    Sha256,
    Tag,
    Version,
    Words,
)


class RecordPublisher(TypedDict):
    """Who publishes, in every language."""

    name: Words
    contact: Words


class NoticeDays(TypedDict):
    """The days of notice that the policy promises."""

    material: int
    minor: int
    editorial: int


class RecordLabel(TypedDict):
    """What numbers a clause, and its children."""

    text: str
    cite: str
    number: str


class Node(TypedDict):
    """A clause in every language."""

    id: ClauseId
    kind: str
    reserved: NotRequired[Literal[True]]
    labels: dict[Tag, RecordLabel]
    heading: NotRequired[dict[Tag, list[Run]]]
    text: NotRequired[dict[Tag, list[list[Run]]]]
    closing: NotRequired[dict[Tag, list[list[Run]]]]
    facts: NotRequired[list[dict[str, str]]]
    replaces: NotRequired[list[ClauseId]]
    restores: NotRequired[Version]
    children: NotRequired[list[Node]]


class Document(TypedDict):
    """The whole text."""

    policy: PolicyId
    title: Words
    languages: list[Language]
    source_language: Tag
    prevailing: str
    time_zone: str
    publisher: RecordPublisher
    notice_days: NoticeDays
    variables: dict[str, Words]
    nodes: list[Node]


class Predecessor(TypedDict):
    """The record before it in the ledger."""

    file: str
    sha256: Sha256


class Record(TypedDict):
    """A release as the ledger holds it, to the byte."""

    format: Format
    type: Literal["release"]
    policy: PolicyId
    version: Version
    sequence: Sequence
    recorded: Annotated[str, Field(description="ISO 8601, with its zone; so are the other instants.")]
    published: str
    effective: Annotated[str, Field(description="An instant, or `unknown`.")]
    known_since: NotRequired[str]
    previous: NotRequired[Predecessor]
    based_on: NotRequired[Version]
    provenance: str
    date_basis: NotRequired[str]
    severity: Severity
    reasons: NotRequired[dict[str, str]]
    notes: NotRequired[list[dict[str, Any]]]
    engine: str
    changes: list[dict[str, Any]]
    document: Document
