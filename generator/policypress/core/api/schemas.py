"""The schemas of the API's objects, and the OpenAPI description of where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from policypress.core.api import answers, compared, record, shapes
from policypress.core.comparison_json import ChangesJson
from policypress.core.ids import CLAUSE_ID, POLICY_ID, VERSION
from policypress.core.schema import DIALECT

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: the name of its schema, its type, where it is, and whether its bytes ever change.

    An object that is only part of others is nowhere.
    """

    name: str
    shape: Any
    path: str
    immutable: bool = False
    missing: str = "There is no such policy, version or language."


_UNKNOWN = (
    "This version is not known here. Where it was accepted by somebody, act as if nothing had been: ask "
    "since the oldest version in the schedule of index.json, where every scope is, and ask for consent."
)
# In the order in which a client comes to know them.
KINDS = (
    Kind("index", shapes.Index, "index.json", missing="Nothing is published here."),
    Kind("versions", shapes.Versions, "policies/{policy}/versions.json"),
    Kind("release", record.Record, "policies/{policy}/versions/{version}.json", immutable=True),
    Kind("text", shapes.Text, "policies/{policy}/versions/{version}.{language}.json", immutable=True),
    Kind(
        "since",
        answers.Since | answers.Elsewhere,
        "policies/{policy}/since/{version}.{language}.json",
        missing=_UNKNOWN,
    ),
    Kind("earlier", answers.Earlier, "policies/{policy}/since/earlier-{chapter}.{language}.json"),
    Kind("changes", ChangesJson, "policies/{policy}/changes/{version}.json", immutable=True),
    Kind("outline", compared.Outline, "policies/{policy}/outlines/{version}.json", immutable=True),
    Kind("clause", compared.Life, "policies/{policy}/clauses/{clause}.json"),
    Kind("details", compared.Details, "policies/{policy}/details.json"),
)
PARAMETERS: Mapping[str, Json] = {
    "policy": {"type": "string", "pattern": POLICY_ID},
    "version": {"type": "string", "pattern": VERSION},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
    "clause": {"type": "string", "pattern": CLAUSE_ID},
    "chapter": {"type": "integer", "minimum": 0},
}


def api_schemas() -> dict[str, Json]:
    """Each schema by file name: `index.json`, `versions.json` ..."""
    return {f"{kind.name}.json": _schema(kind) for kind in KINDS}


def _schema(kind: Kind) -> Json:
    made: Json = _open(TypeAdapter(kind.shape).json_schema())
    if "$ref" in made:
        # A type that holds itself is a reference to its own definition: open it up for simple tools.
        made = {**made["$defs"][made.pop("$ref").rsplit("/", 1)[-1]], **made}
    return {"$schema": DIALECT, "$id": f"urn:policypress:api:{kind.name}:1", **made}


def _open(schema: Any) -> Any:
    """A schema that lets in keys that are added later, as clients must."""
    match schema:
        case dict():
            kept = {name: part for name, part in schema.items() if (name, part) != _CLOSED}
            return {name: _open(part) for name, part in kept.items()}
        case list():
            return [_open(part) for part in schema]
        case _:
            return schema


_CLOSED = ("additionalProperties", False)


def openapi() -> Json:
    """Where every kind of object is, and of what shape."""
    references, found = TypeAdapter.json_schemas(
        [(kind.name, "serialization", TypeAdapter(kind.shape)) for kind in KINDS],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Policies",
            "version": "1",
            "summary": "What policies say, said and will say, and what changed since a version was accepted.",
        },
        "servers": [{"url": "."}],
        "paths": {f"/{kind.path}": {"get": _get(kind, references)} for kind in KINDS},
        "components": {"schemas": _open(found["$defs"])},
    }


def _get(kind: Kind, references: Mapping[Any, Json]) -> Json:
    content = {"application/json": {"schema": references[kind.name, "serialization"]}}
    return {
        "operationId": kind.name,
        "summary": (kind.shape.__doc__ or "") if isinstance(kind.shape, type) else answers.Since.__doc__,
        "description": "Its bytes never change." if kind.immutable else "It changes with every release.",
        "parameters": [*_parameters(kind.path)],
        "responses": {
            "200": {"description": "The object.", "content": content},
            "404": {"description": kind.missing, "content": {"*/*": {}}},
        },
    }


def _parameters(path: str) -> Iterable[Json]:
    for name, schema in PARAMETERS.items():
        if f"{{{name}}}" in path:
            yield {"name": name, "in": "path", "required": True, "schema": schema}
