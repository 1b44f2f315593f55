"""What an app is told since a version: cases by hand, and beside a plain recomputation for random ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from policypress.core.heads import Head, head
from policypress.core.heads import timeline as head_timeline
from policypress.core.ledger import Predecessor, Record, Release, Withdrawal
from policypress.core.since import Answer, Paths
from tests.support.acceptance import START, ByHand, History, Told, document_of

# --- What the program says


def heads_of(records: Sequence[Record]) -> list[Head]:
    return [head(one, f"{one.sequence:064}") for one in records if isinstance(one, Release)]


def paths(records: Sequence[Record], at: datetime, heads: Sequence[Head] = ()) -> Paths:
    heads = heads or heads_of(records)
    withdrawn = {one.version: one.recorded for one in records if isinstance(one, Withdrawal)}
    return Paths(heads, head_timeline(heads, withdrawn), at)


def told(answer: Answer) -> Told:
    return Told(
        answer.verdict,
        answer.target.version,
        answer.severity,
        answer.action,
        tuple(one.version for one in answer.releases),
        frozenset(answer.net.added),
        frozenset(answer.net.removed),
        frozenset(answer.net.changed),
        {scope.id: (scope.version, scope.clauses) for scope in answer.scopes},
    )


def said(found: Paths, version: str) -> list[Told | None]:
    since = found.since(version)
    return [told(since.now) if since.now else None, *map(told, since.upcoming)]


@pytest.mark.parametrize("batch", range(10))
def test_random_ledgers_get_the_answers_that_one_finds_by_hand(batch: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(batch * 100, batch * 100 + 100):
        history = History(seed)
        heads = heads_of(history.records)
        for at in history.instants():
            found, by_hand = paths(history.records, at, heads), ByHand(history.records, at)
            for version in by_hand.releases:
                answers = said(found, version)
                assert answers == by_hand.said(version), (seed, at, version)
                seen.update(told.verdict for told in answers if told)
                seen["not yet"] += answers[0] is None
                seen["upcoming"] += len(answers) > 1
                seen["withdrawn"] += version in by_hand.withdrawn
                seen["scopes"] += any(told.scopes for told in answers if told)
                seen["unknown"] += any(one.effective is None for one in by_hand.releases.values())
    cases = ("same", "changed", "ahead", "not yet", "upcoming", "withdrawn", "scopes", "unknown")
    assert min(seen[case] for case in cases) > 5, seen


# --- By hand


def release(number: int, text: str, effective: int, **changes: Any) -> Release:
    made = Release(
        policy="privacy",
        version=f"{number}.0.0",
        sequence=number,
        recorded=START,
        published=START,
        effective=START + timedelta(days=effective),
        document=document_of((("a", text), ("b", "b"))),
        severity="minor",
        based_on=f"{number - 1}.0.0" if number > 1 else None,
    )
    return replace(made, **changes)


def asking(action: str, *scopes: str) -> dict[str, Any]:
    return {
        "summary": {"en": "Because."},
        "action": action,
        "scopes": [{"id": name, "clauses": ["a"], "declining": {"en": "Nothing."}} for name in scopes],
    }


FORTH = release(2, "y", 10, severity="material", notes=(asking("consent", "ads"),))
BACK = release(3, "x", 20, severity="editorial", notes=(asking("notify"),))
THERE_AND_BACK = [release(1, "x", 0), FORTH, BACK]


def on_day(records: Sequence[Record], version: str, day: int) -> list[Told | None]:
    return said(paths(records, START + timedelta(days=day)), version)


def test_what_was_changed_and_changed_back_still_counts_but_is_no_change_of_the_text() -> None:
    found = told_of(on_day(THERE_AND_BACK, "1.0.0", 25))
    assert (found.verdict, found.severity, found.action) == ("changed", "material", "consent")
    assert not found.changed
    assert found.releases == ("2.0.0", "3.0.0")


def told_of(answers: list[Told | None]) -> Told:
    assert answers[0]
    return answers[0]


def test_a_text_accepted_ahead_of_force_is_never_compared_backwards() -> None:
    now, second, third = on_day(THERE_AND_BACK, "2.0.0", 5)
    assert now == Told("ahead", "1.0.0")
    assert second == Told("same", "2.0.0")
    assert third
    assert (third.verdict, third.releases) == ("changed", ("3.0.0",))


def test_a_scope_whose_clauses_are_gone_need_not_be_agreed() -> None:
    gone = release(3, "x", 20, document=document_of((("b", "b"),)))
    assert told_of(on_day([*THERE_AND_BACK[:2], gone], "1.0.0", 15)).scopes == {"ads": ("2.0.0", ("a",))}
    found = told_of(on_day([*THERE_AND_BACK[:2], gone], "1.0.0", 25))
    assert (found.action, found.scopes) == ("consent", {})


def test_a_scope_asked_for_twice_is_asked_once_as_the_later_release_puts_it() -> None:
    again = release(3, "z", 20, notes=(asking("consent", "ads"),))
    assert told_of(on_day([*THERE_AND_BACK[:2], again], "1.0.0", 25)).scopes == {"ads": ("3.0.0", ("a",))}


def test_who_accepted_a_withdrawn_version_is_told_how_far_the_text_goes_back() -> None:
    withdrawal = Withdrawal("privacy", "2.0.0", 4, START, "A mistake.", Predecessor("3.0.0.json", ""))
    records: list[Record] = [release(1, "x", 0), FORTH, withdrawal]
    found = told_of(on_day(records, "2.0.0", 25))
    assert (found.verdict, found.severity, found.action) == ("changed", "material", "none")
    assert found.changed == {"a"}


def test_what_an_urgent_release_had_said_and_a_later_text_undoes_counts() -> None:
    """2.0.0 was scheduled first; 3.0.0 came before it, for 1.0.0, and 2.0.0 does not have what it says."""
    urgent = release(3, "z", 5, severity="material", based_on="1.0.0")
    later = replace(FORTH, severity="editorial", notes=())
    found = told_of(on_day([release(1, "x", 0), later, urgent], "3.0.0", 25))
    assert (found.target, found.severity) == ("2.0.0", "material")


def test_before_the_first_text_is_in_force_there_is_no_answer_about_now() -> None:
    now, *upcoming = on_day(THERE_AND_BACK, "1.0.0", -5)
    assert now is None
    assert [one and one.verdict for one in upcoming] == ["same", "changed", "changed"]


def test_without_any_text_that_binds_there_is_nothing_to_say() -> None:
    withdrawal = Withdrawal("privacy", "1.0.0", 2, START, "A mistake.", Predecessor("1.0.0.json", ""))
    assert on_day([release(1, "x", 10), withdrawal], "1.0.0", 25) == [None]
