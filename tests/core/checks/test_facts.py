"""Facts use the vocabulary, and a near miss is named."""

from __future__ import annotations

import re

import pytest

from policypress.core.checks.facts import check
from policypress.core.diagnostics import Finding
from policypress.core.vocabulary import KEYS, is_term, terms
from policypress.core.vocabulary_terms import PATTERNS, TERMS
from tests.core.drafts import clause, draft


def findings(*facts: dict[str, str]) -> list[Finding]:
    return list(check(draft(clause("a", children=[clause("a.b", facts=list(facts))]))))


@pytest.mark.parametrize(("key", "term"), [(key, term) for key in TERMS for term in terms(key)])
def test_every_term_may_be_used(key: str, term: str) -> None:
    assert findings({key: term}) == []


@pytest.mark.parametrize(
    ("key", "term"),
    [
        *[
            ("retention", term)
            for term in ("P30D", "P6M", "P1Y", "P1Y6M", "P2W", "PT24H", "P1Y2M3D", "P1M15D")
        ],
        *[("location", term) for term in ("CN", "CN-JS", "US-CA", "FR-75")],
    ],
)
def test_periods_and_places_follow_a_pattern(key: str, term: str) -> None:
    assert findings({key: term}) == []


@pytest.mark.parametrize(
    ("key", "term", "named"),
    [
        ("purpose", "Marketting", "did you mean `Marketing`"),
        ("purpose", "marketing", "did you mean `Marketing`"),
        ("purpose", "Xyzzy", "`Xyzzy` is not a term for purpose"),
        ("purpos", "Marketing", "did you mean `purpose`"),
        ("retention", "P", "`P` is not a term for retention"),
        ("retention", "30 days", "is not a term for retention"),
        ("retention", "P30D\n", "is not a term for retention"),
        ("location", "China", "is not a term for location"),
        ("data", "", "`` is not a term for data"),
    ],
)
def test_what_the_vocabulary_does_not_know(key: str, term: str, named: str) -> None:
    (found,) = findings({"data": "Name"}, {key: term})
    assert found.code == "F701"
    assert named in found.message
    assert found.place.path == ("children", 0, "facts", 1, key)
    assert found.place.on_key is (key not in KEYS)


def test_terms_are_described_in_both_languages_and_point_at_dpv_or_nowhere() -> None:
    described = [term for of_key in TERMS.values() for term in of_key.values()]
    assert all(term.en and term.zh for term in described)
    assert all(re.fullmatch(r"(https://w3id\.org/dpv(/\w+)?#\w+)?", term.iri) for term in described)


def test_an_iri_of_dpv_ends_in_the_name_of_its_term() -> None:
    for of_key in TERMS.values():
        for name, term in of_key.items():
            assert not term.iri or term.iri.rsplit("#", 1)[1] == name


def test_a_kind_of_fact_takes_terms_or_a_pattern() -> None:
    assert set(TERMS).isdisjoint(PATTERNS)
    assert not is_term("nothing", "Name")
