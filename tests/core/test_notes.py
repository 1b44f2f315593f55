"""Change notes: which speak of a change, and what a release keeps of them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from policypress.core.assemble import assemble
from policypress.core.diff import diff
from policypress.core.notes import NoteFile, NoteSource, about, note_to_json
from tests.core.drafts import clause, draft

SUMMARY = {"en": "We say it better.", "zh-Hans": "我们改进了表述。"}


def note(*fingerprints: str, **more: Any) -> NoteSource:
    data = {"format": "1", "fingerprints": fingerprints, "summary": SUMMARY, **more}
    return NoteSource.model_validate(data)


def test_a_note_speaks_of_a_change_by_any_of_its_fingerprints() -> None:
    changes = diff(assemble(draft(clause("use"))), assemble(draft(clause("use", "We hold it."))))
    (change,) = changes.changes
    both = NoteFile("a.yaml", note("0" * 12, change.fingerprint))
    other = NoteFile("b.yaml", note("0" * 12))
    assert about((both, other), changes) == (both,)
    assert about((), changes) == ()


def test_a_release_keeps_what_was_decided_and_nothing_unsaid() -> None:
    assert note_to_json(note("0" * 12)) == {"fingerprints": ["0" * 12], "summary": SUMMARY}
    scope = {"id": "ads", "clauses": ["use"], "separate": "true", "declining": SUMMARY}
    kept = note_to_json(
        note("0" * 12, action="consent", scopes=[scope], severity="material", override={"reason": SUMMARY})
    )
    assert kept["action"] == "consent"
    assert kept["scopes"] == [{"id": "ads", "clauses": ["use"], "separate": True, "declining": SUMMARY}]
    assert (kept["severity"], kept["override"]) == ("material", {"reason": SUMMARY})


@pytest.mark.parametrize(
    "wrong",
    [
        {"fingerprints": []},
        {"fingerprints": ["0" * 11]},
        {"fingerprints": ["G" * 12]},
        {"action": "agree"},
        {"severity": "huge"},
        {"format": "2"},
        {"sumary": SUMMARY},
        {"scopes": [{"id": "ads", "clauses": [], "declining": SUMMARY}]},
    ],
)
def test_a_note_that_says_something_else_is_refused(wrong: dict[str, Any]) -> None:
    data = {"format": "1", "fingerprints": ["0" * 12], "summary": SUMMARY, **wrong}
    with pytest.raises(ValidationError):
        NoteSource.model_validate(data)
