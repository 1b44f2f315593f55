"""What a text says, whatever numbers and values it shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from policypress.core.canonical import digest
from policypress.core.digests import said, titled
from policypress.core.text import Ref, Text, Var
from tests.support.documents import node


def test_a_reference_says_its_target_and_a_variable_its_name() -> None:
    one = replace(node("use"), text={"en": ((Ref("share", "2.1"), Var("hotline", "400")),)}, heading={})
    other = replace(one, text={"en": ((Ref("share", "3.7"), Var("hotline", "500")),)})
    runs = [{"ref": "share", "label": ""}, {"var": "hotline", "value": ""}]
    assert said(one, "en") == said(other, "en") == [[runs], []]


def test_text_and_closing_and_paragraphs_are_kept_apart() -> None:
    parts = [
        node("use", text={"en": "a\n\nb"}),
        node("use", text={"en": "a"}, closing={"en": "b"}),
        node("use", closing={"en": "a\n\nb"}),
        node("use", text={"en": "ab"}),
        node("use", text={"en": "**a**b"}),
        node("use", text={"en": "[a](https://x.example)b"}),
        node("use", text={"en": "[a](https://y.example)b"}),
    ]
    assert len({digest(said(part, "en")) for part in parts}) == len(parts)


def test_a_heading_is_said_apart() -> None:
    made = node("use", heading={"en": "Use"})
    assert titled(made, "en") == ["Use"]
    assert said(made, "en") == [[], []]
    assert titled(made, "fr") == []


def test_a_digest_is_that_of_canonical_json() -> None:
    assert digest({"b": 1, "a": "中"}) == hashlib.sha256('{"a":"中","b":1}'.encode()).hexdigest()


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_the_order_of_keys_does_not_matter(data: dict[str, str]) -> None:
    assert digest(data) == digest(dict(reversed(data.items())))


def test_a_lone_surrogate_has_a_digest() -> None:
    assert digest(said(replace(node("use"), text={"en": ((Text("\ud800"),),)}), "en"))
