"""The objects of the API as types: what rendering is checked against, and what their schemas are made of.

A key that has nothing to say is absent, never null. Keys may be added to format 1; none changes or goes.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from policypress.core.ids import CLAUSE_ID, POLICY_ID, VERSION

Format = Annotated[Literal[1], Field(description="The format of this object.")]
Instant = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d$",
        description="An instant with its zone (RFC 3339).",
        json_schema_extra={"format": "date-time"},
    ),
]
Version = Annotated[str, Field(pattern=VERSION, description="For people: decide nothing from its parts.")]
PolicyId = Annotated[str, Field(pattern=POLICY_ID)]
ClauseId = Annotated[str, Field(pattern=CLAUSE_ID)]
Tag = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="A language (BCP 47), such as zh-Hans.")
]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Link = Annotated[
    str,
    Field(
        description="An address, relative to that of the object that it stands in.",
        json_schema_extra={"format": "uri-reference"},
    ),
]
Sequence = Annotated[
    int, Field(ge=0, description="Only grows. Keep what you have if this is smaller than what you saw.")
]
Severity = Annotated[
    str,
    Field(
        description="How far the text moved: editorial, minor, material. "
        "Take a word you do not know as material."
    ),
]
Action = Annotated[
    str,
    Field(
        description="What a reader must do: none, notify, acknowledge, consent. "
        "Take a word you do not know as consent."
    ),
]
Words = dict[Tag, str]


class Publisher(TypedDict):
    """Who publishes."""

    name: str
    contact: str


class Language(TypedDict):
    """A language and the standing of its text."""

    tag: Tag
    status: Annotated[str, Field(description="official, convenience or unreviewed.")]


# --- index.json


class Scheduled(TypedDict):
    """When one version binds."""

    version: Version
    since: Annotated[Instant, Field(description="From this instant it is in force.")]
    until: NotRequired[Annotated[Instant, Field(description="Until just before this one, if known.")]]
    exact: NotRequired[
        Annotated[Literal[False], Field(description="It may have been in force before: nobody knows.")]
    ]
    sha256: Annotated[Sha256, Field(description="Of its record, versions/VERSION.json.")]


class IndexLinks(TypedDict):
    """Where to read on."""

    versions: Link
    pages: Annotated[dict[Tag, Link], Field(description="The text in force, for people.")]


class IndexPolicy(TypedDict):
    """One policy."""

    policy: PolicyId
    title: Words
    languages: list[Language]
    time_zone: str
    sequence: Sequence
    schedule: Annotated[
        list[Scheduled], Field(description="Every version that ever binds, in order, without gaps.")
    ]
    links: IndexLinks


class Index(TypedDict):
    """Where to begin: all policies, and which version binds when."""

    format: Format
    sequence: Sequence
    as_of: NotRequired[Annotated[Instant, Field(description="Of the last version to come into force.")]]
    next_transition: NotRequired[
        Annotated[Instant, Field(description="When the next version comes into force.")]
    ]
    policies: list[IndexPolicy]


# --- policies/POLICY/versions.json


class Scope(TypedDict):
    """Something a reader agrees to, or declines, on its own."""

    id: ClauseId
    clauses: list[ClauseId]
    separate: Annotated[bool, Field(description="Whether it must be asked for on its own.")]
    declining: Annotated[Words, Field(description="What declining means for the reader.")]


class Override(TypedDict):
    """Why the severity is below what was computed."""

    reason: Words


class Note(TypedDict):
    """What people said and decided about changes."""

    fingerprints: NotRequired[
        Annotated[list[Fingerprint], Field(description="The changes that it speaks of.")]
    ]
    summary: Words
    impact: NotRequired[Words]
    choices: NotRequired[Words]
    action: Action
    scopes: NotRequired[list[Scope]]
    severity: NotRequired[Severity]
    override: NotRequired[Override]
    approved_by: NotRequired[str]


class Withdrawn(TypedDict):
    """A release was cancelled before it took effect."""

    recorded: Instant
    reason: str


class VersionLinks(TypedDict):
    """Where a version is."""

    record: Annotated[Link, Field(description="The record of the ledger.")]
    texts: Annotated[dict[Tag, Link], Field(description="The text in one language.")]
    pages: Annotated[dict[Tag, Link], Field(description="The same for people.")]
    changes: NotRequired[Annotated[Link, Field(description="What it changed in the text that it amends.")]]


class VersionEntry(TypedDict):
    """One release."""

    version: Version
    sequence: Sequence
    recorded: Instant
    published: Instant
    effective: NotRequired[Instant]
    known_since: NotRequired[
        Annotated[Instant, Field(description="In place of `effective` where nobody knows that.")]
    ]
    withdrawn: NotRequired[Withdrawn]
    based_on: NotRequired[Annotated[Version, Field(description="The version whose text it amends.")]]
    previous: NotRequired[
        Annotated[Sha256, Field(description="The digest of the record before it in the ledger.")]
    ]
    sha256: Annotated[Sha256, Field(description="The digest of its own record.")]
    severity: Severity
    action: Action
    provenance: Annotated[str, Field(description="original or reconstructed.")]
    date_basis: NotRequired[str]
    reasons: NotRequired[
        Annotated[
            dict[str, str],
            Field(description="Why the notice was short, or the publication earlier than the record."),
        ]
    ]
    notes: NotRequired[list[Note]]
    links: VersionLinks


class Versions(TypedDict):
    """Everything that was released of a policy, in the order of the ledger."""

    format: Format
    policy: PolicyId
    sequence: Sequence
    versions: list[VersionEntry]


# --- policies/POLICY/versions/VERSION.LANGUAGE.json


class StrongRun(TypedDict):
    """Emphasis."""

    strong: list[Run]


class LinkRun(TypedDict):
    """A link out of the policy."""

    link: list[Run]
    href: str


class RefRun(TypedDict):
    """A reference to another clause, with the label that a reader sees."""

    ref: ClauseId
    label: str


class VarRun(TypedDict):
    """A variable, with the value that a reader sees."""

    var: str
    value: str


Run = TypeAliasType("Run", "str | StrongRun | LinkRun | RefRun | VarRun")


class Paragraph(TypedDict):
    """The same words twice: to lay out, and to print as they are."""

    runs: list[Run]
    plain: str


class Label(TypedDict):
    """What numbers a clause."""

    text: Annotated[str, Field(description="Printed before it, such as `Article 4.`")]
    cite: Annotated[str, Field(description="How other clauses call it, such as `Article 4`.")]


class Clause(TypedDict):
    """A clause in one language. Its id names it for ever, and is its anchor in the page."""

    id: ClauseId
    kind: Annotated[str, Field(description="notice, article, section, clause, item, note or paragraph.")]
    reserved: NotRequired[Literal[True]]
    label: NotRequired[Label]
    heading: NotRequired[Paragraph]
    text: NotRequired[list[Paragraph]]
    closing: NotRequired[Annotated[list[Paragraph], Field(description="What follows its children.")]]
    facts: NotRequired[list[dict[str, str]]]
    children: NotRequired[list[Clause]]


class TextLinks(TypedDict):
    """Where the same version is otherwise."""

    record: Link
    page: Annotated[Link, Field(description="For people. A clause's anchor is `#` and its id.")]


class Text(TypedDict):
    """A version in one language. Its bytes never change."""

    format: Format
    policy: PolicyId
    version: Version
    language: Language
    title: str
    publisher: Publisher
    source_language: Tag
    prevailing: Annotated[str, Field(description="The language that prevails, `equal` or `unstated`.")]
    time_zone: str
    published: Instant
    effective: NotRequired[Instant]
    known_since: NotRequired[Instant]
    record_sha256: Annotated[Sha256, Field(description="The digest of the record that it was made of.")]
    links: TextLinks
    clauses: list[Clause]
