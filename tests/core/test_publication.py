"""What a site owes the ledger, file by file."""

from __future__ import annotations

import json

import pytest

from policypress.core import publication
from tests.support.histories import at

NOW = at("2026-06-01T00:00")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en/privacy/1.0.0/index.html", "R902"),
        ("en/privacy/1.0.0/changes/index.html", "R902"),
        ("en/privacy/1.0.0/search/search_index.json", "R902"),
        ("api/v1/policies/privacy/versions/1.0.0.json", "R902"),
        ("api/v1/policies/privacy/versions/1.0.0.zh-Hans.json", "R902"),
        ("api/v1/policies/privacy/changes/1.0.0.json", "R902"),
        ("api/v1/policies/privacy/outlines/1.0.0.json", "R902"),
        ("api/v1/policies/privacy/since/1.0.0.en.json", "R904"),
        ("api/v1/policies/privacy/versions.json", "R904"),
        ("api/v1/index.json", "R904"),
        ("en/privacy/index.html", "R904"),
        ("index.html", "R904"),
    ],
)
def test_what_belongs_to_one_version_may_not_change_and_the_rest_follows_the_ledger(
    name: str, code: str
) -> None:
    assert publication.compared(name, b"x", b"x") is None
    other, missing = publication.compared(name, b"x", b"y"), publication.compared(name, b"x", None)
    assert other is not None
    assert missing is not None
    assert (other.code, missing.code) == (code, "R903" if code == "R902" else code)
    assert other.file == name


@pytest.mark.parametrize(
    ("next_transition", "number"),
    [("2026-06-01T00:00:00+08:00", 1), ("2026-06-01T00:00:01+08:00", 0), ("soon", 0), (None, 0), (7, 0)],
)
def test_a_site_is_late_from_the_instant_of_its_next_transition(next_transition: object, number: int) -> None:
    found = list(publication.passed(json.dumps({"next_transition": next_transition}).encode(), NOW))
    assert [one.code for one in found] == ["R904"] * number


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"versions": 1}', b'{"versions": [{}]}'])
def test_a_list_that_cannot_be_read_says_nothing(data: bytes) -> None:
    assert list(publication.passed(data, NOW)) == []
    assert list(publication.unknown("versions.json", data, ())) == []


def test_a_published_version_must_be_in_the_ledger() -> None:
    listed = json.dumps({"versions": [{"version": "1.0.0"}, {"version": "1.1.0"}, {"version": "\n"}]})
    (found,) = publication.unknown("versions.json", listed.encode(), {"1.0.0"})
    assert (found.code, found.message) == ("R905", "lists 1.1.0, which is not in the ledger here")
