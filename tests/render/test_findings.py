"""Findings as GitHub, code scanning and test reports read them: golden files, and real readers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from sarif import loader

from policypress.core.findings import Findings, Item, of_diagnostics
from policypress.read.workspace import read_policy
from policypress.render import markdown, reports
from tests.support.golden import GOLDEN, same_as_golden
from tests.support.paths import ROOT

FORMATS = {"github": "txt", "sarif": "sarif", "junit": "xml", "markdown": "md"}

HOSTILE = (
    "50%, see [here](javascript:x) & `{@use}`\r\n::set-output name=x::y\x1b[2J|<b>\u2028条款\ud800\ufffe ]]>"
)
PLANTED = Findings(
    "check",
    (
        Item("policy_src/隐 私/a,b:c.yaml", 3, 7, "T501", "error", "open: `**`, 100%", HOSTILE, "Close it."),
        Item("policy_src/a.yaml", 1, 1, "C603", "warning", "full-width", "`。` is full-width"),
        Item("policy_src/a.yaml", 9, 1, "text.number", "note", "", "30 -> 60", fingerprint="0123456789ab"),
    ),
    {"T501": "open: `**`, 100%", "C603": "full-width", "text.number": "a number changed"},
)
NOTHING = Findings("check", ())


def real() -> Findings:
    """What is found in the repository's own policy."""
    return of_diagnostics(read_policy(ROOT, ROOT / "policy_src/privacy").diagnostics)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["planted", "real", "nothing"])
def test_each_format_is_as_it_was(name: str, form: str, update_golden: bool) -> None:
    findings = {"planted": PLANTED, "nothing": NOTHING}.get(name) or real()
    made = reports.as_format(findings, form) + "\n"
    same_as_golden(f"findings/{name}.{FORMATS[form]}", made, update=update_golden)


# --- GitHub

COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def read_command(line: str) -> dict[str, str]:
    """A line as GitHub's runner reads it."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match["properties"].split(","))
    found = {name: _unescape(value, also=True) for name, value in properties.items()}
    return {**found, "level": match["level"], "message": _unescape(match["message"], also=False)}


def _unescape(value: str, *, also: bool) -> str:
    for code, char in {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if also else {})}.items():
        value = value.replace(code, char)
    return value.replace("%25", "%")


def test_an_annotation_has_its_place_and_title_whatever_the_text_holds() -> None:
    lines = reports.as_format(PLANTED, "github").split("\n")
    assert len(lines) == 3
    first = read_command(lines[0])
    assert (first["file"], first["line"], first["col"]) == ("policy_src/隐 私/a,b:c.yaml", "3", "7")
    assert (first["level"], first["title"]) == ("error", "T501 open: `**`, 100%")
    assert first["message"] == markdown.printable(HOSTILE) + "\nClose it."
    assert [read_command(line)["level"] for line in lines] == ["error", "warning", "notice"]


# --- SARIF


def sarif(findings: Findings, folder: Path) -> Any:
    path = folder / "report.sarif"
    path.write_text(reports.as_format(findings, "sarif"), "utf-8")
    return loader.load_sarif_file(str(path))


def test_sarif_tools_reads_every_result_with_its_place(tmp_path: Path) -> None:
    found = sarif(PLANTED, tmp_path)
    records = found.get_records()
    assert [record["Severity"] for record in records] == ["error", "warning", "note"]
    assert [record["Line"] for record in records] == [3, 1, 9]
    assert records[0]["Location"].endswith("a%2Cb%3Ac.yaml")
    assert found.get_distinct_tool_names() == ["policypress"]


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.sarif")), ids=lambda path: "-".join(path.parts[-2:]))
def test_sarif_is_valid_against_its_schema(path: Path) -> None:
    """The schema that the standard's authors publish, of SARIF 2.1.0."""
    schema = json.loads((ROOT / "tests/fixtures/sarif-2.1.0.schema.json").read_text("utf-8"))
    report = json.loads(path.read_text("utf-8"))
    jsonschema.validate(report, schema, cls=jsonschema.Draft4Validator)
    report["runs"][0]["tool"]["driver"]["rules"] = "none"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema, cls=jsonschema.Draft4Validator)


def test_each_sarif_result_names_its_rule_and_keeps_its_fingerprint() -> None:
    (run,) = json.loads(reports.as_format(PLANTED, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["results"][2]["partialFingerprints"] == {"policypressChange/v1": "0123456789ab"}


def test_what_would_be_a_link_or_an_argument_in_a_sarif_message_is_text() -> None:
    (first, *_) = json.loads(reports.as_format(PLANTED, "sarif"))["runs"][0]["results"]
    assert r"\[here\](javascript:x) & `{{@use}}`" in first["message"]["text"]


# --- JUnit


def test_junitparser_reads_every_finding_and_only_errors_fail(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(reports.as_format(PLANTED, "junit"), "utf-8")
    (suite,) = JUnitXml.fromfile(str(path))
    cases = list(suite)
    assert (suite.tests, suite.failures) == (3, 1)
    assert [bool(case.result) for case in cases] == [True, False, False]
    assert cases[0].result[0].type == "T501"
    assert cases[1].name == "policy_src/a.yaml:1:1 C603 full-width"


def test_a_report_without_findings_has_a_test_that_passed(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(reports.as_format(NOTHING, "junit"), "utf-8")
    (suite,) = JUnitXml.fromfile(str(path))
    assert (suite.tests, suite.failures, [case.is_passed for case in suite]) == (1, 0, [True])


# --- Any text at all


ANY = st.text(st.characters(codec=None, max_codepoint=0x10FFFF, categories=None), max_size=20)
items = st.builds(Item, ANY, st.integers(1, 9), st.integers(1, 9), ANY, st.just("error"), ANY, ANY, ANY, ANY)


@given(items)
def test_no_text_breaks_a_report(item: Item) -> None:
    findings = Findings("check", (item,), {item.rule: item.title})
    json.loads(reports.as_format(findings, "sarif").encode())
    ET.fromstring(reports.as_format(findings, "junit").encode())
    (line,) = reports.as_format(findings, "github").encode().decode().split("\n")
    assert "\r" not in line
    assert read_command(line)["file"] == markdown.printable(item.file)
    rows = reports.as_format(findings, "markdown").encode().decode().rstrip("\n").split("\n")
    assert len(rows) == 5


# --- Markdown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("**a** _b_ `c`", r"\*\*a\*\* \_b\_ \`c\`"),
        ("<img src=x onerror=y>", r"\<img src=x onerror=y\>"),
        ("a|b", r"a\|b"),
        ("@use #12", "<span>@</span>use <span>#</span>12"),
        ("https://x.example www.x.example", r"https\://x.example www\.x.example"),
        ("&lt; a\r\n\nb\u2028c", r"\&lt; a b c"),
        ("\\", "\\\\"),
        ("- a - b", r"\- a - b"),
        ("1. a 1. b", r"1\. a 1. b"),
        ("条款：三十日。", "条款：三十日。"),
    ],
)
def test_markdown_says_a_text_and_nothing_else(value: str, said: str) -> None:
    assert markdown.text(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [("a`b", "``a`b``"), ("`", "`` ` ``"), ("a|b", r"`a\|b`"), ("``a", "``` ``a ```")]
)
def test_a_code_span_holds_any_text(value: str, said: str) -> None:
    assert markdown.code(value) == said
