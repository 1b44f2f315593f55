"""The grammar of permanent ids."""

from __future__ import annotations

import pytest

from policypress.core.ids import MAX_ID_LENGTH, is_clause_id, is_policy_id, is_version


@pytest.mark.parametrize(
    "text", ["use", "use.security", "third-party.links", "a1.b-2.c", "x" * MAX_ID_LENGTH]
)
def test_clause_ids(text: str) -> None:
    assert is_clause_id(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a--b",
            "a.-b",
            "1",
            "1.2",
            "a.1",
            "A",
            "aB",
            "a_b",
            "a b",
        ),
        *("a\n", "é", "使用", "a/b", "../a", "x" * (MAX_ID_LENGTH + 1)),
    ],
)
def test_what_is_no_clause_id(text: str) -> None:
    assert not is_clause_id(text)
    assert not is_policy_id(text)


def test_a_policy_id_is_one_word_as_it_names_a_folder() -> None:
    assert is_policy_id("user-agreement")
    assert not is_policy_id("user.agreement")


@pytest.mark.parametrize("text", ["0.0.0", "1.0.0", "1.10.0", "10.20.30"])
def test_versions(text: str) -> None:
    assert is_version(text)


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.00.0", "v1.0.0", "1.0.0-a", "1.0.0\n", "١.٠.٠"]
)
def test_what_is_no_version(text: str) -> None:
    assert not is_version(text)
