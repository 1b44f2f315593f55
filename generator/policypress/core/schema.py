"""The JSON Schemas of the source files, for editors that complete and check as people type."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from policypress.core.channels import NotifySource
from policypress.core.comparison_json import ComparisonJson, LifeJson
from policypress.core.source import ClauseFileSource, PolicySource
from policypress.core.suppressions import SuppressionsSource

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[str, type[BaseModel]] = {
    "clause": ClauseFileSource,
    "notify": NotifySource,
    "policy": PolicySource,
    "suppressions": SuppressionsSource,
}


_PUBLISHED: dict[str, type[BaseModel]] = {"diff": ComparisonJson, "history": LifeJson}


def published_schemas() -> dict[str, dict[str, Any]]:
    """The schemas of what programs receive, by file name: `diff.schema.json`, `history.schema.json`."""
    return {f"{name}.schema.json": _schema(name, model) for name, model in _PUBLISHED.items()}


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by file name: `clause.schema.json`, `notify.schema.json` ..."""
    return {f"{name}.schema.json": _schema(name, model) for name, model in _MODELS.items()}


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    made = model.model_json_schema()
    if "$ref" in made:
        # A model that holds itself is a reference to its own definition: open it up for simple tools.
        root = made["$defs"][made.pop("$ref").rsplit("/", 1)[-1]]
        made = {**root, **made}
    return {"$schema": DIALECT, "$id": f"urn:policypress:schema:{name}:1", **made}
