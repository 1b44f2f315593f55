"""Whatever a text says: the files are what they are to be, and nothing is lost or altered in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from policypress import app
from policypress.core.ledger import from_bytes
from tests.render.test_structured import told
from tests.support import hostile
from tests.support.api import ROOT as API
from tests.support.api import faults
from tests.support.histories import Workspace, at, built, workspace
from tests.support.hostile import ALL, LABEL, LONG, words
from tests.support.paths import ROOT

TAGS = ["en", "zh-Hans"]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return hostile.released(tmp_path_factory.mktemp("hostile") / "w")


@pytest.fixture(scope="module")
def site(made: Workspace) -> Path:
    return built(made, "2026-05-01")


def api(site: Path, path: str) -> Any:
    return json.loads((site / API / "policies/privacy" / path).read_bytes())


def test_what_is_no_error_goes_through(tmp_path: Path) -> None:
    found = app.check(hostile.drafted(tmp_path / "w").root).diagnostics
    assert {str(one.level) for one in found} == {"warning"}


FIELDS = ["title", "name", "contact", "variable", "label", "cite", "heading", "text", "closing"]


def broken(field: str, bad: str) -> dict[str, Any]:
    """The source files with a character in one field that may be in none."""
    texts = {name: dict.fromkeys(TAGS, f"a{bad if name == field else ''}b.") for name in FIELDS}
    labels = {name: {tag: f"{text} {{n}}" for tag, text in texts[name].items()} for name in ("label", "cite")}
    policy = hostile.policy(
        title=texts["title"],
        publisher={name: texts[name] for name in ("name", "contact")},
        variables={"hotline": texts["variable"]},
        numbering={"article": labels},
    )
    clause = {name: texts[name] for name in ("heading", "text", "closing")}
    share = {"format": 1, "id": "share", "text": dict.fromkeys(TAGS, "a {hotline} b.")}
    use = {"format": 1, "id": "use", **clause}
    return {"policy.yaml": policy, "clauses/01-use.yaml": use, "clauses/02-share.yaml": share}


def errors(made: Workspace) -> set[str]:
    return {one.code for one in app.check(made.root).diagnostics if str(one.level) == "error"}


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_what_cannot_be_shown_is_refused_in_every_field(name: str, tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    hostile.write(made, broken("", ""))
    assert errors(made) == set()
    for field in FIELDS:
        hostile.write(made, broken(field, hostile.REFUSED[name]))
        assert errors(made) == {hostile.refusal(name)}, field


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_what_cannot_be_shown_is_refused_in_notes(name: str, tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    made.release("2026-01-05T10:00")
    made.change("for security", "for 30 days")
    (change,) = made.release("2026-02-01T10:00", dry_run=True).changes.changes
    both = dict.fromkeys(TAGS, f"a{hostile.REFUSED[name]}b")
    scopes = [{"id": "all", "clauses": ["use"], "declining": both}]
    fields = {"summary": both, "impact": both, "choices": both, "approved_by": both["en"], "scopes": scopes}
    for field, value in fields.items():
        hostile.write(made, {"changes/all.yaml": hostile.note([change.fingerprint], **{field: value})})
        assert hostile.refusal(name) in errors(made), field


def test_every_object_of_the_api_follows_its_schema(site: Path) -> None:
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / API).rglob("*.json")}
    assert len(files) > 30
    assert faults(files) == []


def test_every_json_file_can_be_read(site: Path) -> None:
    for path in site.rglob("*.json"):
        assert json.loads(path.read_bytes()), path


@pytest.mark.parametrize("tag", TAGS)
def test_an_app_reads_the_text_as_it_was_written(site: Path, tag: str) -> None:
    found = api(site, f"versions/1.0.0.{tag}.json")
    use, share = found["clauses"]
    assert found["title"] == words("title")[tag]
    assert found["publisher"] == {name: words(name)[tag] for name in ("name", "contact")}
    assert use["label"] == {"text": f"label {tag} {LABEL} 1", "cite": f"cite {tag} {LABEL} 1"}
    assert use["heading"]["plain"] == words("heading")[tag]
    assert [text["plain"] for text in use["text"]] == [words("text")[tag]]
    assert [text["plain"] for text in use["closing"]] == [words("closing")[tag]]
    assert [text["plain"] for text in use["children"][0]["text"]] == [f"{tag} {LONG}."]
    variable, label = words("variable")[tag], use["label"]["cite"]
    assert [text["plain"] for text in share["text"]] == [f"{words('text')[tag]} {variable} {label}."]


@pytest.mark.parametrize("tag", TAGS)
def test_an_app_reads_what_people_said_of_it(site: Path, tag: str) -> None:
    since = api(site, f"since/1.0.0.{tag}.json")["now"]
    assert since["scopes"][0]["declining"] == words("declining")[tag]
    assert [one["summary"] for one in since["summaries"]] == [[words("summary")[tag]]]
    first, second, third = api(site, "versions.json")["versions"]
    assert first["reasons"] == {"published": f"published reason {ALL}"}
    assert {name: second["notes"][0][name][tag] for name in ("summary", "impact", "choices")} == {
        name: words(name)[tag] for name in ("summary", "impact", "choices")
    }
    assert third["withdrawn"]["reason"] == f"withdrawal {ALL}"


@pytest.mark.parametrize("tag", TAGS)
def test_a_redline_says_both_texts(site: Path, tag: str) -> None:
    (change,) = api(site, "changes/2.0.0.json")["changes"]
    (part,) = change["redlines"][tag]
    both = [words(name)[tag] for name in ("text", "closing")]
    old, new = (
        "".join(edit["text"] for edit in part["edits"] if edit["op"] in {"equal", op})
        for op in ("delete", "insert")
    )
    assert old == "\n".join(both)
    assert new == f"other {old}"


def test_the_ledger_says_what_the_source_says(made: Workspace, site: Path) -> None:
    for path in sorted(made.releases.glob("*.json")):
        release = from_bytes(path.read_bytes())
        assert release.file == path.name
    assert "3.0.0" not in {path.stem for path in made.releases.glob("*.json")}
    record = (site / API / "policies/privacy/versions/2.0.0.json").read_bytes()
    assert record == (made.releases / "2.0.0.json").read_bytes()
    assert json.loads(record)["notes"][0]["approved_by"] == f"approved {ALL}"


def entries(site: Path, tag: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """What a feed reader has: the summary of each entry, and its content as HTML."""
    atom = etree.fromstring((site / f"feeds/privacy.{tag}.atom").read_bytes())
    grammar = etree.RelaxNG(etree.parse(str(ROOT / "tests/fixtures/atom.rng")))
    assert grammar.validate(atom), grammar.error_log
    for entry in atom.iter(f"{ATOM}entry"):
        summary, content = entry.find(f"{ATOM}summary"), entry.find(f"{ATOM}content")
        assert summary is not None
        assert content is not None
        yield summary.text or "", html.fromstring(f"<div>{content.text}</div>")


@pytest.mark.parametrize("tag", TAGS)
def test_a_feed_reader_has_every_word(site: Path, tag: str) -> None:
    (withdrawal, gone), _, (summary, content), (_, first) = entries(site, tag)
    assert f"withdrawal {ALL}" in withdrawal
    assert f"withdrawal {ALL}" in gone.text_content()
    assert summary == words("summary")[tag]
    for name in ("summary", "impact", "choices"):
        assert words(name)[tag] in content.text_content()
    inserted = re.sub(r"\s+", " ", "".join(content.itertext()))
    assert words("text")[tag].split("'single'")[0].rstrip() in inserted
    for shown in (gone, content, first):
        assert not shown.xpath("//script | //img | //svg | //style | //@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize("tag", TAGS)
def test_both_feeds_say_the_same(site: Path, tag: str) -> None:
    feed = json.loads((site / f"feeds/privacy.{tag}.json").read_bytes())
    atom = etree.fromstring((site / f"feeds/privacy.{tag}.atom").read_bytes())
    assert feed["title"] == atom.findtext(f"{ATOM}title")
    assert words("title")[tag] in feed["title"]
    assert feed["authors"][0]["name"] == atom.findtext(f"{ATOM}author/{ATOM}name") == words("name")[tag]
    contents = [entry.findtext(f"{ATOM}content") for entry in atom.iter(f"{ATOM}entry")]
    assert [item["content_html"] for item in feed["items"]] == contents
    assert len(contents) == 4


@pytest.mark.parametrize("tag", TAGS)
def test_search_engines_read_the_names_as_they_are(site: Path, tag: str) -> None:
    found = told(site, f"{tag}/privacy/1.0.0/index.html")
    assert found["name"] == words("title")[tag]
    assert found["publisher"]["name"] == words("name")[tag]
    (listed,) = told(site, f"{tag}/index.html")["hasPart"]
    assert listed["name"] == words("title")[tag]


def test_the_list_of_versions_and_the_search_index_say_the_same(site: Path) -> None:
    for tag in TAGS:
        listed = json.loads((site / f"{tag}/privacy/versions.json").read_bytes())
        assert listed[-1]["title"] == f"{words('title')[tag]} 1.0.0"


def test_the_site_of_two_builds_is_the_same(made: Workspace, site: Path) -> None:
    assert app.build(made.root, as_of=at("2026-05-01"), rebuild=True) == 0
