"""One comparison with changes of most kinds: a release, and a draft that amends it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from policypress import app
from policypress.core.comparison import Comparison
from tests.support.histories import Workspace
from tests.support.paths import ROOT

CASES = ROOT / "tests/cases/comparison"
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def amended(root: Path) -> Workspace:
    """A workspace whose draft amends its one release, in a folder without git."""
    shutil.copytree(CASES / "old", root)
    made = Workspace(root)
    made.release("2026-01-05T10:00")
    shutil.rmtree(made.policy / "clauses")
    shutil.copytree(CASES / "new/policy_src", root / "policy_src", dirs_exist_ok=True)
    return made


def compared(made: Workspace, old: str | None = None, new: str | None = None) -> Comparison:
    """What changed between two versions of it."""
    return app.compare(made.root, made.policy, old, new, NOW)
