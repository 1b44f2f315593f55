"""The table of kinds."""

from __future__ import annotations

from itertools import pairwise

import pytest

from policypress.core.kinds import CHILDREN, Kind, default_kind


def test_the_table_says_of_every_kind_what_may_stand_under_it() -> None:
    assert set(CHILDREN) == {None, *Kind}


def test_every_kind_can_stand_somewhere() -> None:
    assert {kind for children in CHILDREN.values() for kind in children} == set(Kind)


def test_articles_and_notices_stand_only_at_the_top() -> None:
    below = {kind for parent, children in CHILDREN.items() if parent is not None for kind in children}
    assert below.isdisjoint({Kind.ARTICLE, Kind.NOTICE})


@pytest.mark.parametrize("children", CHILDREN.values())
def test_no_kind_stands_twice_in_a_row_of_the_table(children: tuple[Kind, ...]) -> None:
    assert len(set(children)) == len(children) > 0


def test_without_a_word_about_kinds_articles_hold_sections_that_hold_clauses_that_hold_items() -> None:
    line = [None, Kind.ARTICLE, Kind.SECTION, Kind.CLAUSE, Kind.ITEM, Kind.ITEM]
    assert [default_kind(parent) for parent, _ in pairwise(line)] == line[1:]
