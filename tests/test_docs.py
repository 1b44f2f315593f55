"""The documentation says what the code does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from policypress import app
from policypress.cli.main import COMMANDS, cli
from policypress.core.kinds import CHILDREN
from tests.tools import reference

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "make"), [("codes.md", reference.codes), ("facts.md", reference.facts)], ids=["codes", "facts"]
)
def test_reference_pages_are_what_the_code_says(
    name: str, make: Callable[[], str], update_golden: bool
) -> None:
    page = ROOT / "docs" / name
    if update_golden:
        page.write_text(make(), "utf-8")
    assert page.read_text("utf-8") == make()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_shows_an_example(name: str) -> None:
    assert f"policypress {name}" in (ROOT / "README.md").read_text("utf-8")
    told = CliRunner().invoke(cli, [name, "--help"]).output
    assert re.search(rf"Examples?:\n +policypress {name}", told)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    bare = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert bare == []


def test_the_table_of_kinds_in_the_docs_is_the_one_in_the_code() -> None:
    page = (ROOT / "docs" / "source.md").read_text("utf-8")
    for parent, children in CHILDREN.items():
        name = f"`{parent}`" if parent else "the policy"
        row = f"| {name} | {', '.join(f'`{kind}`' for kind in children)} |"
        assert row in page


def test_the_example_files_in_the_docs_are_free_of_faults(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "source.md").read_text("utf-8")
    files = dict(re.findall(r"`(policy_src/\S+\.yaml)`\n\n```yaml\n(.*?)```", page, re.DOTALL))
    assert len(files) == 2
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert app.check(tmp_path).diagnostics == ()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
    dangling = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+\w/?)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dangling == []
