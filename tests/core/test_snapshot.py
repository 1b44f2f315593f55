"""A document as JSON and back: nothing is lost, whatever it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from policypress.core import snapshot
from policypress.core.assemble import assemble
from policypress.core.model import Document
from policypress.read.workspace import read_policy
from tests.support.documents import document, documents, node
from tests.support.paths import ROOT


def as_file(made: Document) -> bytes:
    return json.dumps(snapshot.to_json(made), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def test_the_real_policy_survives() -> None:
    draft = read_policy(ROOT, ROOT / "policy_src/privacy").draft
    assert draft
    made = assemble(draft)
    assert snapshot.from_json(json.loads(as_file(made))) == made


# Lone surrogates too: a file written with `surrogatepass` holds them, which other JSON readers may not.
@settings(max_examples=50)
@given(documents)
def test_any_document_survives_its_file(made: Document) -> None:
    assert snapshot.from_json(json.loads(as_file(made))) == made


@settings(max_examples=50)
@given(documents)
def test_the_same_document_gives_the_same_bytes(made: Document) -> None:
    assert as_file(snapshot.from_json(json.loads(as_file(made)))) == as_file(made)


def test_what_a_clause_does_not_have_is_left_out() -> None:
    made = snapshot.to_json(document(nodes=(node("use"),)))
    assert list(made["nodes"][0]) == ["id", "kind", "labels"]


def test_fields_keep_their_order() -> None:
    assert list(snapshot.to_json(document())) == [
        *("policy", "title", "languages", "source_language", "prevailing", "time_zone", "publisher"),
        *("notice_days", "variables", "nodes"),
    ]


@pytest.mark.parametrize(
    "run", [5, None, ["x"], {}, {"ref": "use"}, {"ref": 5, "label": ""}, {"var": "x", "value": 5}]
)
def test_what_is_no_inline_run_is_refused(run: object) -> None:
    with pytest.raises(ValueError, match="not an inline run"):
        snapshot.runs_from_json([run])
