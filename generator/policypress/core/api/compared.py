"""The objects by which any two versions are compared, as types."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from policypress.core.api.shapes import ClauseId, Format, PolicyId, Tag, Version, Words

Key12 = Annotated[str, Field(pattern="^[0-9a-f]{12}$", description="The same for what says the same.")]
Number = Annotated[int, Field(ge=0, description="A place in the list of the same name.")]
Strokes = Annotated[
    str,
    Field(
        pattern=r"^([=+-]\d+)+$",
        description="A redline: `=12-3+5` is twelve UTF-16 units that stayed, three deleted, five inserted; "
        "paragraphs are joined by a line feed.",
    ),
]
Run = str | dict[str, Any]


class Edits(TypedDict):
    """How one part of two texts differs. Without `edits` there is nothing to see."""

    rules: NotRequired[
        Annotated[list[str], Field(min_length=1, description="Absent if it only is printed otherwise.")]
    ]
    edits: NotRequired[Strokes]
    back: NotRequired[
        Annotated[Strokes, Field(description="The way back, where it is not the same turned round.")]
    ]
    source: NotRequired[Annotated[Literal[True], Field(description="The edits are of the markup's source.")]]


class Difference(TypedDict):
    """How two texts of a clause differ. What is only printed otherwise, such as a number, is not told."""

    heading: NotRequired[Edits]
    text: NotRequired[Annotated[Edits, Field(description="Of text and closing together.")]]
    links: NotRequired[Annotated[Edits, Field(description="Of where the text points to, a line each.")]]


class Joint(Difference):
    """How the texts of several clauses differ from those of others, one after another."""

    rules: NotRequired[Annotated[list[str], Field(min_length=1, description="Absent if all is said alike.")]]


Held = Annotated[tuple[ClauseId, Key12], Field(description="A clause and the key of what it held.")]


class Handover(TypedDict):
    """A split or a merger: clauses in whose place others stand."""

    before: list[Held]
    after: list[Held]
    redlines: dict[Tag, Joint]


class Said(TypedDict):
    """A text of a clause as printed, in runs."""

    heading: NotRequired[list[Run]]
    text: NotRequired[list[list[Run]]]
    closing: NotRequired[list[list[Run]]]


class Point(TypedDict):
    """From this version on the clause was in this state; without one, it was not there."""

    version: Version
    state: NotRequired[Number]


class State(TypedDict):
    """What a clause held: a text in each language, and its tags."""

    key: Key12
    texts: dict[str, Number]
    facts: NotRequired[list[tuple[str, str]]]
    replaces: NotRequired[list[ClauseId]]
    restores: NotRequired[str]
    reserved: NotRequired[Literal[True]]
    variables: NotRequired[Annotated[list[str], Field(description="Those that it uses, in any language.")]]


class Life(TypedDict):
    """A clause over all versions: each of its texts once, in the order of the ledger, and their redlines."""

    format: Format
    policy: PolicyId
    id: ClauseId
    points: list[Point]
    states: list[State]
    texts: Annotated[
        dict[str, list[Said]], Field(description="By language; under the empty key its tags, a line each.")
    ]
    redlines: Annotated[
        dict[str, list[tuple[Number, Number, Difference]]],
        Field(description="From one text to another; of many texts not of any two."),
    ]
    heirs: NotRequired[Annotated[list[ClauseId], Field(description="Those that ever took over from it.")]]
    handovers: NotRequired[list[Handover]]


class Outline(TypedDict):
    """Where each clause of a version stands, in order: id, parent, kind, key, then label and citation."""

    format: Format
    policy: PolicyId
    version: Version
    frame: Key12
    languages: list[Tag]
    clauses: Annotated[
        list[list[str | list[str]]], Field(description="One label and citation for each of `languages`.")
    ]


class Value(TypedDict):
    """A value before and after."""

    old: str
    new: str
    edits: NotRequired[Strokes]
    back: NotRequired[
        Annotated[Strokes, Field(description="The way back, where it is not the same turned round.")]
    ]
    source: NotRequired[Literal[True]]


class Valued(TypedDict):
    """A value that changed, weighed."""

    field: NotRequired[str]
    rules: list[str]
    languages: list[Tag]
    values: Annotated[dict[str, Value], Field(description="By language; under the empty key of none.")]


class Changed(TypedDict):
    """What changed between two states, in this order."""

    fields: list[Valued]
    variables: dict[str, Valued]


class Frame(TypedDict):
    """What a policy said besides its clauses."""

    key: Key12
    authoritative: Annotated[list[Tag], Field(description="The languages whose text counts.")]
    title: Words
    languages: list[dict[str, str]]
    source_language: Tag
    prevailing: str
    time_zone: str
    publisher: dict[str, Words]
    notice_days: dict[str, int]
    variables: dict[str, Words]


class Details(TypedDict):
    """What a policy said besides its clauses, each state once, and what changed from one to another."""

    format: Format
    policy: PolicyId
    frames: list[Frame]
    changes: list[tuple[Number, Number, Changed]]
