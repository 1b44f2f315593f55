"""The examples in docs/api.md: real objects, put where the page asks for them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policypress import app
from tests.support.api import ROOT as API
from tests.support.histories import asking_consent, at
from tests.support.paths import ROOT

PAGE = ROOT / "docs/api.md"
AS_OF = "2026-05-01"
WIDTH = 110
_EXAMPLE = re.compile(r"(<!-- from (\S+) -->\n)(?:\n```json\n.*?\n```\n)?", re.DOTALL)


def objects(folder: Path) -> dict[str, bytes]:
    """The API of the policy that the page speaks of."""
    made = asking_consent(folder)
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    files = app.rendered(made.root, as_of=at(AS_OF)).files
    return {name.removeprefix(API): data for name, data in files.items() if name.startswith(API)}


def filled(page: str, found: Mapping[str, bytes]) -> str:
    """The page with every example as it is now."""

    def example(match: re.Match[str]) -> str:
        return f"{match[1]}\n```json\n{shown(json.loads(found[match[2]]))}\n```\n"

    return _EXAMPLE.sub(example, page)


def shown(value: Any, margin: str = "") -> str:
    """A value as JSON; what fits is on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(margin) + len(line) < WIDTH:
        return line
    inner = f"{margin}  "
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(name)}: {shown(part, inner)}" for name, part in value.items()]
    else:
        parts = [inner + shown(part, inner) for part in value]
    start, end = "{}" if isinstance(value, dict) else "[]"
    return ",\n".join(parts).join([f"{start}\n", f"\n{margin}{end}"])
