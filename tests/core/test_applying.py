"""Changes put into effect: there and back, to the letter, between any two documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from policypress.core.applying import MismatchError, apply
from policypress.core.diff import diff
from policypress.core.model import Document
from tests.support.documents import document, documents


@settings(max_examples=100)
@given(documents, documents)
def test_changes_lead_from_the_old_document_to_the_new_one_and_back(old: Document, new: Document) -> None:
    changes = diff(old, new)
    assert apply(changes, old) == new
    assert apply(changes.inverse(), new) == old


@settings(max_examples=50)
@given(documents, documents)
def test_the_way_back_is_the_comparison_the_other_way_round(old: Document, new: Document) -> None:
    """But for which siblings moved: where two ways are as short, each direction may take its own."""
    there, back = (
        {
            (change.fingerprint, change.rules)
            for change in changes
            if change.kind not in {"moved", "renumbered"}
        }
        for changes in (diff(old, new).inverse(), diff(new, old))
    )
    assert there == back


@pytest.mark.parametrize(
    "other",
    [
        replace(document(), title={"en": "Other"}),
        replace(document(), nodes=document().nodes[1:]),
        replace(document(), nodes=(*document().nodes, replace(document().nodes[0], id="new"))),
        replace(document(), nodes=(*document().nodes[:2], replace(document().nodes[2], text={}))),
    ],
    ids=["title", "a clause less", "a clause more", "a text"],
)
def test_changes_of_another_document_are_refused(other: Document) -> None:
    new = replace(
        document(), title={"en": "New"}, nodes=(replace(document().nodes[2], text={}), document().nodes[0])
    )
    with pytest.raises(MismatchError, match="is not as it was"):
        apply(diff(document(), new), other)
