"""Every row of tests/cases/diff gives exactly its changes, with their rules and floors.

A row is a clause's text before and after (`tag` says in which language), clauses before and after, or fields
of the policy. A change is written `kind place rule+rule floor`; the place is left out where a row has one.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from policypress.core.applying import apply
from policypress.core.assemble import assemble
from policypress.core.changes import ChangeSet
from policypress.core.diff import diff
from policypress.core.model import Document
from policypress.core.rules import RULES
from tests.core.drafts import both, draft
from tests.support.cases import case_rows

Row = dict[str, Any]
HAN = re.compile(r"[\u4e00-\u9fff]")


ROWS = case_rows()


def documents(row: Row) -> tuple[Document, Document]:
    """The documents of a row."""
    if isinstance(row["old"], str):
        one, other = (_text(row["tag"], row[side]) for side in ("old", "new"))
    elif row["file"] == "document.yaml":
        one, other = (_clauses({"a": ["We use it.", "我们使用。"]}, row[side]) for side in ("old", "new"))
    else:
        policy = row.get("policy", {})
        one = _clauses(row["old"], policy)
        other = _clauses(row["new"], {**policy, **row.get("new_policy", {})})
    return one, other


def _text(tag: str, text: str) -> Document:
    named = {tag: "x"}
    return assemble(
        draft(
            {"id": "a", "text": {tag: text}},
            title=named,
            languages={tag: {"status": "official"}},
            source_language=tag,
            publisher={"name": named, "contact": named},
            numbering={},
        )
    )


def _clauses(clauses: dict[str, Any], policy: dict[str, Any]) -> Document:
    return assemble(draft(*_sources(clauses), **policy))


def _sources(clauses: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        _source(name, said if isinstance(said, dict) else {"text": said}) for name, said in clauses.items()
    ]


def _source(name: str, said: dict[str, Any]) -> dict[str, Any]:
    made = {key: both(*value) if key in {"text", "heading"} else value for key, value in said.items()}
    return {"id": name, **made, "children": _sources(said.get("children", {}))}


def shown(changes: ChangeSet, *, places: bool) -> list[str]:
    """The changes as the rows write them."""
    lines = []
    for change in changes:
        place = " ".join(part for part in (change.clause, change.field) if part) if places else ""
        rules = "+".join(rule.id for rule in change.rules)
        lines.append(" ".join(part for part in (change.kind, place, rules, change.floor.floor_word) if part))
    return lines


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['file']}: {row['name']}")
def test_a_row_gives_its_changes_and_no_others(row: Row) -> None:
    old, new = documents(row)
    changes = diff(old, new)
    expected = [row["changes"]] if isinstance(row["changes"], str) else row["changes"]
    assert shown(changes, places=not isinstance(row["changes"], str)) == expected
    assert apply(changes, old) == new
    assert apply(changes.inverse(), new) == old


def test_the_rows_show_every_rule_and_half_of_them_are_chinese() -> None:
    written = [str(row["changes"]) for row in ROWS]
    assert [rule for rule in RULES if not any(rule in line for line in written)] == []
    chinese = [row for row in ROWS if HAN.search(row["name"])]
    assert len(ROWS) >= 80
    assert len(chinese) * 2 >= len(ROWS)
