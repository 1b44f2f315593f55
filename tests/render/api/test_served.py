"""The API as a web server gives it, called as its description says and as it does not expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from policypress.core.api.schemas import KINDS, Kind
from tests.support.api import pattern
from tests.support.server import StaticServer, serving
from tests.tools import examples

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = [kind.name for kind in KINDS]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StaticServer, list[str]]]:
    """A server of the API below a path of its own, and the names of all its objects."""
    found = examples.objects(tmp_path_factory.mktemp("served") / "workspace")
    folder = tmp_path_factory.mktemp("api")
    for name, data in found.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with serving(folder, "/legal/api/v1/") as server:
        yield server, list(found)


@pytest.mark.parametrize("kind", KINDS, ids=OPERATIONS)
def test_every_answer_is_as_the_description_says(kind: Kind, served: tuple[StaticServer, list[str]]) -> None:
    server, names = served
    schema = schemathesis.openapi.from_url(server.address("openapi.json"))
    operation = schema[f"/{kind.path}"]["GET"]
    real = [found.groupdict() for name in names if (found := re.fullmatch(pattern(kind.path), name))]
    seen = set[int]()

    @given(case=operation.as_strategy(), known=st.sampled_from([{}, *real, *real]))
    @SETTINGS
    def called(case: Case[Any], known: dict[str, str]) -> None:
        case.path_parameters.update(known)
        response = case.call(base_url=server.url.rstrip("/"))
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    called()
    assert seen <= {200, 404}
    assert (200 in seen) == bool(real)


def test_a_wrong_object_is_found(tmp_path: Path) -> None:
    """The checks above can fail."""
    found = examples.objects(tmp_path / "workspace")
    (tmp_path / "index.json").write_bytes(found["index.json"].replace(b'"format":1', b'"format":2'))
    (tmp_path / "openapi.json").write_bytes(found["openapi.json"])
    with serving(tmp_path) as server:
        schema = schemathesis.openapi.from_url(server.address("openapi.json"))
        case = schema["/index.json"]["GET"].Case()
        response = case.call(base_url=server.url.rstrip("/"))
        with pytest.raises(BaseExceptionGroup) as raised:
            case.validate_response(response, checks=CHECKS)
    assert "Index/properties/format" in str(raised.value.exceptions[0])
