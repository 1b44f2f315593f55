"""Ids, kinds, file names and numbering templates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policypress.core.checks.structure import check
from policypress.core.diagnostics import Finding
from policypress.core.kinds import CHILDREN, Kind
from policypress.core.source import ClauseFile, Draft
from tests.core.drafts import POLICY, both, clause, codes, draft


def renamed(made: Draft, *names: str) -> Draft:
    files = (
        ClauseFile(f"policy_src/privacy/clauses/{name}", file.clause)
        for name, file in zip(names, made.clauses, strict=True)
    )
    return replace(made, clauses=tuple(files))


def test_a_sound_draft_is_left_alone() -> None:
    assert list(check(draft(clause("a", children=[clause("a.b")]), clause("use.b")))) == []


@pytest.mark.parametrize("name", ["01-a.yaml", "10-a.yaml", "100-a.yaml"])
def test_file_names(name: str) -> None:
    assert list(check(renamed(draft(clause("a")), name))) == []


@pytest.mark.parametrize(
    "name", ["a.yaml", "1-a.yaml", "01_a.yaml", "01-b.yaml", "01-a.yml", "01-A.yaml", "01-.yaml"]
)
def test_file_names_that_do_not_fit(name: str) -> None:
    assert codes(check(renamed(draft(clause("a")), name))) == ["S205"]


def test_the_third_file_of_a_number_is_told_of_the_first() -> None:
    made = renamed(draft(clause("a"), clause("b"), clause("c")), "01-a.yaml", "01-b.yaml", "01-c.yaml")
    assert [found.message for found in check(made)] == ["`01-a.yaml` has the number 01 too"] * 2


def test_a_duplicate_is_pointed_at_where_it_comes_second() -> None:
    twin = clause("b", children=[clause("a.b")])
    (found,) = check(draft(clause("a", children=[clause("a.b")]), twin))
    assert (found.code, found.place.file[-9:], found.place.path) == (
        "I302",
        "02-b.yaml",
        ("children", 0, "id"),
    )
    assert "01-a.yaml" in found.message


def test_the_folder_has_the_name_of_the_policy() -> None:
    (found,) = check(draft(clause("a"), id="terms"))
    assert (found.code, found.place.path) == ("I304", ("id",))


def test_what_was_taken_over_must_be_gone() -> None:
    assert list(check(draft(clause("a", replaces=["old"])))) == []
    (found,) = check(draft(clause("a", replaces=["old", "b"]), clause("b")))
    assert (found.code, found.place.path) == ("I306", ("replaces", 1))


def under(parent: Kind, child: Kind) -> list[Finding]:
    """Findings about a child, its parent standing where it may."""
    path = {kind: above for above, kinds in reversed(CHILDREN.items()) for kind in kinds if above is not kind}
    tree = clause("z", children=[clause("y", kind=child)], kind=parent)
    above = path[parent]
    while above is not None:
        tree = clause(f"above-{above}", children=[tree], kind=above)
        above = path[above]
    return list(check(draft(tree)))


@pytest.mark.parametrize("parent", Kind)
@pytest.mark.parametrize("child", Kind)
def test_kinds_stand_where_the_table_says(parent: Kind, child: Kind) -> None:
    assert codes(under(parent, child)) == ([] if child in CHILDREN[parent] else ["I303"])


@pytest.mark.parametrize("number", [{"number": "reserved"}, {"number": "reserved", "heading": None}])
def test_a_reserved_number_needs_no_content(number: dict[str, str | None]) -> None:
    assert list(check(draft({"id": "a", "heading": both("A", "甲"), **number}))) == []


@pytest.mark.parametrize(
    "content", [{"text": both("a", "甲")}, {"closing": both("a", "甲")}, {"children": [clause("b")]}]
)
def test_a_reserved_number_has_no_content(content: dict[str, object]) -> None:
    assert codes(check(draft({"id": "a", "number": "reserved", **content}))) == ["I308"]


def test_templates_are_looked_at_in_each_language() -> None:
    numbering = {**POLICY["numbering"], "section": {"label": "{n}", "cite": both("{n}", "第{x}条")}}
    (found,) = check(draft(clause("a"), numbering=numbering))
    assert (found.code, found.place.path) == ("I307", ("numbering", "section", "cite", "zh-Hans"))
