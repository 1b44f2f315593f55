"""What a person states of changes, and what a release makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policypress import app
from policypress.core.releasing import RefusedError
from tests.support.histories import Workspace, workspace

NOW = "2026-05-01T12:00"
REASON = "override: {reason: {en: It says the same., zh-Hans: 含义不变。}}\n"
CLAUSE = """\
format: 1
id: store
heading: {en: Storing, zh-Hans: 存储}
text: {en: We store it., zh-Hans: 我们存储信息。}
"""


@pytest.fixture
def released(tmp_path: Path) -> Workspace:
    """1.0.0 in force, the draft the same."""
    made = workspace(tmp_path / "workspace")
    made.release("2026-01-05T10:00")
    return made


def minor(made: Workspace) -> None:
    made.change("We share as", "We pass it on as", "clauses/02-share.yaml")
    made.change("共享；", "转交；", "clauses/02-share.yaml")


def undecided(made: Workspace) -> None:
    made.change("for security.", "for security for 30 days.")


def material(made: Workspace) -> None:
    made.write("clauses/03-store.yaml", CLAUSE)


def editorial(made: Workspace) -> None:
    made.change("for security.", "for security!")


def fingerprint(made: Workspace) -> str:
    (change,) = made.release(NOW, dry_run=True).changes
    return change.fingerprint


def refused(made: Workspace, **asked: Any) -> tuple[str, ...]:
    with pytest.raises(RefusedError) as caught:
        made.release(NOW, explained=False, **asked)
    return caught.value.reasons


@pytest.mark.parametrize("edit", [minor, undecided, material])
def test_a_change_above_editorial_is_held_until_a_note_explains_it(released: Workspace, edit: Any) -> None:
    edit(released)
    name = fingerprint(released)
    (reason,) = refused(released)
    assert reason.startswith(f"no note explains `{name}` (")
    assert reason.endswith(": run `policypress diff --draft-notes`, and complete the files that it writes")
    released.note("mine", name, more="severity: material\n")
    assert released.release(NOW, explained=False).release.version == "2.0.0"


def test_what_is_editorial_needs_no_words(released: Workspace) -> None:
    editorial(released)
    assert released.release(NOW, explained=False).release.version == "1.0.1"


def test_the_first_release_needs_none(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    assert made.release(NOW, explained=False).release.version == "1.0.0"


def test_what_a_machine_cannot_weigh_is_held_until_a_person_states_the_severity(released: Workspace) -> None:
    undecided(released)
    name = fingerprint(released)
    released.note("mine", name)
    (reason,) = refused(released)
    assert reason.startswith(f"policy_src/privacy/changes/mine.yaml: no severity is stated for `{name}` (")


@pytest.mark.parametrize(
    ("severity", "version"), [("editorial", "1.0.1"), ("minor", "1.1.0"), ("material", "2.0.0")]
)
def test_what_a_person_decides_counts(released: Workspace, severity: str, version: str) -> None:
    undecided(released)
    released.note("mine", fingerprint(released), more=f"severity: {severity}\n")
    made = released.release(NOW).release
    assert (made.version, made.severity) == (version, severity)
    (change,) = made.changes
    assert (change["floor"], change["severity"]) == ("decide", severity)
    assert made.notes[0]["severity"] == severity


def test_raising_is_free(released: Workspace) -> None:
    minor(released)
    released.note("mine", fingerprint(released), more="severity: material\n")
    made = released.release(NOW).release
    assert (made.version, made.changes[0]["floor"]) == ("2.0.0", "minor")


def test_less_than_the_floor_needs_a_reason_which_is_published(released: Workspace) -> None:
    material(released)
    name = fingerprint(released)
    released.note("mine", name, more="severity: minor\n")
    (reason,) = refused(released)
    assert reason.startswith("policy_src/privacy/changes/mine.yaml: minor is less than material, which")
    released.note("mine", name, more=f"severity: minor\n{REASON}")
    made = released.release(NOW).release
    assert (made.version, made.changes[0]["severity"]) == ("1.1.0", "minor")
    assert made.notes[0]["override"]["reason"]["en"] == "It says the same."


def test_a_release_keeps_the_action_scopes_and_who_approved(released: Workspace) -> None:
    material(released)
    more = (
        "action: consent\nchoices: {en: You may refuse., zh-Hans: 您可以拒绝。}\napproved_by: Legal\n"
        "scopes:\n  - {id: storage, clauses: [store], separate: true, declining: {en: No., zh-Hans: 否。}}\n"
    )
    released.note("mine", fingerprint(released), more=more)
    (kept,) = released.release(NOW).release.notes
    assert (kept["action"], kept["approved_by"]) == ("consent", "Legal")
    assert (kept["scopes"][0]["clauses"], kept["scopes"][0]["separate"]) == (["store"], True)


def test_a_drafted_note_holds_the_release_until_its_words_are_written(released: Workspace) -> None:
    minor(released)
    app.draft_notes(released.root, released.policy)
    reasons = refused(released)
    assert len(reasons) == 2
    assert all("is still to be written" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("edit", "version", "why"),
    [
        (minor, "1.0.1", "1.0.1 understates: it says editorial, and more than that are `"),
        (material, "1.1.0", "1.1.0 understates: it says minor, and more than that are `"),
        (editorial, "1.0.0", "1.0.0 was released already"),
        (editorial, "0.9.0", "0.9.0 does not come after 1.0.0, which it amends"),
        (editorial, "1.1", "`1.1` is not a version such as 1.2.0"),
    ],
)
def test_a_version_that_understates_or_does_not_follow_is_refused(
    released: Workspace, edit: Any, version: str, why: str
) -> None:
    edit(released)
    released.explain()
    (reason,) = refused(released, version=version)
    assert reason.startswith(why)
    assert "understates" not in reason or reason.endswith("or state another severity in their notes")


def test_a_version_may_say_more_than_the_changes_are(released: Workspace) -> None:
    editorial(released)
    made = released.release(NOW, version="2.0.0").release
    assert (made.version, made.severity) == ("2.0.0", "editorial")


def test_notes_hold_the_release_and_the_check_but_no_page(released: Workspace) -> None:
    material(released)
    released.note("old", "0" * 12)
    codes = {found.code for found in app.check(released.root).diagnostics}
    assert codes == {"D101", "D104"}
    app.rendered(released.root, drafts=True)
    released.write("changes/bad.yaml", "format: 1\nfingerprints: [xyz]\n")
    app.rendered(released.root, drafts=True)


def test_before_the_first_release_check_says_nothing_of_notes(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    made.note("early", "0" * 12)
    assert app.check(made.root).diagnostics == ()


def test_a_note_written_again_after_a_withdrawal_is_taken_up_again(released: Workspace) -> None:
    material(released)
    name = fingerprint(released)
    released.note("mine", name)
    released.release(NOW, effective="2026-09-01")
    released.withdraw("2.0.0", "2026-05-02")
    released.note("mine", name)
    made = released.release("2026-05-03", explained=False).release
    assert (made.version, len(made.notes)) == ("3.0.0", 1)
