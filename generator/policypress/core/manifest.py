"""What a build put into the site, and of what: decides, by digests alone, what the next one may keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 4  # heads of another format are read again
FRAME = "frame"  # the unit of what stands around the pages, such as the sitemap


@dataclass(frozen=True, slots=True)
class Kept:
    """A unit of the site as it was built: the digest of all that went into it, and its files."""

    key: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`inputs` is the digest of everything, empty while a build is under way.

    It holds from the instant `since` until `until` (ISO 8601, empty: for ever). `files` are those of no
    unit; `heads` (see core/heads.py, as JSON) spare reading the releases again.
    """

    inputs: str = ""
    since: str = ""
    until: str = ""
    units: Mapping[str, Kept] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    heads: Mapping[str, list[Any]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """All files that are ours."""
        return {*self.files, *(name for unit in self.units.values() for name in unit.files)}

    def under_way(self, after: Manifest) -> Manifest:
        """What is true between this state and another: only what both have alike is known to be whole."""
        alike = {name: unit for name, unit in self.units.items() if after.units.get(name) == unit}
        kept = {name for unit in alike.values() for name in unit.files}
        return Manifest(units=alike, files=tuple(sorted((self.names | after.names) - kept)), heads=self.heads)


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as a file."""
    optional = {
        "inputs": manifest.inputs,
        "since": manifest.since,
        "until": manifest.until,
        "units": {name: [unit.key, *unit.files] for name, unit in sorted(manifest.units.items())},
        "heads": dict(sorted(manifest.heads.items())),
    }
    parts = {"format": FORMAT, **{name: part for name, part in optional.items() if part}}
    parts["files"] = list(manifest.files)
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> Manifest:
    """The manifest of a file; an empty one if that is not known for sure."""
    try:
        return _manifest(json.loads(data))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Manifest()


def _manifest(found: Mapping[str, Any]) -> Manifest:
    return Manifest(
        inputs=_text(found.get("inputs", "")),
        since=_text(found.get("since", "")),
        until=_text(found.get("until", "")),
        units={name: Kept(_text(unit[0]), _names(unit[1:])) for name, unit in found.get("units", {}).items()},
        files=_names(found["files"]),
        heads=_heads(found) if found.get("format") == FORMAT else {},
    )


def _heads(found: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {policy: list(ones) for policy, ones in found.get("heads", {}).items()}


def _names(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError("not a list of names")
    return tuple(_text(name) for name in found)


def _text(found: object) -> str:
    if not isinstance(found, str) or not found.isprintable():
        raise TypeError("not a name")
    return found
