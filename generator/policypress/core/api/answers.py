"""What changed since a version was accepted: policies/POLICY/since/VERSION.LANGUAGE.json as types."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from policypress.core.api.shapes import (
    Action,
    ClauseId,
    Format,
    Instant,
    Link,
    PolicyId,
    Sequence,
    Severity,
    Sha256,
    Tag,
    Version,
    Withdrawn,
)


class NoticeRef(TypedDict):
    """What a consent record keeps of the text that was shown (ISO/IEC TS 27560)."""

    policy: PolicyId
    version: Version
    language: Tag
    sha256: Annotated[Sha256, Field(description="Of the bytes at `url`.")]
    url: Annotated[Link, Field(description="Make it absolute before you keep it.")]
    effective: NotRequired[Instant]
    known_since: NotRequired[
        Annotated[Instant, Field(description="In place of `effective` where nobody knows that.")]
    ]


class Net(TypedDict):
    """The clauses in which two texts differ, in any language: what lies between counts for nothing."""

    added: NotRequired[list[ClauseId]]
    removed: NotRequired[list[ClauseId]]
    changed: NotRequired[list[ClauseId]]


class OpenScope(TypedDict):
    """A scope that is still to be agreed."""

    id: ClauseId
    version: Annotated[Version, Field(description="The release that asks for it.")]
    clauses: list[ClauseId]
    separate: bool
    declining: NotRequired[str]


class Summary(TypedDict):
    """A release on the way, in a person's words."""

    version: Version
    severity: Severity
    action: Action
    summary: NotRequired[list[str]]
    changes: NotRequired[Annotated[Link, Field(description="What it changed, as objects.")]]


class AnswerLinks(TypedDict):
    """Where to read on."""

    page: Annotated[Link, Field(description="The text, for people.")]


class Answer(TypedDict):
    """From the accepted version to another one."""

    verdict: Annotated[
        str,
        Field(
            description="same: it is the accepted one. changed: another one. "
            "ahead: the accepted one takes effect later than this one. "
            "Take a word you do not know as changed."
        ),
    ]
    notice_ref: NoticeRef
    severity: NotRequired[Severity]
    action: NotRequired[Action]
    releases: NotRequired[Annotated[int, Field(ge=0, description="How many releases lie on the way.")]]
    net: NotRequired[Net]
    scopes: NotRequired[list[OpenScope]]
    summaries: NotRequired[
        Annotated[list[Summary], Field(description="Of the ten newest on the way, the newest first.")]
    ]
    links: AnswerLinks


class Since(TypedDict):
    """For an app whose user accepted this version in this language."""

    format: Format
    policy: PolicyId
    version: Version
    language: Tag
    sequence: Sequence
    as_of: NotRequired[Annotated[Instant, Field(description="Of the last version to come into force.")]]
    withdrawn: NotRequired[Withdrawn]
    now: NotRequired[Annotated[Answer, Field(description="The text in force; absent before the first.")]]
    upcoming: NotRequired[
        Annotated[
            list[Answer],
            Field(description="Those that take effect later, in order. One whose time has come is `now`."),
        ]
    ]


class Elsewhere(TypedDict):
    """In place of the answer about an old version: the object that holds it, with those about others."""

    format: Format
    policy: PolicyId
    version: Version
    language: Tag
    see: Link


class Earlier(TypedDict):
    """The answers about fifty old versions."""

    format: Format
    policy: PolicyId
    language: Tag
    sequence: Sequence
    answers: dict[Version, Since]
