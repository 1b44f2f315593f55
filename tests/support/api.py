"""The API of a site as objects, each with the schema that it must follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator

from policypress.core.api.schemas import KINDS, api_schemas

ROOT = "api/v1/"
_PART = {
    "clause": r"[a-z0-9.-]+",
    "policy": r"[a-z0-9-]+",
    "version": r"\d+\.\d+\.\d+",
    "language": r"[A-Za-z][A-Za-z0-9-]*",
    "chapter": r"\d+",
}


def kind_of(path: str) -> str:
    """The kind of the object at a path in the API."""
    return next(kind.name for kind in KINDS if re.fullmatch(pattern(kind.path), path))


def pattern(path: str) -> str:
    """A pattern of the paths of one kind, its parameters as groups."""
    parts = re.split(r"\{(\w+)\}", path)
    return "".join(
        f"(?P<{part}>{_PART[part]})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )


def objects(files: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
    """Every object by its path in the API, but for the descriptions of them."""
    for name, content in files.items():
        path = name.removeprefix(ROOT)
        if name.startswith(ROOT) and path != "openapi.json" and not path.startswith("schemas/"):
            yield path, json.loads(content)


def validators(*, closed: bool = False) -> dict[str, Validator]:
    """By kind. A closed one finds fault also with keys that its schema does not know."""
    return {
        name.removesuffix(".json"): Draft202012Validator(
            _closed(schema) if closed else schema, format_checker=FormatChecker()
        )
        for name, schema in api_schemas().items()
    }


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _closed(part) for name, part in schema.items()}
    return {**made, "additionalProperties": False} if isinstance(made.get("properties"), dict) else made


def faults(files: Mapping[str, bytes], *, closed: bool = True) -> list[str]:
    """What is wrong with the objects of a site."""
    known = validators(closed=closed)
    return [
        f"{path}: {error.json_path}: {error.message}"
        for path, data in objects(files)
        for error in known[kind_of(path)].iter_errors(data)
    ]
