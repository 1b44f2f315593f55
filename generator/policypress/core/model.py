"""The document as a reader has it: numbered, references and variables filled in. A release is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policypress.core.kinds import Kind
from policypress.core.text import Runs


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the policy and the standing of its text: official, convenience or unreviewed."""

    tag: str
    status: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, per language."""

    name: Mapping[str, str]
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """Days of notice promised before a change takes effect, by severity."""

    material: int
    minor: int
    editorial: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A neutral statement about a clause: `purpose` `FraudPreventionAndDetection`."""

    key: str
    term: str


@dataclass(frozen=True, slots=True)
class Label:
    """What numbers a node in one language.

    `text` is printed before it, `cite` stands for it in references, `number` is its children's {parent}.
    """

    text: str = ""
    cite: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A clause. Mappings go from language tag; texts are tuples of paragraphs, headings one paragraph."""

    id: str
    kind: Kind
    reserved: bool
    labels: Mapping[str, Label]
    heading: Mapping[str, Runs]
    text: Mapping[str, tuple[Runs, ...]]
    closing: Mapping[str, tuple[Runs, ...]]
    facts: tuple[Fact, ...] = ()
    replaces: tuple[str, ...] = ()
    restores: str | None = None
    children: tuple[Node, ...] = ()


class Same:
    """A clause as a key: it equals itself alone, and is compared without being read."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.node is self.node


@dataclass(frozen=True, slots=True)
class Document:
    """One policy in all its languages."""

    policy: str
    title: Mapping[str, str]
    languages: tuple[Language, ...]
    source_language: str
    prevailing: str
    time_zone: str
    publisher: Publisher
    notice_days: NoticeDays
    variables: Mapping[str, Mapping[str, str]]
    nodes: tuple[Node, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """The language tags, in the policy's order."""
        return tuple(language.tag for language in self.languages)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """All nodes in document order."""
    for node in nodes:
        yield node
        yield from walk(node.children)
