"""The data by which any two versions are compared: outlines, the lives of clauses, a policy's own details."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from policypress.core import contents, handovers, lives, outlines
from policypress.core.canonical import digest
from policypress.core.handovers import Handover
from policypress.core.lives import Point
from policypress.core.model import Document, Node
from policypress.core.site import Part, Unit
from policypress.render.api import files
from policypress.render.edition import Archive

Published = Callable[[str], bytes | None]
Key = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Lineage:
    """By clause: when it changed, which ones took over from it, and the splits and mergers it tells of."""

    points: Mapping[str, tuple[Point, ...]]
    heirs: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[Handover, ...]]

    @classmethod
    def of(cls, archive: Archive) -> Lineage:
        """All clauses that a policy ever had."""
        heads = archive.heads
        return cls(lives.points(heads), handovers.heirs(heads), handovers.handovers(heads))

    def digest(self, name: str) -> str:
        """Of all that the file of a clause says."""
        taken = [[one.before, one.after] for one in self.kept.get(name, ())]
        points = [[point.version, point.key] for point in self.points[name]]
        return digest([points, self.heirs.get(name, ()), taken])


def unit(archive: Archive, key: Key, published: Published) -> Unit:
    """What is no clause."""
    frames = dict.fromkeys(head.frame for head in archive.heads)
    return Unit(
        f"details {archive.policy}",
        key("details", list(frames)),
        lambda: Part(files=_details(archive, tuple(frames), published)),
    )


def outline(archive: Archive, version: str) -> dict[str, bytes]:
    """The outline of a version."""
    path = f"{files.folder(archive.policy)}outlines/{version}.json"
    return {path: written(outlines.outline(archive.document(version), version))}


@dataclass(frozen=True, slots=True)
class Life:
    """The file of a clause, its path, and what reads a content of it by its key."""

    path: str
    data: lives.Json
    read: Callable[[str], Node]


def life(archive: Archive, name: str, lineage: Lineage, published: Published) -> Life:
    """The life of a clause; what an older file of it says already is not made anew."""
    path = f"{files.folder(archive.policy)}clauses/{name}.json"
    older = _read(published(path))
    there = _states(older)
    known = older if there else None

    def read(key: str) -> Node:
        return archive.contents.get(key) or there.get(key) or _from_ledger(archive, lineage.points[name], key)

    def held(name: str, key: str) -> Node:
        return archive.contents.get(key) or _from_ledger(archive, lineage.points[name], key)

    made = lives.life(archive.policy, name, lineage.points[name], read, known)
    if name in lineage.heirs:
        made["heirs"] = list(lineage.heirs[name])
    if name in lineage.kept:
        made["handovers"] = handovers.to_json(lineage.kept[name], held, known)
    return Life(path, made, read)


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
