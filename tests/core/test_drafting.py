"""Change notes drafted for a person to complete."""

from __future__ import annotations

from pathlib import Path

from hypothesis import assume, given, settings

from policypress import app
from policypress.core.diff import diff
from policypress.core.drafting import draft_notes
from policypress.core.model import Document
from policypress.core.notes import NoteSource
from policypress.core.resolving import weigh
from policypress.core.severity import Severity
from policypress.read import nodes
from policypress.read.validate import validate
from tests.support.documents import documents
from tests.support.histories import Workspace, workspace


def amended(root: Path) -> Workspace:
    made = workspace(root)
    made.release("2026-01-05T10:00")
    made.change("for security.", "for security for 30 days.")
    made.change("hotline: 400-000-0000", "hotline: 400-111-1111", "policy.yaml")
    made.change("for security for", "for safety for")
    made.change("We share as", "We share, as", "clauses/02-share.yaml")
    return made


@settings(max_examples=40)
@given(documents, documents)
def test_any_change_above_editorial_gets_a_note_that_can_be_read(old: Document, new: Document) -> None:
    assume(new.tags)
    changes = diff(old, new)
    drafted = draft_notes(weigh(changes, ()), new.tags)
    told: list[str] = []
    for name, text in drafted.items():
        tree, located = nodes.parse(name, text)
        assert tree is not None
        note, findings, _ = validate(NoteSource, nodes.plain(tree), name)
        assert note is not None
        assert (located, findings) == ([], [])
        assert set(note.summary) == set(new.tags)
        assert "/" not in name
        told += note.fingerprints
    assert sorted(told) == sorted(c.fingerprint for c in changes if c.floor > Severity.EDITORIAL)


def test_a_note_says_what_changed_and_what_is_to_be_decided(tmp_path: Path) -> None:
    made = amended(tmp_path / "workspace")
    written = app.draft_notes(made.root, made.policy)
    assert [path.name.rpartition("-")[0] for path in written] == ["use-reworded", "hotline-variable"]
    assert written[0].read_text("utf-8") == (
        "# Complete this note. The release takes it up and publishes its words.\n"
        "# reworded use\n"
        "#   en: Article 1.\n"
        "#   zh-Hans: 第一条\n"
        "#   text.number (decide): a number, date, duration or amount changed\n"
        "#   text.authoritative-alone (decide): the authoritative text changed without its translations\n"
        "format: 1\n"
        f'fingerprints: ["{written[0].stem.rpartition("-")[2]}"]\n'
        "summary:\n"
        '  en: "TODO: say in plain words what changed for the reader."\n'
        '  zh-Hans: "TODO：用通俗的语言说明对用户有何变化。"\n'
        "# impact: what it means for the reader, in every language like the summary\n"
        "# choices: what the reader can do\n"
        "action: none  # or notify, acknowledge, consent: a person's decision\n"
        "# A machine cannot weigh this. State the severity: editorial, minor or material.\n"
        "# severity: material\n"
        "# approved_by: who approved these words\n"
    )
    assert '#   en: "400-000-0000" -> "400-111-1111"\n' in written[1].read_text("utf-8")


def test_what_a_person_wrote_is_never_overwritten_nor_drafted_again(tmp_path: Path) -> None:
    made = amended(tmp_path / "workspace")
    first = made.explain()
    assert app.draft_notes(made.root, made.policy) == []
    assert app.check(made.root).diagnostics == ()
    text = first[0].read_text("utf-8")
    first[0].write_text(text.replace("fingerprints: [", 'fingerprints: ["000000000000"] # ['), "utf-8")
    (again,) = app.draft_notes(made.root, made.policy)
    assert again.name == f"{first[0].stem}-2.yaml"
    assert "000000000000" in first[0].read_text("utf-8")


def test_before_the_first_release_there_is_nothing_to_note(tmp_path: Path) -> None:
    made = workspace(tmp_path / "workspace")
    assert app.draft_notes(made.root, made.policy) == []
    assert not (made.policy / "changes").exists()
