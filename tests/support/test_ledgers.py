"""Generated ledgers are what the program itself would have made."""

import json
from itertools import islice
from pathlib import Path

import pytest

from policypress import app
from policypress.core.ledger import Release, from_bytes, to_bytes
from policypress.core.releasing import RefusedError, Request
from policypress.read.ledger import ledger_files
from tests.support import ledgers
from tests.support.histories import tree

STEPS = list(islice(ledgers.history(), 4))
RELEASES = [release for step in STEPS if isinstance(release := from_bytes(step.data), Release)]


def test_a_generated_ledger_is_genuine_and_its_source_is_clean(tmp_path: Path) -> None:
    policy = ledgers.write(tmp_path, STEPS)
    verdict = app.verify(policy)
    assert (verdict.records, verdict.faults, verdict.remarks) == (len(STEPS), (), ())
    assert app.check(tmp_path).diagnostics == ()


def test_the_program_would_have_made_the_same_releases(tmp_path: Path) -> None:
    policy = ledgers.write(tmp_path, STEPS[:-1])
    ledgers.write_draft(tmp_path, STEPS[-1].draft)
    (policy / "changes").mkdir()
    note = {"format": 1, **RELEASES[-1].notes[0]}
    (policy / "changes/note.yaml").write_text(json.dumps(note, ensure_ascii=False), "utf-8")
    made = app.release(tmp_path, policy, Request(RELEASES[-1].recorded), dry_run=True)
    assert to_bytes(made.release) == STEPS[-1].data


def test_the_draft_says_what_the_newest_release_says(tmp_path: Path) -> None:
    policy = ledgers.write(tmp_path, STEPS)
    with pytest.raises(RefusedError, match="nothing was released") as refused:
        app.release(tmp_path, policy, Request(RELEASES[-1].recorded), dry_run=True)
    assert refused.value.reasons == ("nothing changed since 1.3.0",)


def test_each_release_rewords_five_clauses_in_both_languages_and_says_so() -> None:
    for release in RELEASES[1:]:
        assert [change["kind"] for change in release.changes] == ["reworded"] * ledgers.REWORDED
        assert {tuple(change["languages"]) for change in release.changes} == {ledgers.TAGS}
        assert release.severity == "minor"
        assert set(release.notes[0]["summary"]) == set(ledgers.TAGS)


def test_adding_a_step_gives_what_writing_all_of_them_gives(tmp_path: Path) -> None:
    ledgers.write(tmp_path / "grown", STEPS[:-1])
    ledgers.add(tmp_path / "grown", STEPS[-1])
    ledgers.write(tmp_path / "whole", STEPS)
    grown, whole = (
        {name: data for name, (data, _) in tree(tmp_path / root).items()} for root in ("grown", "whole")
    )
    assert grown == whole
    assert len(ledger_files(tmp_path / "grown/policy_src/privacy/releases")) == len(STEPS) + 1


def test_the_same_seed_gives_the_same_bytes_and_another_another_text() -> None:
    assert next(ledgers.history()).data == STEPS[0].data
    assert next(ledgers.history(1)).data != STEPS[0].data
