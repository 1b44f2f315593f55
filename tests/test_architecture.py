"""The direction of the parts, and the size of each: `cli -> app -> {read, render, write} -> core`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGE = "policypress"
FOLDER = ROOT / "generator" / PACKAGE
MAX_LINES = 400

# What each part may import of this package. `__init__` and `__main__` are parts of their own.
MAY_IMPORT = {
    "core": {"core", "installed"},
    "read": {"core", "read"},
    "render": {"core", "render", "compiled"},
    "write": {"core", "write", "compiled"},
    "app": {"core", "read", "render", "write", "app"},
    "cli": {"app", "cli", "core"},
    "installed": set[str](),
    "compiled": set[str](),
    "__main__": {"cli"},
    "__init__": set[str](),
}
MAY_IMPORT_TOO = {
    # MkDocs makes the plugin itself, so the command line's side of it has to know the other side.
    "cli/mkdocs_plugin.py": {"write.mkdocs"},
    # How a report looks is a renderer's business, that it is printed the command line's.
    "cli/output.py": {"render.reports", "render.terminal"},
    "cli/check.py": {"render.reports"},
    "cli/diff.py": {"render.comparisons"},
    "cli/history.py": {"render.life"},
    "cli/notify.py": {"render.notices"},
}

IMPURE_MODULES = {
    *(
        "pathlib",
        "os",
        "sys",
        "time",
        "subprocess",
        "io",
        "shutil",
        "tempfile",
        "socket",
        "random",
        "locale",
        "glob",
    ),
    *("threading", "asyncio", "urllib.request", "http", "importlib", "logging"),
    *("click", "jinja2", "mkdocs", "babel", "ruamel", "watchdog"),
}
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}
CLOCK = {"now", "utcnow", "today"}


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def part_of(path: Path, folder: Path) -> str:
    return path.relative_to(folder).parts[0].removesuffix(".py")


def faults(folder: Path) -> list[str]:
    """What breaks the rules, as `path:line rule: what`."""
    found = []
    for path in modules(folder):
        text = path.read_text("utf-8")
        tree = ast.parse(text)
        name = path.relative_to(folder).as_posix()
        part = part_of(path, folder)
        found += [f"{name}:{line} {what}" for line, what in direction(tree, part, path, folder)]
        if part == "core":
            found += [f"{name}:{line} {what}" for line, what in impurities(tree)]
        if len(text.splitlines()) > MAX_LINES:
            found.append(f"{name}:{MAX_LINES + 1} too long")
        if not (ast.get_docstring(tree) or "").strip() or not text.startswith(('"""', 'r"""')):
            found.append(f"{name}:1 no docstring on its first line")
    return found


def imports(tree: ast.AST, package: tuple[str, ...] = ()) -> Iterator[tuple[int, str]]:
    """Every imported module and name, by full name, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def direction(tree: ast.AST, part: str, path: Path, folder: Path) -> Iterator[tuple[int, str]]:
    name = path.relative_to(folder)
    for line, imported in imports(tree, (PACKAGE, *name.parts[:-1])):
        top, _, inside = imported.partition(".")
        if top != PACKAGE or inside == "__version__":
            continue
        also = MAY_IMPORT_TOO.get(name.as_posix(), set())
        if inside.split(".")[0] not in MAY_IMPORT[part] and not any(
            f"{inside}.".startswith(f"{module}.") for module in also
        ):
            yield line, f"direction: {part} imports {imported}"


def impurities(tree: ast.AST) -> Iterator[tuple[int, str]]:
    dates = names_of_dates(tree)
    for line, name in imports(tree):
        parts = name.split(".")
        if any(".".join(parts[:length]) in IMPURE_MODULES for length in range(1, len(parts) + 1)):
            yield line, f"impure: imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield node.lineno, f"impure: calls {node.func.id}"
        if isinstance(node, ast.Attribute) and node.attr in CLOCK and root(node) in dates:
            yield node.lineno, f"impure: asks the clock by {node.attr}"


def root(node: ast.expr) -> str:
    """The name at the left of all dots."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def names_of_dates(tree: ast.AST) -> set[str]:
    """What `datetime` and its classes are called in a module."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.name == "datetime" or (isinstance(node, ast.ImportFrom) and node.module == "datetime")
    }


def test_there_is_something_to_look_at() -> None:
    assert {part_of(path, FOLDER) for path in modules(FOLDER)} == set(MAY_IMPORT)
    assert len(modules(FOLDER)) > 30


def test_the_package_keeps_to_its_architecture() -> None:
    assert faults(FOLDER) == []


BAD = {
    "core/reads.py": ("from policypress.read import nodes", "direction: core imports policypress.read.nodes"),
    "core/late.py": ("def f():\n    import policypress.app", "direction: core imports policypress.app"),
    "core/relative.py": ("from ..write import files", "direction: core imports policypress.write.files"),
    "core/sub/deep.py": ("from ... import cli", "direction: core imports policypress.cli"),
    "core/paths.py": ("from pathlib import Path", "impure: imports pathlib.Path"),
    "core/alias.py": ("import os.path as p", "impure: imports os.path"),
    "core/hidden.py": ("class A:\n    def f(self):\n        import time", "impure: imports time"),
    "core/fetch.py": ("import urllib.request", "impure: imports urllib.request"),
    "core/fetch2.py": ("from urllib import request", "impure: imports urllib.request"),
    "core/clicks.py": ("from click.testing import CliRunner", "impure: imports click.testing.CliRunner"),
    "core/yaml.py": ("import ruamel.yaml", "impure: imports ruamel.yaml"),
    "core/opens.py": ("def f():\n    return open('x')", "impure: calls open"),
    "core/clock.py": ("from datetime import datetime\nx = datetime.now()", "impure: asks the clock by now"),
    "core/day.py": ("from datetime import date as d\nx = d.today", "impure: asks the clock by today"),
    "core/module.py": ("import datetime as dt\nx = dt.datetime.utcnow()", "impure: asks the clock by utcnow"),
    "read/renders.py": ("import policypress.render.site", "direction: read imports policypress.render.site"),
    "read/writes.py": ("from policypress import write", "direction: read imports policypress.write"),
    "render/reads.py": (
        "from policypress.read.nodes import parse",
        "direction: render imports policypress.read.nodes.parse",
    ),
    "render/apps.py": (
        "from policypress.app import check",
        "direction: render imports policypress.app.check",
    ),
    "write/renders.py": ("from ..render import site", "direction: write imports policypress.render.site"),
    "write/cli.py": ("import policypress.cli.main", "direction: write imports policypress.cli.main"),
    "app.py": ("from policypress.cli import main", "direction: app imports policypress.cli.main"),
    "cli/reads.py": ("from policypress.read import nodes", "direction: cli imports policypress.read.nodes"),
    "cli/renders.py": (
        "from policypress.render.site import f",
        "direction: cli imports policypress.render.site.f",
    ),
    "cli/check.py": (
        "import policypress.render.reports_too",
        "direction: cli imports policypress.render.reports_too",
    ),
    "__main__.py": ("from policypress.core import text", "direction: __main__ imports policypress.core.text"),
    "__init__.py": ("from policypress import app", "direction: __init__ imports policypress.app"),
    "render/long.py": ("x = 1\n" * 400, "too long"),
}


@pytest.mark.parametrize(("name", "made"), BAD.items(), ids=BAD)
def test_every_rule_can_be_broken(name: str, made: tuple[str, str], tmp_path: Path) -> None:
    source, fault = made
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""Bad."""\n{source}\n', "utf-8")
    (found,) = faults(tmp_path)
    assert found.startswith(f"{name}:")
    assert found.endswith(f" {fault}")


@pytest.mark.parametrize("source", ["", "x = 1\n", '# comment\n"""Late."""\n', '""""""\n', '"""\n\n"""\n'])
def test_a_module_without_a_first_line_is_told(source: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(source, "utf-8")
    assert faults(tmp_path) == ["app.py:1 no docstring on its first line"]


def test_what_is_allowed_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core/good.py").write_text(
        '"""Good."""\nimport re\nfrom urllib.parse import urlsplit\nfrom datetime import datetime\n'
        "def f(at: datetime, request): return request.now, request.now.today\n"
        "from policypress.core.text import parse\nfrom . import text\n",
        "utf-8",
    )
    assert faults(tmp_path) == []
