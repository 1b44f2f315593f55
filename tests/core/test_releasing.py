"""From a draft to a release: what is refused, in plain words and all at once, and what is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policypress.core.errors import SourceError
from policypress.core.layout import SUMS
from policypress.core.ledger import from_bytes
from policypress.core.releasing import RefusedError
from tests.support.histories import Workspace, at, tree, workspace

FIRST = "2026-01-05T10:00"
NOW = "2026-05-01T12:00"
NEW_CLAUSE = """\
format: 1
id: {id}
heading: {{en: Storing, zh-Hans: 存储}}
text:
  en: |
    We store it in China.
  zh-Hans: |
    我们在中国存储信息。
"""


@pytest.fixture
def draft(tmp_path: Path) -> Workspace:
    """A draft that was never released, of a policy that promises notice."""
    made = workspace(tmp_path / "workspace")
    with (made.policy / "policy.yaml").open("a", encoding="utf-8") as file:
        file.write("notice_days: {material: 30, minor: 7, editorial: 0}\n")
    return made


@pytest.fixture
def released(draft: Workspace) -> Workspace:
    """1.0.0 in force, the draft the same."""
    draft.release(FIRST)
    return draft


def editorial(made: Workspace) -> None:
    made.change("for security.", "for security!")


def minor(made: Workspace) -> None:
    made.change("for security", "for safety")
    made.change("安全目的", "保护目的")


def material(made: Workspace) -> None:
    made.write("clauses/03-store.yaml", NEW_CLAUSE.format(id="store"))


def refused(made: Workspace, now: str = NOW, **asked: Any) -> tuple[str, ...]:
    """Why a release is refused; nothing is written then."""
    before = made.files()
    with pytest.raises(RefusedError) as caught:
        made.release(now, **asked)
    assert made.files() == before
    assert caught.value.message == "nothing was released"
    assert caught.value.exit_code == 1
    assert caught.value.hint == "; ".join(caught.value.reasons)
    return caught.value.reasons


# --- What is made


def test_the_first_release_is_1_0_0_and_takes_effect_at_once(draft: Workspace) -> None:
    made = draft.release(NOW).release
    assert (made.version, made.sequence, made.severity) == ("1.0.0", 1, "material")
    assert (made.previous, made.based_on, made.changes) == (None, None, ())
    assert made.recorded == made.published == made.effective == at(NOW)
    assert made.provenance == "original"


def test_what_is_written_is_what_was_planned(released: Workspace) -> None:
    minor(released)
    plan = released.release(NOW, effective="2026-06-01", date_basis="x")
    assert from_bytes(released.files()["1.1.0.json"]) == plan.release


@pytest.mark.parametrize(
    ("change", "version", "severity", "effective"),
    [
        (editorial, "1.0.1", "editorial", "2026-05-01T12:00"),
        (minor, "1.1.0", "minor", "2026-05-08T12:00"),
        (material, "2.0.0", "material", "2026-05-31T12:00"),
    ],
)
def test_severity_gives_the_next_version_and_the_promised_notice(
    released: Workspace, change: object, version: str, severity: str, effective: str
) -> None:
    assert callable(change)
    change(released)
    made = released.release(NOW).release
    assert (made.version, made.severity, made.based_on) == (version, severity, "1.0.0")
    assert made.effective == at(effective)


def test_notice_is_counted_from_the_announcement(released: Workspace) -> None:
    minor(released)
    assert released.release(NOW, published="2026-06-01T00:00").release.effective == at("2026-06-08T00:00")


def test_a_release_names_the_record_before_it_also_a_withdrawal(released: Workspace) -> None:
    minor(released)
    released.release(NOW)
    released.withdraw("1.1.0", "2026-05-02")
    made = released.release("2026-05-03").release
    assert made.previous is not None
    assert made.previous.file == "1.1.0.withdrawn.json"
    assert (made.version, made.based_on, made.sequence) == ("1.2.0", "1.0.0", 4)


def test_an_old_text_may_take_effect_on_an_unknown_date(draft: Workspace) -> None:
    made = draft.release(
        NOW,
        published="2020-01-01",
        published_reason="Published on paper.",
        effective_unknown=True,
        known_since="2020-03-01",
        provenance="reconstructed",
        date_basis="A copy in an archive.",
    ).release
    assert (made.effective, made.known_since) == (None, at("2020-03-01"))
    assert (made.provenance, made.date_basis) == ("reconstructed", "A copy in an archive.")
    assert made.reasons == {"published": "Published on paper."}


def test_known_since_may_be_this_instant(draft: Workspace) -> None:
    assert draft.release(NOW, effective_unknown=True, known_since=NOW).release.known_since == at(NOW)


# --- What is refused


def test_a_draft_with_errors_is_not_released(draft: Workspace) -> None:
    draft.change("{@use}", "{@nowhere}", "clauses/02-share.yaml")
    with pytest.raises(SourceError) as caught:
        draft.release(NOW)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics]
    assert draft.files() == {}


def test_a_draft_that_says_the_same_is_not_released(released: Workspace) -> None:
    assert refused(released) == ("nothing changed since 1.0.0",)


def test_it_cannot_take_effect_before_it_is_published(released: Workspace) -> None:
    minor(released)
    asked: dict[str, Any] = {
        "published": "2026-06-01",
        "effective": "2026-05-31T23:59",
        "short_notice": "A court order.",
    }
    assert refused(released, **asked) == ("it would take effect before it is published",)
    assert released.release(NOW, **(asked | {"effective": "2026-06-01"})).release.version == "1.1.0"


def test_it_cannot_take_effect_before_what_it_amends(released: Workspace) -> None:
    material(released)
    released.release(NOW, effective="2026-09-01")
    minor(released)
    wanted = ("it would take effect before 2.0.0, which it amends",)
    assert refused(released, "2026-05-02", effective="2026-08-31T23:59:59") == wanted
    assert released.release("2026-05-02", effective="2026-09-01").release.version == "2.1.0"


def test_an_urgent_one_too_cannot_take_effect_before_what_it_amends(released: Workspace) -> None:
    minor(released)
    asked: dict[str, Any] = {
        "published": "2025-12-01",
        "published_reason": "On paper.",
        "effective": "2026-01-01",
    }
    assert refused(released, urgent=True, **asked) == ("it would take effect before 1.0.0, which it amends",)


def test_a_text_of_unknown_date_cannot_be_known_before_what_it_amends(released: Workspace) -> None:
    minor(released)
    wanted = ("it would take effect before 1.0.0, which it amends",)
    assert refused(released, effective_unknown=True, known_since="2026-01-05T09:59") == wanted
    released.release(NOW, effective_unknown=True, known_since=FIRST)


def test_shorter_notice_than_promised_needs_a_reason_which_is_published(released: Workspace) -> None:
    minor(released)
    (reason,) = refused(released, effective="2026-05-08T11:59")
    assert reason.startswith("7 days of notice are promised for a minor change")
    assert "--short-notice" in reason
    made = released.release(NOW, effective="2026-05-08T11:59", short_notice="A court order.").release
    assert made.reasons == {"short_notice": "A court order."}


def test_notice_as_long_as_promised_needs_no_reason(released: Workspace) -> None:
    minor(released)
    assert not released.release(NOW, effective="2026-05-08T12:00").release.reasons


def test_a_reason_of_blanks_is_none(released: Workspace) -> None:
    minor(released)
    asked: dict[str, Any] = {
        "published": "2026-04-01",
        "effective": "2026-04-02",
        "short_notice": " \n",
        "published_reason": "  ",
    }
    assert len(refused(released, **asked)) == 2


@pytest.mark.parametrize("character", ["\x07", "\u2028", "\u202e", "\udcff"])
def test_a_reason_holds_nothing_that_readers_cannot_see(released: Workspace, character: str) -> None:
    """As other published words do not."""
    minor(released)
    asked = {"published": "2026-04-01", "short_notice": f"a{character}b", "published_reason": character}
    found = refused(released, effective="2026-04-02", **asked)
    told = [reason.partition(":")[0] for reason in found if f"U+{ord(character):04X}" in reason]
    assert told == ["--published-reason", "--short-notice"]


def test_published_before_it_is_recorded_needs_a_reason(released: Workspace) -> None:
    editorial(released)
    asked: dict[str, Any] = {"published": "2026-05-01T11:59", "effective": NOW}
    assert refused(released, **asked) == (
        "published lies before now: give the reason with --published-reason",
    )
    made = released.release(NOW, published_reason="It was on the site before.", **asked).release
    assert made.reasons == {"published": "It was on the site before."}


def test_an_unknown_date_needs_the_instant_since_when_it_is_known(released: Workspace) -> None:
    minor(released)
    assert refused(released, effective_unknown=True) == (
        "an unknown date needs --known-since: the first instant at which the text is known to apply",
    )


def test_known_since_goes_with_an_unknown_date_alone(released: Workspace) -> None:
    minor(released)
    assert refused(released, known_since=NOW) == ("--known-since goes with `--effective unknown` alone",)


def test_known_since_cannot_lie_in_the_future(released: Workspace) -> None:
    minor(released)
    assert refused(released, effective_unknown=True, known_since="2026-05-01T12:01") == (
        "--known-since lies in the future",
    )


def test_a_clock_behind_the_newest_record_is_refused(released: Workspace) -> None:
    minor(released)
    (reason,) = refused(released, "2026-01-05T09:59")
    assert reason == "the clock is behind the newest record, of 2026-01-05T10:00:00+08:00"


def test_all_reasons_are_given_at_once(released: Workspace) -> None:
    reasons = refused(released, published="2025-12-01", effective="2025-11-01")
    assert [reason.split(":")[0] for reason in reasons] == [
        "nothing changed since 1.0.0",
        "published lies before now",
        "it would take effect before it is published",
        "it would take effect before 1.0.0, which it amends",
    ]


# --- Ids that return


def test_a_removed_id_returns_only_by_saying_from_where(released: Workspace) -> None:
    material(released)
    released.release("2026-02-01")
    (released.policy / "clauses/03-store.yaml").unlink()
    released.release("2026-03-15")
    material(released)
    assert refused(released) == (
        "`store` was last in 2.0.0 and was removed: choose another id, or say `restores: 2.0.0`",
    )
    released.change("id: store", "id: store\nrestores: 2.0.0", "clauses/03-store.yaml")
    assert released.release(NOW).release.version == "4.0.0"


def test_restoring_from_a_version_that_did_not_have_it_is_refused(released: Workspace) -> None:
    material(released)
    released.release("2026-02-01")
    (released.policy / "clauses/03-store.yaml").unlink()
    released.release("2026-03-15")
    material(released)
    released.change("id: store", "id: store\nrestores: 1.0.0", "clauses/03-store.yaml")
    assert len(refused(released)) == 1


def test_an_id_that_only_a_withdrawn_release_had_was_never_removed(released: Workspace) -> None:
    material(released)
    released.release(NOW)
    released.withdraw("2.0.0", "2026-05-02")
    assert released.release("2026-05-03").release.version == "3.0.0"


# --- Urgent, beside a scheduled one


@pytest.fixture
def scheduled(released: Workspace) -> Workspace:
    """1.0.0 in force, 2.0.0 scheduled, the draft back at 1.0.0 but for an urgent change."""
    material(released)
    released.release(NOW, effective="2026-09-01")
    (released.policy / "clauses/03-store.yaml").unlink()
    minor(released)
    return released


def test_an_urgent_release_is_based_on_the_text_in_force_and_remarks_on_the_scheduled_one(
    scheduled: Workspace,
) -> None:
    plan = scheduled.release("2026-05-02", urgent=True)
    assert (plan.release.version, plan.release.based_on) == ("1.1.0", "1.0.0")
    assert {change.kind for change in plan.changes.changes} == {"reworded"}
    assert plan.remarks == ("2.0.0 is still scheduled without this change: release it again, or withdraw it",)


def test_a_release_that_is_not_urgent_amends_the_scheduled_one(scheduled: Workspace) -> None:
    plan = scheduled.release("2026-05-02")
    assert plan.release.based_on == "2.0.0"
    assert "removed" in {change.kind for change in plan.changes.changes}
    assert plan.remarks == ()


def test_after_an_urgent_release_the_next_amends_what_takes_effect_last(scheduled: Workspace) -> None:
    scheduled.release("2026-05-02", urgent=True)
    material(scheduled)
    made = scheduled.release("2026-10-01").release  # 2.0.0 is in force by now
    assert made.based_on == "2.0.0"
    assert {change["kind"] for change in made.changes} == {"reworded"}


def test_an_urgent_release_past_a_taken_version_takes_the_next(released: Workspace) -> None:
    minor(released)
    released.release(NOW, effective="2026-09-01")
    released.change("for safety", "for defence")
    released.change("保护目的", "防护目的")
    assert released.release("2026-05-02", urgent=True).release.version == "1.2.0"


def test_after_the_only_release_was_withdrawn_there_is_a_next(draft: Workspace) -> None:
    draft.release(NOW, effective="2026-09-01")
    draft.withdraw("1.0.0", "2026-05-02")
    made = draft.release("2026-05-03").release
    assert (made.version, made.based_on) == ("2.0.0", None)


# --- Withdrawals


def withdrawal_refused(
    made: Workspace, version: str, reason: str = "No need.", now: str = "2026-05-02"
) -> str:
    before = made.files()
    with pytest.raises(RefusedError) as caught:
        made.withdraw(version, now, reason)
    assert made.files() == before
    assert caught.value.message == "nothing was withdrawn"
    assert caught.value.exit_code == 1
    return "; ".join(caught.value.reasons)


def test_only_a_scheduled_release_can_be_withdrawn_once_and_with_a_reason(scheduled: Workspace) -> None:
    assert withdrawal_refused(scheduled, "7.0.0") == "7.0.0 was never released"
    assert withdrawal_refused(scheduled, "1.0.0") == "1.0.0 is in force or was: correct it by a new release"
    assert withdrawal_refused(scheduled, "2.0.0", " ") == "a withdrawal needs a reason, which is published"
    assert withdrawal_refused(scheduled, "2.0.0", now="2026-09-01").startswith("2.0.0 is in force or was")
    assert withdrawal_refused(scheduled, "2.0.0", now="2026-04-30").startswith("the clock is behind")
    made = scheduled.withdraw("2.0.0", "2026-08-31T23:59:59", "No need.")
    assert (made.file, made.reason, made.sequence) == ("2.0.0.withdrawn.json", "No need.", 3)
    assert withdrawal_refused(scheduled, "2.0.0", now="2026-09-01") == "2.0.0 was withdrawn already"


def test_the_reason_of_a_withdrawal_holds_nothing_that_readers_cannot_see(scheduled: Workspace) -> None:
    found = withdrawal_refused(scheduled, "2.0.0", "a\u202eb")
    assert found.startswith("--reason: U+202E RIGHT-TO-LEFT OVERRIDE stands here: Delete it")
    assert ";" not in found


def test_all_that_is_wrong_with_a_withdrawal_is_said_at_once(scheduled: Workspace) -> None:
    assert withdrawal_refused(scheduled, "7.0.0", "") == (
        "7.0.0 was never released; a withdrawal needs a reason, which is published"
    )


def test_from_an_empty_ledger_nothing_can_be_withdrawn(draft: Workspace) -> None:
    assert withdrawal_refused(draft, "1.0.0") == "1.0.0 was never released"


# --- Notes


def test_notes_are_collected_by_fingerprint_and_cleared_away(released: Workspace) -> None:
    minor(released)
    (change,) = released.release(NOW, dry_run=True).changes.changes
    mine = released.note("mine", change.fingerprint, "0" * 12)
    left = released.note("left", "f" * 12)
    plan = released.release(NOW)
    assert [note.file for note in plan.notes] == ["policy_src/privacy/changes/mine.yaml"]
    assert [dict(note)["fingerprints"] for note in plan.release.notes] == [[change.fingerprint, "0" * 12]]
    assert plan.release.notes[0]["summary"] == {"en": "We say it better.", "zh-Hans": "我们改进了表述。"}
    assert (mine.exists(), left.exists()) == (False, True)


def test_a_note_left_from_an_earlier_change_is_harmless(released: Workspace) -> None:
    released.note("left", "f" * 12)
    editorial(released)
    assert released.release(NOW).release.notes == ()


def test_a_note_does_not_fit_a_change_that_went_on(released: Workspace) -> None:
    minor(released)
    (change,) = released.release(NOW, dry_run=True).changes.changes
    note = released.note("mine", change.fingerprint)
    released.change("for safety", "for your safety")
    (reason,) = refused(released, explained=False)
    assert reason.startswith("no note explains `")
    assert note.exists()


def test_a_note_with_faults_stops_the_release(released: Workspace) -> None:
    minor(released)
    released.write("changes/bad.yaml", "format: 1\nfingerprints: [xyz]\nsummary: {en: A., zh-Hans: 甲。}\n")
    with pytest.raises(SourceError):
        released.release(NOW)


# --- Dry runs


def test_a_dry_run_says_what_would_be_and_writes_nothing(released: Workspace) -> None:
    minor(released)
    (change,) = released.release(NOW, dry_run=True).changes.changes
    released.note("mine", change.fingerprint)
    (released.releases / ".tmp-left").write_bytes(b"half")
    (released.releases / SUMS).unlink()  # as if killed: a dry run does not even repair
    before = tree(released.root)
    plan = released.release(NOW, dry_run=True)
    assert (plan.release.version, len(plan.release.notes)) == ("1.1.0", 1)
    assert tree(released.root) == before


def test_a_dry_run_of_the_first_release_makes_no_folder(draft: Workspace) -> None:
    before = tree(draft.root)
    draft.release(NOW, dry_run=True)
    assert tree(draft.root) == before
