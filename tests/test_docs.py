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
from policypress.core.api.schemas import KINDS
from policypress.core.comparison import GATES
from policypress.core.kinds import CHILDREN
from policypress.core.refs import Word, parse
from policypress.render.comparisons import FORMATS
from tests.cli.runner import run
from tests.support.histories import Workspace, workspace
from tests.tools import examples, reference

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "make"),
    [("codes.md", reference.codes), ("facts.md", reference.facts), ("changes.md", reference.changes)],
    ids=["codes", "facts", "changes"],
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


def test_the_example_of_a_comparison_in_the_docs_is_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    (shown,) = re.findall(r"\$ policypress diff\n(.*?)```", page, re.DOTALL)
    made = _kept_longer(tmp_path / "w")
    done = run("diff", cwd=made.root)
    assert (done.returncode, done.stdout) == (0, shown)


def test_the_example_of_a_clause_s_life_in_the_docs_is_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    (shown,) = re.findall(r"\$ policypress history use --language en\n(.*?)```", page, re.DOTALL)
    made = _kept_longer(tmp_path / "w")
    made.release("2026-02-01T10:00")
    done = run("history", "use", "--language", "en", cwd=made.root)
    assert (done.returncode, done.stdout) == (0, shown)


def test_the_example_of_a_check_in_the_readme_is_what_is_printed() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    (shown,) = re.findall(r"\*\*Check\.\*\*.*?```\n(.*?)```", page, re.DOTALL)
    done = run("check", cwd=ROOT)
    assert done.stdout + done.stderr == shown


def test_every_ref_and_format_of_a_comparison_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "diff.md").read_text("utf-8")
    for name in (*FORMATS, *GATES, *Word):
        assert f"`{name}`" in page or f"|{name}" in page or f"{name}|" in page, name
    assert all(parse(ref) for ref in re.findall(r"`((?:git:|@)[^`]+)`", page))


def test_the_channels_in_the_docs_are_free_of_faults(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "notices.md").read_text("utf-8")
    texts = re.findall(r"`policy_src/notify.yaml`\n\n```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "policy_src").mkdir()
    found = []
    for text in texts:
        (tmp_path / "policy_src" / "notify.yaml").write_text(text, "utf-8")
        found.append([channel.type for channel in app.notify_settings(tmp_path).channels.values()])
    assert found == [["smtp"], ["smtp", "webhook", "service"]]


def _kept_longer(root: Path) -> Workspace:
    """The workspace of the examples: one release, and a draft that keeps information longer."""
    made = workspace(root)
    made.change("We use your information for security.", "We keep your information for 30 days.")
    made.change("我们为安全目的使用您的信息。", "您的信息保存三十日。")
    made.release("2026-01-05T10:00")
    made.change("30 days", "60 days")
    made.change("三十日", "六十日")
    return made


def test_the_examples_of_the_api_are_what_the_tool_writes(tmp_path: Path, update_golden: bool) -> None:
    page = examples.PAGE.read_text("utf-8")
    made = examples.filled(page, examples.found(tmp_path))
    if update_golden:
        examples.PAGE.write_text(made, "utf-8")
        page = made
    assert page.count("```json") > 8
    assert page == made


def test_the_page_of_the_api_speaks_of_every_kind_of_object() -> None:
    page = examples.PAGE.read_text("utf-8")
    for kind in KINDS:
        told = kind.path.removeprefix("policies/{policy}/").split("{", maxsplit=1)[0]
        assert told in page
