"""From a tree to a model: every fault in one run, and what is sound is kept."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.source import ClauseFileSource, PolicySource
from policypress.read.validate import validate
from tests.core.drafts import POLICY, both

CLAUSE: dict[str, Any] = {
    "format": "1",
    "id": "use",
    "heading": both("Use", "使用"),
    "facts": [{"purpose": "Marketing"}],
    "children": [
        {"id": "use.a", "text": both("One.", "一。")},
        {"id": "use.b", "text": both("Two.", "二。")},
    ],
}


def clause_with(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CLAUSE), **changes}


def without(key: str, data: dict[str, Any] = CLAUSE) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


def faults(
    model: type[ClauseFileSource | PolicySource], data: Any
) -> list[tuple[str, tuple[str | int, ...]]]:
    return sorted((found.code, found.place.path) for found in validate(model, data, "f.yaml")[1])


def test_what_is_sound_has_no_findings() -> None:
    model, findings, changed = validate(ClauseFileSource, CLAUSE, "f.yaml")
    assert model is not None
    assert (findings, changed) == ([], set())
    assert validate(PolicySource, POLICY, "f.yaml")[1] == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (clause_with(colour="red"), [("S201", ("colour",))]),
        (clause_with(id="Use"), [("I301", ("id",))]),
        (clause_with(id=None), [("S203", ("id",))]),
        (clause_with(id=["a"]), [("S203", ("id",))]),
        (without("id"), [("S202", ())]),
        (without("format"), [("S202", ())]),
        (clause_with(format="2"), [("S204", ("format",))]),
        (clause_with(format={"a": "b"}), [("S204", ("format",))]),
        (clause_with(format=["1"]), [("S204", ("format",))]),
        (clause_with(kind="chapter"), [("S203", ("kind",))]),
        (clause_with(number="3"), [("S203", ("number",))]),
        (clause_with(restores="1.0"), [("S203", ("restores",))]),
        (clause_with(heading="Use"), [("S203", ("heading",))]),
        (clause_with(heading={"EN": "Use"}), [("L404", ("heading", "EN"))]),
        (clause_with(heading={"en": ["Use"]}), [("S203", ("heading", "en"))]),
        (clause_with(children={"id": "a"}), [("S203", ("children",))]),
        (clause_with(children=["a", {"id": "b"}]), [("S203", ("children", 0))]),
        (
            clause_with(children=[{"text": {}}, {"id": "B"}]),
            [("I301", ("children", 1, "id")), ("S202", ("children", 0))],
        ),
        (clause_with(facts=["a", {"b": ["c"]}]), [("S203", ("facts", 0)), ("S203", ("facts", 1, "b"))]),
        (clause_with(replaces=["a", "B", "c", "D"]), [("I301", ("replaces", 1)), ("I301", ("replaces", 3))]),
        ("text", [("S203", ())]),
        ([], [("S203", ())]),
        (None, [("S203", ())]),
        ({}, [("S202", ()), ("S202", ())]),
    ],
)
def test_each_fault_is_reported_once_at_its_place(
    data: Any, expected: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    assert faults(ClauseFileSource, data) == expected


@pytest.mark.parametrize(
    "key", [key for key, field in PolicySource.model_fields.items() if field.is_required()]
)
def test_a_missing_key_of_the_policy_is_named(key: str) -> None:
    _, (found,), _ = validate(PolicySource, without(key, POLICY), "f.yaml")
    assert (found.code, found.message) == ("S202", f"`{key}` is missing")


def test_all_faults_are_found_together_and_the_rest_is_kept() -> None:
    data = clause_with(id="1.2", colour="red", facts=["x", {"purpose": "Marketing"}])
    data["children"][0] = {"txet": {}, "text": both("One.", "一。")}
    del data["format"]
    model, _, changed = validate(ClauseFileSource, data, "f.yaml")
    assert faults(ClauseFileSource, data) == [
        ("I301", ("id",)),
        ("S201", ("children", 0, "txet")),
        ("S201", ("colour",)),
        ("S202", ()),
        ("S202", ("children", 0)),
        ("S203", ("facts", 0)),
    ]
    assert model is not None
    assert model.heading == CLAUSE["heading"]
    assert [child.text for child in model.children] == [both("One.", "一。"), both("Two.", "二。")]
    assert model.facts[1] == {"purpose": "Marketing"}
    assert ("children", 0, "id") in changed


def test_later_places_do_not_move_when_something_before_them_is_left_out() -> None:
    data = clause_with(children=["text", {"id": "use.b"}], replaces=["A", "b"])
    model, _, changed = validate(ClauseFileSource, data, "f.yaml")
    assert model is not None
    assert model.children[1].id == "use.b"
    assert model.replaces[1] == "b"
    assert changed == {("children", 0), ("replaces", 0)}


def test_without_its_languages_a_policy_is_beyond_use() -> None:
    assert validate(PolicySource, {**POLICY, "languages": {}}, "f.yaml")[0] is None
    assert faults(PolicySource, {**POLICY, "languages": {}}) == [("S203", ("languages",))]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("chidren", "children"), ("Heading", "heading"), ("txt", "text"), ("replace", "replaces")],
)
def test_a_misspelt_key_gets_a_suggestion(wrong: str, right: str) -> None:
    _, (found,), _ = validate(ClauseFileSource, clause_with(**{wrong: "x"}), "f.yaml")
    assert found.message == f"`{wrong}` is not known here; did you mean `{right}`?"
    assert found.place.on_key


def test_a_key_like_no_other_gets_none() -> None:
    _, (found,), _ = validate(ClauseFileSource, clause_with(zzzz="x"), "f.yaml")
    assert found.message == "`zzzz` is not known here"


def test_the_data_are_left_as_they_were() -> None:
    data = clause_with(id="1", colour="red", children=["x"])
    before = copy.deepcopy(data)
    validate(ClauseFileSource, data, "f.yaml")
    assert data == before


def test_messages_speak_of_lists_and_maps_not_of_python() -> None:
    data = clause_with(
        heading="x", children="x", facts=["x"], replaces={}, text=[], format=None, kind={}, restores=[]
    )
    for found in validate(ClauseFileSource, data, "f.yaml")[1]:
        assert not any(
            word in found.message.lower() for word in ("dict", "tuple", "str ", "input", "instance")
        )


words = st.sampled_from(["", "1", "use", "Use", "en", "zh-Hans", "none", "{n}", "[key]", "article", "str"])
keys = st.one_of(
    words, st.sampled_from([*ClauseFileSource.model_fields, *PolicySource.model_fields, "status", "label"])
)
anything = st.recursive(
    st.one_of(st.none(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=20,
)


@given(
    st.sampled_from([ClauseFileSource, PolicySource]), anything, st.dictionaries(keys, anything, max_size=5)
)
def test_any_data_give_a_model_or_findings(
    model: type[ClauseFileSource | PolicySource], data: Any, changes: dict[str, Any]
) -> None:
    sound = CLAUSE if model is ClauseFileSource else POLICY
    for one in (data, {**sound, **changes}):
        made, findings, changed = validate(model, one, "f.yaml")
        assert made is not None or findings
        assert bool(findings) == bool(changed) or made is None
