"""`policypress history`: the life of a clause over the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from policypress.core.schema import published_schemas
from tests.cli.runner import Done, run_here
from tests.support.golden import same_as_golden
from tests.support.histories import Workspace, five_records

ENDINGS = {"text": "txt", "markdown": "md", "json": "json"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return five_records(tmp_path_factory.mktemp("life") / "w")


def history(made: Workspace, *arguments: str) -> Done:
    return run_here("history", *arguments, cwd=made.root)


@pytest.mark.parametrize("tags", ["en", "zh-Hans", "en+zh-Hans"])
@pytest.mark.parametrize("form", ENDINGS)
def test_a_life_is_told_as_it_was(ledger: Workspace, form: str, tags: str, update_golden: bool) -> None:
    languages = [part for tag in tags.split("+") for part in ("--language", tag)]
    done = history(ledger, "use", "--format", form, *languages)
    assert (done.returncode, done.stderr) == (0, "")
    same_as_golden(f"history/{tags}.{ENDINGS[form]}", done.stdout, update=update_golden)


def test_only_releases_that_changed_it_are_told(ledger: Workspace) -> None:
    report = json.loads(history(ledger, "use", "--format", "json").stdout)
    assert [stage["version"] for stage in report["stages"]] == ["1.0.0", "1.1.0", "2.0.0", "3.0.0"]
    assert [bool(stage["withdrawn"]) for stage in report["stages"]] == [False, False, True, False]
    assert [stage["based_on"] for stage in report["stages"]] == [None, "1.0.0", "1.1.0", "1.1.0"]
    other = json.loads(history(ledger, "share", "--format", "json").stdout)
    assert [stage["version"] for stage in other["stages"]] == ["1.0.0"]


def test_each_redline_leads_from_the_text_before_to_the_text_after(ledger: Workspace) -> None:
    report = json.loads(history(ledger, "use", "--format", "json").stdout)
    texts = {"": ""}
    for stage in report["stages"]:
        (change,) = stage["changes"]
        (passage,) = [part for part in change["redlines"]["en"] if part["part"] == "text"]
        kept = [
            [edit["text"] for edit in passage["edits"] if edit["op"] != op] for op in ("insert", "delete")
        ]
        assert "".join(kept[0]) == texts[stage["based_on"] or ""]
        texts[stage["version"]] = "".join(kept[1])
    assert texts["3.0.0"] == "We use your information for 60 days."


def test_json_is_what_its_schema_says(ledger: Workspace) -> None:
    schema = published_schemas()["history.schema.json"]
    report = json.loads(history(ledger, "use", "--format", "json").stdout)
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)


def test_a_clause_that_was_removed_has_a_life_too(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.copy(tmp_path / "w")
    (made.policy / "clauses/02-share.yaml").unlink()
    made.change("variables: {hotline: 400-000-0000}\n", "", "policy.yaml")
    made.release("2026-08-01T10:00", effective="2027-02-01", short_notice="It was never used.")
    report = json.loads(history(made, "share", "--format", "json").stdout)
    assert [stage["changes"][0]["kind"] for stage in report["stages"]] == ["added", "removed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["usage"], "Did you mean use, share?"),
        (["nothing.like-it"], "Clauses have ids"),
        (["use", "--language", "fr"], "Choose of en, zh-Hans."),
    ],
)
def test_what_never_was_is_2_with_what_there_is(ledger: Workspace, arguments: list[str], said: str) -> None:
    done = history(ledger, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
