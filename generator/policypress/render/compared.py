"""The data by which any two versions are compared: outlines, the lives of clauses, a policy's own details."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from policypress.core import contents, lives, outlines
from policypress.core.canonical import digest
from policypress.core.lives import Point
from policypress.core.model import Document, Node
from policypress.core.site import Part, Unit
from policypress.render.api import files
from policypress.render.edition import Archive

Published = Callable[[str], bytes | None]
Key = Callable[..., str]


def units(archive: Archive, key: Key, published: Published) -> Iterator[Unit]:
    """Of each clause one, made anew only when it changed; and one of what is no clause."""
    for name, those in lives.points(archive.heads).items():
        told = digest([[point.version, point.key] for point in those])
        yield Unit(
            f"clause {archive.policy} {name}",
            key("clause", told),
            lambda name=name, those=those: Part(files=_life(archive, name, those, published)),  # type: ignore[misc]
        )
    frames = dict.fromkeys(head.frame for head in archive.heads)
    yield Unit(
        f"details {archive.policy}",
        key("details", list(frames)),
        lambda: Part(files=_details(archive, tuple(frames), published)),
    )


def outline(archive: Archive, version: str) -> dict[str, bytes]:
    """The outline of a version."""
    path = f"{files.folder(archive.policy)}outlines/{version}.json"
    return {path: written(outlines.outline(archive.document(version), version))}


def _life(archive: Archive, name: str, those: tuple[Point, ...], published: Published) -> dict[str, bytes]:
    path = f"{files.folder(archive.policy)}clauses/{name}.json"
    older = _read(published(path))
    there = _states(older)

    def read(key: str) -> Node:
        return archive.contents.get(key) or there.get(key) or _from_ledger(archive, those, key)

    return {path: written(lives.life(archive.policy, name, those, read, older if there else None))}


def _states(older: Any) -> dict[str, Node]:
    """What an older file holds; nothing, if it is not such a file."""
    try:
        return lives.states_of(older) if older else {}
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}


def _from_ledger(archive: Archive, those: tuple[Point, ...], key: str) -> Node:
    version = next(point.version for point in those if point.key == key)
    archive.document(version)
    return archive.contents[key]


def _details(archive: Archive, keys: tuple[str, ...], published: Published) -> dict[str, bytes]:
    path = f"{files.folder(archive.policy)}details.json"
    older = _read(published(path))
    there = _frames(older, archive.policy)
    first = {head.frame: head.version for head in reversed(archive.heads)}
    frames = [(key, there.get(key) or outlines.bare(archive.document(first[key]))) for key in keys]
    return {path: written(outlines.details(archive.policy, frames))}


def _frames(older: Any, policy: str) -> dict[str, Document]:
    found: dict[str, Document] = {}
    try:
        for data in older["frames"] if older else ():
            frame = contents.frame_from_json(data, policy)
            if contents.frame_key(frame) == data["key"]:
                found[data["key"]] = frame
    except (ValueError, TypeError, LookupError, AttributeError):
        return {}
    return found


def _read(data: bytes | None) -> Any:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None


def written(data: Any) -> bytes:
    """One line, keys in the order given: files are many, and small."""
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode(
        "utf-8", "surrogatepass"
    )
