"""Findings for the programs that show them: GitHub's annotations, JUnit, Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from policypress.core.findings import Findings, Item
from policypress.render import markdown

_ANNOTATIONS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(findings: Findings) -> str:
    """Workflow commands that GitHub shows at the lines of a pull request.

    >>> as_github(Findings("check", (Item("a.yaml", 1, 2, "T501", "error", "open", "50%"),)))
    '::error file=a.yaml,line=1,col=2,title=T501 open::50%25'
    """
    return "\n".join(_annotation(item) for item in findings.items)


def _annotation(item: Item) -> str:
    title = f"{item.rule} {item.title}"
    where = {"file": item.file, "line": str(item.line), "col": str(item.column), "title": title}
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{_ANNOTATIONS[item.weight]} {properties}::{_data(_told(item))}"


def whole(name: str, message: str) -> str:
    """An error about all that a command looked at, as GitHub shows it."""
    return f"::error title=policypress {name}::{_data(message)}"


def _told(item: Item) -> str:
    return f"{item.message}\n{item.hint}" if item.hint else item.message


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def as_junit(findings: Findings) -> str:
    """A test case for each finding, failed where it is an error; one that passed where there is none."""
    name = f"policypress {findings.name}"
    counts = {"tests": str(len(findings.items) or 1), "failures": str(findings.count("error"))}
    root = ET.Element("testsuites", {"name": name, **counts})
    suite = ET.SubElement(root, "testsuite", {"name": name, **counts, "errors": "0", "skipped": "0"})
    for item in findings.items:
        _case(suite, item)
    if not findings.items:
        ET.SubElement(suite, "testcase", {"classname": name, "name": "nothing was found"})
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _case(suite: ET.Element, item: Item) -> None:
    place = f"{item.file}:{item.line}:{item.column}"
    attributes = {"classname": item.file, "name": f"{place} {item.rule} {item.title}", "file": item.file}
    case = ET.SubElement(suite, "testcase", attributes)
    text = f"{place}: {_told(item)}"
    if item.weight == "error":
        ET.SubElement(case, "failure", {"type": item.rule, "message": item.message}).text = text
    else:
        ET.SubElement(case, "system-out").text = text


def as_markdown(findings: Findings) -> str:
    """A report fit for a comment or a job's summary."""
    return "\n".join(_report(findings)).rstrip("\n")


def _report(findings: Findings) -> Iterator[str]:
    todo = "; correct the places below" if findings.count("error") else ""
    yield f"### policypress {findings.name}: {counted(findings)}{todo}\n"
    if findings.items:
        rows = (
            (
                item.weight,
                markdown.code(f"{item.file}:{item.line}:{item.column}"),
                markdown.text(item.rule),
                f"{markdown.text(item.message)}<br>{markdown.text(item.hint)}".removesuffix("<br>"),
            )
            for item in findings.items
        )
        yield markdown.table(("", "place", "code", "finding"), rows)


def counted(findings: Findings) -> str:
    """`2 errors, 1 warning`; notes where there are any."""
    errors, warnings, notes = (findings.count(weight) for weight in ("error", "warning", "note"))
    parts = [_count(errors, "error"), _count(warnings, "warning")]
    return ", ".join([*parts, _count(notes, "note")] if notes else parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
