"""The life of a clause: each of its texts once, from which version each applied, and how any two differ.

What a version leaves alone changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from policypress.core import contents, rewording
from policypress.core.comparison import headings, tag_lines, targets
from policypress.core.comparison import texts as texts_of
from policypress.core.heads import Head
from policypress.core.model import Node
from policypress.core.strokes import mirrored, strokes
from policypress.core.text import Runs

FORMAT = 1
# Up to so many texts any two are compared; of more, neighbours, and the newest with so many before it.
ANY_TWO = 8
BACK = 12
Json = dict[str, Any]
Read = Callable[[str], Node]


@dataclass(frozen=True, slots=True)
class Point:
    """From this version on a clause holds this; an empty key: it is not there."""

    version: str
    key: str


def points(heads: Sequence[Head]) -> dict[str, tuple[Point, ...]]:
    """When each clause changed, in the order of the ledger."""
    found: dict[str, list[Point]] = {}
    before: Mapping[str, str] = {}
    for head in heads:
        if head.contents is before:
            continue
        for name in dict.fromkeys((*head.contents, *before)):
            if head.contents.get(name) != before.get(name):
                found.setdefault(name, []).append(Point(head.version, head.contents.get(name, "")))
        before = head.contents
    return {name: tuple(those) for name, those in found.items()}


def pairs(count: int) -> Iterator[tuple[int, int]]:
    """Which of so many texts are compared, by their numbers."""
    for one, other in combinations(range(count), 2):
        if count <= ANY_TWO or other == one + 1 or (other == count - 1 and one >= other - BACK):
            yield one, other


def life(policy: str, name: str, those: Sequence[Point], read: Read, known: Json | None = None) -> Json:
    """The file of a clause. `read` gives a content by its key; `known` is an older file of it."""
    keys = list(dict.fromkeys(point.key for point in those if point.key))
    nodes = [read(key) for key in keys]
    texts: dict[str, list[Json]] = {}
    first: dict[str, list[Node]] = {}
    states = []
    for key, node in zip(keys, nodes, strict=True):
        numbers = {}
        for tag, said in contents.texts(node).items():
            kept = texts.setdefault(tag, [])
            if said not in kept:
                kept.append(said)
                first.setdefault(tag, []).append(node)
            numbers[tag] = kept.index(said)
        _tagged(node, numbers, texts, first)
        states.append({"key": key, "texts": numbers, **contents.tags(node), **_variables(node)})
    return {
        "format": FORMAT,
        "policy": policy,
        "id": name,
        "points": [{"version": point.version, **_state(point, keys)} for point in those],
        "states": states,
        "texts": texts,
        "redlines": {tag: _redlines(found, tag, _known(known, tag, texts)) for tag, found in first.items()},
    }


def _tagged(
    node: Node, numbers: dict[str, int], texts: dict[str, list[Json]], first: dict[str, list[Node]]
) -> None:
    """What a clause is tagged with, as if said in a language that has no name."""
    lines = tag_lines((node,))
    said = {"text": contents.paragraphs_to_json(lines)} if lines else {}
    kept = texts.setdefault("", [])
    if said not in kept:
        kept.append(said)
        tagged = replace(node, heading={}, text={"": lines} if lines else {}, closing={})
        first.setdefault("", []).append(tagged)
    numbers[""] = kept.index(said)


def _state(point: Point, keys: list[str]) -> Json:
    return {"state": keys.index(point.key)} if point.key else {}


def _variables(node: Node) -> Json:
    found = sorted(rewording.variables(node))
    return {"variables": found} if found else {}


def _known(older: Json | None, tag: str, texts: Mapping[str, list[Json]]) -> dict[tuple[int, int], Json]:
    """The redlines that an older file has of the same texts, by the numbers that these have now."""
    if older is None or tag not in older["texts"]:
        return {}
    now = [texts[tag].index(text) if text in texts[tag] else -1 for text in older["texts"][tag]]
    return {
        (now[one], now[other]): found
        for one, other, found in older["redlines"].get(tag, ())
        if -1 < now[one] < now[other]
    }


def _redlines(nodes: Sequence[Node], tag: str, known: Mapping[tuple[int, int], Json]) -> list[Any]:
    found = []
    for pair in pairs(len(nodes)):
        told = known[pair] if pair in known else _difference(nodes[pair[0]], nodes[pair[1]], tag)
        found.append([*pair, told])
    return found


def _difference(old: Node, new: Node, tag: str) -> Json:
    """How two texts differ in a language; without rules where only something else is printed."""
    made = drawings((old,), (new,), tag)
    if rewording.retitled(old, new, tag):
        rules = rewording.heading_rules(old, new, tag)
        made["heading"] = {"rules": [rule.id for rule in rules], **made.get("heading", {})}
    if rewording.reworded(old, new, tag):
        rules = rewording.body_rules((old,), (new,), tag)
        made["text"] = {"rules": [rule.id for rule in rules], **made.get("text", {})}
    return made


def drawings(old: Sequence[Node], new: Sequence[Node], tag: str) -> Json:
    """The redlines of headings, of texts, and of where these point to if it is elsewhere."""
    before, after = texts_of(old, tag), texts_of(new, tag)
    links = targets(before), targets(after)
    found = {
        "heading": drawn(headings(old, tag), headings(new, tag), tag),
        "text": drawn(before, after, tag, markup_too=links[0] == links[1]),
        "links": drawn(*links, tag),
    }
    return {part: redline for part, redline in found.items() if redline}


def drawn(old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str, *, markup_too: bool = True) -> Json:
    """The redline, as strokes."""
    found = strokes(old, new, tag, markup_too=markup_too) if old != new else None
    if found is None:
        return {}
    back = strokes(new, old, tag, markup_too=markup_too)
    turned = {"back": back.edits} if back and back.edits != mirrored(found.edits) else {}
    return {"edits": found.edits, **turned, **({"source": True} if found.source else {})}


def states_of(life: Json) -> dict[str, Node]:
    """The contents in a file, by key; only those that are what their keys say."""
    found: dict[str, Node] = {}
    for state in life["states"]:
        said = {tag: life["texts"][tag][number] for tag, number in state["texts"].items() if tag}
        node = contents.from_json(life["id"], said, state)
        if contents.key(node) == state["key"]:
            found[state["key"]] = node
    return found


def difference(life: Json, tag: str, keys: tuple[str, str]) -> Json | None:
    """How the text of one state became that of another; None if either has none, or the file does not say."""
    numbers = {state["key"]: state["texts"].get(tag) for state in life["states"]}
    old, new = (numbers.get(key) for key in keys)
    if old is None or new is None:
        return None
    if old == new:
        return {}
    pair = [min(old, new), max(old, new)]
    found = next((told for *those, told in life["redlines"][tag] if those == pair), None)
    return found if found is None or old < new else {part: _turned(edits) for part, edits in found.items()}


def _turned(part: Json) -> Json:
    if "edits" not in part:
        return part
    return {**part, "edits": part.get("back") or mirrored(part["edits"])}
