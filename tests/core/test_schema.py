"""The published JSON Schemas say what the models accept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policypress.core.channels import NotifySource
from policypress.core.schema import schemas
from policypress.core.source import ClauseFileSource, PolicySource, SourceModel
from policypress.core.suppressions import SuppressionsSource

PUBLISHED = schemas()


def test_there_is_one_for_each_kind_of_file() -> None:
    assert sorted(PUBLISHED) == [
        "clause.schema.json",
        "notify.schema.json",
        "policy.schema.json",
        "suppressions.schema.json",
    ]


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("clause.schema.json", ClauseFileSource),
        ("notify.schema.json", NotifySource),
        ("policy.schema.json", PolicySource),
        ("suppressions.schema.json", SuppressionsSource),
    ],
)
def test_it_completes_every_key_at_its_root(name: str, model: type[SourceModel]) -> None:
    made = PUBLISHED[name]
    assert set(made["properties"]) == set(model.model_fields)
    assert made["additionalProperties"] is False
    assert set(made["required"]) == {key for key, field in model.model_fields.items() if field.is_required()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_is_plain_json_whose_references_lead_somewhere(name: str) -> None:
    made = PUBLISHED[name]
    assert json.loads(json.dumps(made)) == made
    for reference in references(made):
        assert reference.removeprefix("#/$defs/") in made["$defs"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_says_which_dialect_and_format_it_is(name: str) -> None:
    made = PUBLISHED[name]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["$id"] == f"urn:policypress:schema:{name.removesuffix('.schema.json')}:1"
    assert made["properties"]["format"]["const"] == 1


def test_it_holds_the_words_that_editors_offer() -> None:
    clause = PUBLISHED["clause.schema.json"]
    assert "article" in clause["$defs"]["Kind"]["enum"]
    assert clause["properties"]["id"]["pattern"].startswith("^[a-z]")


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [found for value in part.values() for found in references(value)]
    if isinstance(part, list):
        return [found for value in part for found in references(value)]
    return []
