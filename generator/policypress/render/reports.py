"""Diagnostics as text for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from policypress.core.diagnostics import Diagnostic, Level


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
