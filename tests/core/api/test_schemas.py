"""The schemas and the OpenAPI description are valid, and say what they should."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from policypress.core.api.schemas import KINDS, api_schemas, openapi
from tests.support.api import validators

SINCE = {
    "format": 1,
    "policy": "privacy",
    "version": "1.0.0",
    "language": "en",
    "sequence": 1,
    "as_of": "2026-01-05T10:00:00+08:00",
}


@pytest.mark.parametrize("name", api_schemas())
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(api_schemas()[name])


def test_the_description_is_one_of_openapi_3_1() -> None:
    found = openapi()
    validate(found)
    assert found["openapi"].startswith("3.1.")
    assert list(found["paths"]) == [f"/{kind.path}" for kind in KINDS]


def test_an_address_that_is_not_there_has_a_meaning() -> None:
    for path in openapi()["paths"].values():
        assert path["get"]["responses"]["404"]["description"]
    told = openapi()["paths"]["/policies/{policy}/since/{version}.{language}.json"]["get"]["responses"]["404"]
    assert "ask for consent" in told["description"]


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"version": "v1"},
        {"as_of": "2026-01-05T10:00:00"},
        {"as_of": None},
        {"sequence": 1.5},
        {"language": "English"},
        {"now": {"verdict": "same"}},
    ],
)
def test_a_schema_refuses_what_clients_could_not_read(changed: dict[str, Any]) -> None:
    known = validators()["since"]
    known.validate(SINCE)
    assert not known.is_valid({**SINCE, **changed})


def test_objects_may_get_more_keys_and_words() -> None:
    """What a client validates with today must take what is added tomorrow."""
    assert '"additionalProperties": false' not in json.dumps(api_schemas())
    more = {**copy.deepcopy(SINCE), "more": 1}
    validators()["since"].validate(more)
    assert not validators(closed=True)["since"].is_valid(more)
