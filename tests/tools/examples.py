"""The examples in docs/api.md: real objects, put where the page asks for them, and what its Python does."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Mapping
from contextlib import chdir
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
from docs.clients.policy_client import Policy

from policypress import app
from policypress.core import hosting
from policypress.core.api.schemas import openapi
from tests.support.api import ROOT as API
from tests.support.histories import asking_consent, at
from tests.support.paths import ROOT
from tests.support.server import serving

PAGE = ROOT / "docs/api.md"
AS_OF = "2026-05-01"
WIDTH = 110
ADDRESS = "https://example.org/legal/"
ACCEPTED = "data/privacy.accepted.jsonl"
_EXAMPLE = re.compile(r"(<!-- from (\S+)(?: at (\S+))? -->\n)(?:\n```json\n.*?\n```\n)?", re.DOTALL)
_TABLE = re.compile(r"(<!-- table of objects -->\n)(?:\n(?:\|.*\n)+)?")
_SESSION = re.compile(r"```python\n(>>> .*?)```", re.DOTALL)


def site(folder: Path) -> dict[str, bytes]:
    """The API and the feeds of the policy that the page speaks of."""
    made = asking_consent(folder)
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    files = app.rendered(made.root, as_of=at(AS_OF)).files
    return {name: data for name, data in files.items() if name.startswith((API, "feeds/"))}


def objects(folder: Path) -> dict[str, bytes]:
    """The API alone, by the path of each object in it."""
    found = site(folder)
    return {name.removeprefix(API): data for name, data in found.items() if name.startswith(API)}


def found(folder: Path) -> dict[str, bytes]:
    """All that the page shows parts of: objects, feeds, and what a client keeps."""
    files = site(folder / "workspace")
    for name, data in files.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_bytes(data)
    return {**{name.removeprefix(API): data for name, data in files.items()}, ACCEPTED: _accepted(folder)}


def _accepted(folder: Path) -> bytes:
    """What a client keeps after doing what the page's Python does, which must print what the page says."""
    with serving(folder / "site", "/legal/") as server, chdir(folder):
        for number, session in enumerate(_SESSION.findall(PAGE.read_text("utf-8"))):
            known = {"Policy": Policy, "Path": Path, "datetime": datetime, "feedparser": feedparser}
            text = session.replace(ADDRESS, server.url)
            test = doctest.DocTestParser().get_doctest(text, known, f"session {number}", PAGE.name, 0)
            doctest.DebugRunner().run(test)
        return Path(ACCEPTED).read_bytes().replace(server.url.encode(), ADDRESS.encode())


def filled(page: str, found: Mapping[str, bytes]) -> str:
    """The page with every example as it is now."""

    def example(match: re.Match[str]) -> str:
        value = json.loads(found[match[2]])
        for name in match[3].split(".") if match[3] else ():
            value = value[int(name) if name.isdigit() else name]
        return f"{match[1]}\n```json\n{shown(value)}\n```\n"

    return _TABLE.sub(lambda match: f"{match[1]}\n{_table()}", _EXAMPLE.sub(example, page))


def _table() -> str:
    """Every kind of object: what it says, and how long it may be kept."""
    rows = [("object", "what it says", "`Cache-Control`"), ("---", "---", "---")]
    for path, item in openapi()["paths"].items():
        name = re.sub(r"\{(\w+)\}", lambda match: match[1].upper(), path.removeprefix("/"))
        keep = hosting.cache(f"{API}{path.removeprefix('/')}")
        rows.append((f"`{name}`", item["get"]["summary"], f"`{keep}`"))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


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
