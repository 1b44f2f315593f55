"""YAML as a tree of scalars, lists and maps with positions; what could mislead is refused before it is built.

The schema, not YAML, gives scalars their type: every scalar stays its raw text, and an absent value is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from policypress.core.diagnostics import Finding, Place, Position

try:
    from _ruamel_yaml import CParser
except ImportError:  # no wheel of ruamel.yaml.clib for this machine: slower, and the same
    CParser = None

MAX_DEPTH = 64
Mark: TypeAlias = tuple[int, int]
_SURROGATE = re.compile("[\ud800-\udfff]")
_C_IS_LAX = re.compile(r"[|>][-+0-9]*(?:#| *\n +\n)")


@dataclass(slots=True)
class Scalar:
    """Raw text. `start` and `end` count lines and columns from 0; `style` is '', "'", '"', '|' or '>'."""

    value: str
    style: str
    start: Mark
    end: Mark

    @property
    def is_absent(self) -> bool:
        """Nothing was written: `key:` and no more."""
        return not self.style and not self.value


@dataclass(slots=True)
class Sequence:
    """A list."""

    start: Mark
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A map; `keys` holds the key scalars for their positions."""

    start: Mark
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Located:
    """A finding whose position is known already."""

    finding: Finding
    position: Position


class _RefusedError(Exception):
    def __init__(self, code: str, mark: Any, message: str) -> None:
        super().__init__(message)
        self.code, self.mark, self.message = code, mark, message


def parse(file: str, text: str, *, pure: bool = False) -> tuple[Node | None, list[Located]]:
    """The tree of one document, or None, and what was found on the way.

    The two parsers differ at the edges: C refuses a key that is only `:`, and is lax about the heads of
    blocks and about files of one scalar. What it cannot read, or could take wrongly, the pure one reads:
    both then say the same.
    """
    builder = _Builder(file)
    tree = None if _C_IS_LAX.search(text) and not pure else builder.try_document(text, pure=pure)
    if not pure and (tree is None or isinstance(tree, Scalar)):
        return parse(file, text, pure=True)
    return tree, builder.findings


def _mark(mark: Any) -> Mark:
    return (mark.line, mark.column) if mark is not None else (0, 0)


def _fault(error: MarkedYAMLError) -> Mark:
    """Where a person should look: for what never ends, where it began."""
    endless = "end of stream" in (error.problem or "")
    return _mark((error.context_mark if endless else error.problem_mark) or error.context_mark)


def _reason(error: MarkedYAMLError) -> str:
    return " ".join(part for part in (error.problem, error.context) if part)


def _events(text: str, *, pure: bool) -> Iterator[Event]:
    """The parser's events. The C one is asked directly: ruamel's own loop takes as long as the parsing."""
    if pure or CParser is None:
        yield from YAML(typ="safe", pure=True).parse(text)
        return
    parser = CParser(text)
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        yield event


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Located] = []

    def found(self, code: str, mark: Mark, message: str) -> None:
        position = Position(mark[0] + 1, mark[1] + 1)
        self.findings.append(Located(Finding(code, Place(self.file), message), position))

    def try_document(self, text: str, *, pure: bool) -> Node | None:
        try:
            return self.document(_events(text, pure=pure))
        except _RefusedError as refused:
            self.found(refused.code, _mark(refused.mark), refused.message)
        except MarkedYAMLError as error:
            self.found("Y103", _fault(error), _reason(error))
        except YAMLError as error:
            self.found("Y103", (0, 0), str(error).splitlines()[0])
        except (ValueError, OverflowError):  # pure converts the digits of escapes and versions as they come
            self.found("Y103", (0, 0), "a number is out of range: see `\\U` escapes and the `%YAML` line")
        return None

    def document(self, events: Iterator[Event]) -> Node | None:
        tree: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._document_start(event, documents)
            elif isinstance(event, NodeEvent):
                tree = self._node(event, events, 0)
        if documents == 0:
            self.found("Y104", (0, 0), "the file is empty")
        return tree

    def _document_start(self, event: DocumentStartEvent, documents: int) -> None:
        if event.version or event.tags:
            raise _RefusedError("Y106", event.start_mark, "a YAML directive stands here")
        if documents > 1:
            raise _RefusedError("Y104", event.start_mark, "a second document starts here")

    def _node(self, event: NodeEvent, events: Iterator[Event], depth: int) -> Node:
        self._refuse(event, depth)
        if isinstance(event, ScalarEvent):
            return Scalar(event.value, event.style or "", _mark(event.start_mark), _mark(event.end_mark))
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _refuse(self, event: NodeEvent, depth: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise _RefusedError("Y105", event.start_mark, f"`{event.anchor}` is an anchor or an alias")
        if isinstance(event, ScalarEvent) and (half := _SURROGATE.search(event.value)):
            raise _RefusedError("Y103", event.start_mark, f"U+{ord(half[0]):04X} is half a character")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _RefusedError("Y106", event.start_mark, f"`{tag}` is a tag")
        if depth > MAX_DEPTH and isinstance(event, CollectionStartEvent):
            raise _RefusedError("Y107", event.start_mark, f"more than {MAX_DEPTH} levels")

    def _sequence(self, event: NodeEvent, events: Iterator[Event], depth: int) -> Sequence:
        sequence = Sequence(_mark(event.start_mark))
        for inner in events:
            if not isinstance(inner, NodeEvent):
                break
            sequence.items.append(self._node(inner, events, depth + 1))
        return sequence

    def _mapping(self, event: NodeEvent, events: Iterator[Event], depth: int) -> Mapping:
        mapping = Mapping(_mark(event.start_mark))
        composed: dict[str, str] = {}
        for inner in events:
            if not isinstance(inner, NodeEvent):
                break
            key = self._key(inner)
            value = self._node(cast(NodeEvent, next(events)), events, depth + 1)
            if isinstance(value, Scalar) and value.is_absent:
                # The parsers differ about where nothing stands.
                value.start = value.end = (key.end[0], key.end[1] + 1)
            other = composed.setdefault(unicodedata.normalize("NFC", key.value), key.value)
            if key.value in mapping.items or other != key.value:
                self.found("Y108", key.start, f"`{key.value}` stands here twice")
            else:
                mapping.items[key.value], mapping.keys[key.value] = value, key
        return mapping

    def _key(self, event: NodeEvent) -> Scalar:
        self._refuse(event, 0)
        if not isinstance(event, ScalarEvent):
            raise _RefusedError("Y113", event.start_mark, "a list or a map is used as a key")
        if event.value == "<<" and not event.style:
            raise _RefusedError("Y105", event.start_mark, "`<<` merges another map")
        return Scalar(event.value, event.style or "", _mark(event.start_mark), _mark(event.end_mark))


def plain(node: Node) -> Any:
    """The tree as dicts, lists, strings, and None for what was left empty."""
    if isinstance(node, Scalar):
        return None if node.is_absent else node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.items.items()}
