"""Diagnostics as text for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from policypress.core.diagnostics import Diagnostic, Level
from policypress.core.findings import Findings, Item

FORMATS = ("github", "sarif", "junit", "markdown")


def counts(diagnostics: tuple[Diagnostic, ...]) -> tuple[int, int]:
    """How many errors and warnings."""
    errors = sum(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
    return errors, len(diagnostics) - errors


def as_json(diagnostics: tuple[Diagnostic, ...]) -> str:
    """`{"format": 1, "errors": n, "warnings": n, "diagnostics": [...]}`, lines and columns from 1."""
    errors, warnings = counts(diagnostics)
    report = {
        "format": 1,
        "errors": errors,
        "warnings": warnings,
        "diagnostics": [asdict(diagnostic) for diagnostic in diagnostics],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def as_format(found: Findings, form: str) -> str:
    """Findings in one of FORMATS."""
    from policypress import __version__
    from policypress.render import machines
    from policypress.render.sarif import as_sarif

    findings = _printable(found)
    match form:
        case "sarif":
            return as_sarif(findings, __version__)
        case "junit":
            return machines.as_junit(findings)
        case "markdown":
            return machines.as_markdown(findings)
        case _:
            return machines.as_github(findings)


def _printable(findings: Findings) -> Findings:
    """The same with what no file of text may hold written out."""
    from policypress.render.markdown import printable

    def written(item: Item) -> Item:
        return replace(
            item,
            file=printable(item.file),
            rule=printable(item.rule),
            title=printable(item.title),
            message=printable(item.message),
            hint=printable(item.hint),
            fingerprint=printable(item.fingerprint),
            suppressed=printable(item.suppressed),
        )

    rules = {printable(rule): printable(title) for rule, title in findings.rules.items()}
    return replace(findings, items=tuple(map(written, findings.items)), rules=rules)
