"""Version numbers: MAJOR.MINOR.PATCH, for people. No program decides from their parts."""

from __future__ import annotations

from collections.abc import Iterable

from policypress.core.severity import Severity

FIRST = "1.0.0"


def parts(version: str) -> tuple[int, int, int]:
    """The three numbers, for ordering."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def next_version(base: str | None, severity: Severity, taken: Iterable[str]) -> str:
    """The version after `base` for a change of this severity, past those that exist already."""
    used = set(taken)
    candidate = FIRST if base is None else _bump(base, severity)
    while candidate in used:
        candidate = _bump(candidate, severity)
    return candidate


def says(base: str, version: str) -> Severity | None:
    """The severity that a version states after another; None where it does not come after it."""
    before, after = parts(base), parts(version)
    if after <= before:
        return None
    if after[0] > before[0]:
        return Severity.MATERIAL
    return Severity.MINOR if after[1] > before[1] else Severity.EDITORIAL


def _bump(version: str, severity: Severity) -> str:
    major, minor, patch = parts(version)
    if severity >= Severity.DECIDE:
        return f"{major + 1}.0.0"
    if severity is Severity.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
