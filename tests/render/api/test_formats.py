"""Objects of format 1 as they were when it began: still valid, and texts still the same to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policypress.core.api.schemas import KINDS
from policypress.core.heads import head
from policypress.core.ledger import Release, from_bytes, sha256
from policypress.render.api.text import text
from tests.support.api import validators
from tests.support.paths import ROOT

FORMAT_1 = ROOT / "tests/fixtures/format-1"


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_an_object_of_format_1_is_valid_for_ever(kind: str) -> None:
    data = json.loads((FORMAT_1 / f"api/{kind}.json").read_bytes())
    assert data["format"] == 1
    validators()[kind].validate(data)


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_the_text_of_a_release_of_format_1_is_the_same_to_the_byte(tag: str) -> None:
    """Consent records hold its digest. A test that fails here is right: do not write the file anew."""
    data = (FORMAT_1 / "release.json").read_bytes()
    release = from_bytes(data)
    assert isinstance(release, Release)
    made = text(head(release, sha256(data)), release.document, tag)
    assert made == Path(FORMAT_1 / f"api/text-of-release.{tag}.json").read_bytes()
