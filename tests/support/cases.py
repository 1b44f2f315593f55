"""The rows of tests/cases/diff: what is a change, and of which kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from ruamel.yaml import YAML

from tests.support.paths import ROOT

FOLDER = ROOT / "tests/cases/diff"


@cache
def case_rows() -> list[dict[str, Any]]:
    """All rows, in the order of the files; `tag` is the language of a row of one text."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        tag = "zh-Hans" if ".zh." in path.name else "en"
        rows: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text("utf-8"))
        found += [{"tag": tag, "file": path.name, **row} for row in rows]
    return found
