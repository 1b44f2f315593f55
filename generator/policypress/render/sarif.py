"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from policypress.core.findings import Findings, Item

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(findings: Findings, version: str) -> str:
    """One run of one tool, whose version this is; columns count characters, paths start at the repository."""
    rules = sorted(findings.rules)
    driver = {
        "name": "policypress",
        "version": version,
        "rules": [{"id": rule, "shortDescription": {"text": findings.rules[rule]}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"policypress {findings.name}/"},
        "results": [_result(item, rules) for item in findings.items],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _result(item: Item, rules: list[str]) -> dict[str, Any]:
    told = f"{item.message}\n{item.hint}" if item.hint else item.message
    place = {
        "artifactLocation": {"uri": quote(item.file), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": item.line, "startColumn": item.column},
    }
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "ruleIndex": rules.index(item.rule),
        "level": item.weight,
        "message": {"text": _message(told)},
        "locations": [{"physicalLocation": place}],
    }
    if item.fingerprint:
        result["partialFingerprints"] = {"policypressChange/v1": item.fingerprint}
    if item.suppressed:
        result["suppressions"] = [{"kind": "external", "justification": item.suppressed}]
    return result


def _message(text: str) -> str:
    """In a message brackets would make a link, and braces a place for an argument."""
    escaped = re.sub(r"[\\\[\]]", r"\\\g<0>", text)
    return escaped.replace("{", "{{").replace("}", "}}")
