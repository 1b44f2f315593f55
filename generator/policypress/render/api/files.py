"""Where the API's objects are, and how they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping

ROOT = "api/v1/"
INDEX = f"{ROOT}index.json"
OPENAPI = f"{ROOT}openapi.json"
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def folder(policy: str) -> str:
    """The folder of a policy's objects."""
    return f"{ROOT}policies/{policy}/"


def versions(policy: str) -> str:
    """The list of all versions."""
    return f"{folder(policy)}versions.json"


def record(policy: str, version: str) -> str:
    """A version's record."""
    return f"{folder(policy)}versions/{version}.json"


def text(policy: str, version: str, tag: str) -> str:
    """A version in one language."""
    return f"{folder(policy)}versions/{version}.{tag}.json"


def changes(policy: str, version: str) -> str:
    """What a version changed in the text that it amends."""
    return f"{folder(policy)}changes/{version}.json"


def since(policy: str, version: str, tag: str) -> str:
    """What changed since a version."""
    return f"{folder(policy)}since/{version}.{tag}.json"


def earlier(policy: str, chapter: int, tag: str) -> str:
    """The same for old versions, many in one object."""
    return f"{folder(policy)}since/earlier-{chapter}.{tag}.json"


def to_bytes(data: Mapping[str, object]) -> bytes:
    """An object as a file: one line, keys in the order given."""
    return encode(f"{to_text(data)}\n")


def to_text(data: object) -> str:
    """A value as JSON without needless spaces."""
    return _encoder.encode(data)


def encode(text: str) -> bytes:
    """JSON as UTF-8. Half a surrogate pair is no UTF-8: a text that has one is written in ASCII."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return "".join(_escaped(character) for character in text).encode()


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if "\ud800" <= character <= "\udfff" else character
