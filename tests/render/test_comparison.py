"""A comparison in every format: golden files, any two documents, and nothing in a text that can do harm."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from lxml import html as lxml_html

from policypress.core import comparison as core
from policypress.core.changes import Change
from policypress.core.comparison import GATES, Comparison, Passage, gate
from policypress.core.diff import diff
from policypress.core.model import Document
from policypress.core.refs import Resolved
from policypress.core.resolving import weigh
from policypress.core.schema import published_schemas
from policypress.core.text import markup, plain
from policypress.render.comparison_markdown import LIMIT
from policypress.render.comparisons import FORMATS, Screen, Style, in_format
from tests.support.comparisons import amended, compared
from tests.support.documents import documents
from tests.support.golden import same_as_golden

ENDINGS = {
    "markdown": "md",
    "html": "html",
    "json": "json",
    "github": "txt",
    "sarif": "sarif",
    "junit": "xml",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compared(amended(tmp_path_factory.mktemp("comparison") / "w"))


def same(name: str, text: str, *, update: bool) -> None:
    same_as_golden(f"comparison/{name}", text + "\n", update=update)


# --- As they were


@pytest.mark.parametrize("tags", ["en", "zh-Hans", "en+zh-Hans"])
@pytest.mark.parametrize("form", ENDINGS)
def test_each_format_in_each_language_is_as_it_was(
    made: Comparison, form: str, tags: str, update_golden: bool
) -> None:
    style = Style(prefix="legal/", fail_on="undocumented", todo=gate(made, "undocumented"))
    text = in_format(made.only(tags.split("+")), form, style)
    same(f"{tags}.{ENDINGS[form]}", text, update=update_golden)


@pytest.mark.parametrize(
    ("name", "screen"),
    [
        ("plain", Screen(100)),
        ("narrow", Screen(48)),
        ("colour", Screen(100, colour=True)),
        ("side-by-side", Screen(150, side_by_side=True)),
        ("side-by-side-colour", Screen(150, colour=True, side_by_side=True)),
    ],
)
def test_a_terminal_shows_it_as_it_did(
    made: Comparison, name: str, screen: Screen, update_golden: bool
) -> None:
    same(f"{name}.txt", in_format(made, "text", Style(screen)), update=update_golden)


def test_no_changes_are_said_in_every_format(made: Comparison) -> None:
    same_text = core.compare(made.old, made.old, ())
    assert in_format(same_text, "text", Style()).startswith("no changes\n")
    assert "Nothing changed" in in_format(same_text, "markdown", Style())
    assert "Nothing changed" in in_format(same_text, "html", Style())
    assert json.loads(in_format(same_text, "json", Style()))["severity"] is None


# --- JSON


def test_json_is_what_its_schema_says(made: Comparison) -> None:
    schema = published_schemas()["diff.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(in_format(made, "json", Style()))
    jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)
    report["changes"][0]["severity"] = "huge"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema, cls=jsonschema.Draft202012Validator)


# --- Markdown and HTML


def test_a_comment_holds_as_many_redlines_as_it_can_and_says_how_many_it_does_not(made: Comparison) -> None:
    long = core.compare(made.old, made.new, ())
    entries = made.entries * 80
    text = in_format(
        Comparison(long.policy, long.title, long.tags, long.old, long.new, entries), "markdown", Style()
    )
    assert len(text) < LIMIT + 200
    last = text.splitlines()[-1]
    assert last.endswith("changes are not shown in full here: see `policypress diff --format html`.")
    assert 0 < text.count("<details>") <= len(entries) - int(last.split()[0])


def test_the_page_loads_nothing_and_runs_nothing(made: Comparison) -> None:
    page = lxml_html.document_fromstring(in_format(made, "html", Style()).encode())
    assert page.xpath("//script|//link|//img|//iframe|//object|//form|//@src|//@href|//@onclick") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert "<b>stolen" not in lxml_html.tostring(page, encoding="unicode")


def test_each_redline_says_its_language(made: Comparison) -> None:
    page = lxml_html.document_fromstring(in_format(made, "html", Style()).encode())
    assert page.xpath("/html/@lang") == ["en"]
    chinese = page.xpath("//*[@lang='zh-Hans']//ins")
    assert "六十日" in {part.text for part in chinese}


# --- Gates


@pytest.mark.parametrize(
    ("fail_on", "first"),
    [
        ("editorial", "10 changes are editorial or worse: have it reviewed"),
        ("minor", "9 changes are minor or worse: have it reviewed"),
        ("material", "7 changes are material: have it reviewed"),
        ("undocumented", "9 changes are without a note or a decision: run `policypress diff --draft-notes`"),
    ],
)
def test_a_gate_that_stops_says_what_to_do(made: Comparison, fail_on: str, first: str) -> None:
    assert gate(made, fail_on).startswith(first)


@pytest.mark.parametrize("fail_on", GATES)
def test_nothing_changed_passes_every_gate(made: Comparison, fail_on: str) -> None:
    assert gate(core.compare(made.old, made.old, ()), fail_on) == ""


# --- Any two documents


@given(documents, documents)
def test_any_two_documents_are_told_in_every_format(one: Document, other: Document) -> None:
    old, new = Resolved("git:a", "git", one), Resolved("draft", "draft", other)
    found = core.compare(old, new, weigh(diff(one, other), ()))
    for form in FORMATS:
        if found.tags or form not in {"markdown", "html"}:
            in_format(found, form, Style(Screen(40))).encode()


@given(documents, documents)
def test_redlines_are_lossless(one: Document, other: Document) -> None:
    found = core.compare(
        Resolved("git:a", "git", one), Resolved("draft", "draft", other), weigh(diff(one, other), ())
    )
    for change, entry in zip(diff(one, other), found.entries, strict=True):
        for tag, before in change.old_values.items():
            after = change.new_values.get(tag, "")
            for passage in entry.redlines.get(tag, ()):
                assert "".join(text for op, text in passage.edits if op != "insert") == before
                assert "".join(text for op, text in passage.edits if op != "delete") == after
            assert tag in entry.redlines or before == after
        if change.kind == "reworded":
            for tag, passages in entry.redlines.items():
                assert_lossless(change, tag, {passage.part: passage for passage in passages})


def assert_lossless(change: Change, tag: str, passages: dict[str, Passage]) -> None:
    """The text before and after is in its redline: as it is seen, or as it is marked up."""
    if "text" not in passages:
        return
    edits = passages["text"].edits
    for nodes, other in ((change.before, "insert"), (change.after, "delete")):
        node = nodes[0]
        paragraphs = (*node.text.get(tag, ()), *node.closing.get(tag, ()))
        said = "".join(text for op, text in edits if op != other)
        assert said in {"\n".join(map(form, paragraphs)) for form in (plain, markup)}


def test_what_a_terminal_would_obey_is_written_out(tmp_path: Path) -> None:
    made = amended(tmp_path / "w")
    made.change("We look for fraud", "We look for \\x1b[2J")
    path = made.policy / "clauses/01-use.yaml"
    path.write_text(path.read_text("utf-8").replace("{en: Fraud,", '{en: "F\u202eraud",'), "utf-8")
    text = in_format(_whatever(made.root, made.policy), "text", Style())
    assert "\u202e" not in text
    assert "\\u202e" in text


def _whatever(root: Path, policy: Path) -> Comparison:
    """A comparison with a draft that has errors."""
    from policypress.core.assemble import assemble
    from policypress.read.ledger import read_ledger
    from policypress.read.workspace import read_policy

    draft = read_policy(root, policy).draft
    assert draft is not None
    old = read_ledger(policy).release("1.0.0").document
    new = assemble(draft)
    return core.compare(
        Resolved("1.0.0", "release", old), Resolved("draft", "draft", new), weigh(diff(old, new), ())
    )
