"""Version numbers follow the worst severity and never name two releases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policypress.core.ids import is_version
from policypress.core.severity import Severity
from policypress.core.versions import next_version, parts

TABLE: list[tuple[str | None, Severity, set[str], str]] = [
    (None, Severity.MATERIAL, set(), "1.0.0"),
    (None, Severity.MATERIAL, {"1.0.0"}, "2.0.0"),
    ("1.2.3", Severity.EDITORIAL, set(), "1.2.4"),
    ("1.2.3", Severity.MINOR, set(), "1.3.0"),
    ("1.2.3", Severity.DECIDE, set(), "2.0.0"),
    ("1.2.3", Severity.MATERIAL, set(), "2.0.0"),
    ("1.9.9", Severity.EDITORIAL, set(), "1.9.10"),
    ("1.0.0", Severity.MINOR, {"1.1.0", "1.2.0"}, "1.3.0"),
    ("1.0.0", Severity.EDITORIAL, {"1.0.1"}, "1.0.2"),
    ("1.0.0", Severity.MATERIAL, {"1.0.0", "2.0.0"}, "3.0.0"),
]


@pytest.mark.parametrize(("base", "severity", "taken", "expected"), TABLE)
def test_the_next_version(base: str | None, severity: Severity, taken: set[str], expected: str) -> None:
    assert next_version(base, severity, taken) == expected


versions = st.tuples(*[st.integers(0, 3)] * 3).map(lambda numbers: ".".join(map(str, numbers)))


@given(st.none() | versions, st.sampled_from(Severity), st.sets(versions))
def test_the_next_version_is_new_and_after_its_base(
    base: str | None, severity: Severity, taken: set[str]
) -> None:
    found = next_version(base, severity, taken)
    assert is_version(found)
    assert found not in taken
    assert base is None or parts(found) > parts(base)
