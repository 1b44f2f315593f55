"""`check` and `build` of one text, without releases."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.measure import Run, emptying, measure, ratio, table
from tests.bench.workspaces import bare_material, generated, real

PYTHON = sys.executable
POLICYPRESS = [PYTHON, "-m", "policypress"]
PURE_LOAD = """
import sys
from collections.abc import Callable
from pathlib import Path
from ruamel.yaml import YAML
for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
"""
TIMES = 5


def check(folder: Path) -> bool:
    """`check` beside reading the same files with ruamel's pure loader, and beside an empty import."""
    large, small = generated(folder / "large", 2000), real(folder / "real")
    figures = measure(
        [
            Run("check, real policy", [*POLICYPRESS, "check"], small),
            Run("check, 2,000 clauses x 2 languages", [*POLICYPRESS, "check"], large),
            Run("ruamel pure load of the 2,000 clauses", [PYTHON, "-c", PURE_LOAD, "policy_src"], large),
        ],
        TIMES,
    )
    print("check")
    table(figures)
    ours, theirs = (figures[name].seconds for name in list(figures)[1:])
    return ratio("check / pure load", ours, theirs, 0.7)


def build(folder: Path) -> bool:
    """`build` beside a bare `mkdocs build` of one Material page."""
    bare = bare_material(folder / "bare")
    workspaces = {"real policy": folder / "real", "2,000 clauses x 2 languages": folder / "large"}
    figures = measure(
        [
            Run("mkdocs build, bare one-page Material", [PYTHON, "-m", "mkdocs", "build", "-q"], bare),
            *(
                Run(f"build, {name}", [*POLICYPRESS, "build"], root, emptying(root / "site"))
                for name, root in workspaces.items()
            ),
        ],
        TIMES,
    )
    print("build")
    table(figures)
    theirs, ours, large = (figure.seconds for figure in figures.values())
    ratio("build of 2,000 clauses / bare", large, theirs)
    return ratio("build of the real policy / bare", ours, theirs, 1.5)


def sources(folder: Path) -> bool:
    """Measure both."""
    return all([check(folder), build(folder)])
