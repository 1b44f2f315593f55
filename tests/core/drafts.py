"""Drafts made from a few words, for tests of what comes after reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policypress.core.diagnostics import Finding
from policypress.core.source import ClauseFile, ClauseFileSource, Draft, PolicySource

POLICY: dict[str, Any] = {
    "format": "1",
    "id": "privacy",
    "title": {"en": "Privacy Policy", "zh-Hans": "隐私政策"},
    "languages": {"en": {"status": "official"}, "zh-Hans": {"status": "unreviewed"}},
    "source_language": "en",
    "time_zone": "Asia/Shanghai",
    "publisher": {
        "name": {"en": "Example", "zh-Hans": "示例公司"},
        "contact": {"en": "privacy@example.com", "zh-Hans": "privacy@example.com"},
    },
    "numbering": {
        "article": {"label": {"en": "Article {n}.", "zh-Hans": "第{n:han}条"}},
        "section": {"label": "{parent}.{n}"},
        "clause": {"label": "{parent}.{n}"},
        "item": {
            "label": {"en": "({n})", "zh-Hans": "（{n}）"},
            "cite": {"en": "{parent}({n})", "zh-Hans": "{parent}（{n}）"},
        },
    },
}


def policy(**changes: Any) -> PolicySource:
    return PolicySource.model_validate({**POLICY, **changes})


def draft(*clauses: dict[str, Any], complete: bool = True, **changes: Any) -> Draft:
    """A draft with one file for each clause, named as it should be."""
    files = (
        ClauseFile(
            f"policy_src/privacy/clauses/{number:02}-{clause['id']}.yaml",
            ClauseFileSource.model_validate({"format": "1", **clause}),
        )
        for number, clause in enumerate(clauses, 1)
    )
    return Draft("policy_src/privacy/policy.yaml", policy(**changes), tuple(files), complete)


def both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": zh}


def clause(name: str, en: str = "We use it.", zh: str = "我们使用。", **more: Any) -> dict[str, Any]:
    """A clause with a text in both languages."""
    return {"id": name, "heading": both("Use", "使用"), "text": both(en, zh), **more}


def codes(findings: Iterable[Finding]) -> list[str]:
    return sorted(finding.code for finding in findings)
