"""The benchmark measures what it says and judges by its bars."""

import sys
from pathlib import Path

import pytest

from tests.bench.comparators import markdown
from tests.bench.measure import Figure, Run, measure, ratio, table, weight, weight_of
from tests.support import ledgers

NOTHING = [sys.executable, "-I", "-S", "-c", "pass"]


@pytest.mark.parametrize(
    ("ours", "at_least", "met", "said"),
    [
        (3.0, False, True, "  a / b: 1.50x (at most 1.5x: met)\n"),
        (3.1, False, False, "  a / b: 1.55x (at most 1.5x: NOT MET)\n"),
        (3.0, True, True, "  a / b: 1.50x (at least 1.5x: met)\n"),
        (2.9, True, False, "  a / b: 1.45x (at least 1.5x: NOT MET)\n"),
    ],
)
def test_a_ratio_is_printed_beside_its_bar(
    ours: float, at_least: bool, met: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ratio("a / b", ours, 2.0, 1.5, at_least=at_least) is met
    assert capsys.readouterr().out == said


def test_figures_are_printed_with_their_units(capsys: pytest.CaptureFixture[str]) -> None:
    table({"build": Figure(1.25, 40.5)})
    assert capsys.readouterr().out.split() == ["build", "1.250", "s", "40.5", "MiB"]


def test_commands_take_turns_and_each_is_prepared_every_time(tmp_path: Path) -> None:
    turns: list[str] = []
    runs = [Run(name, NOTHING, tmp_path, lambda name=name: turns.append(name)) for name in "ab"]  # type: ignore[misc]
    assert set(measure(runs, 2)) == {"a", "b"}
    assert turns == ["a", "b"] * 3
    measure(runs, 1, warm_up=False)
    assert turns == ["a", "b"] * 4


def test_memory_is_that_of_the_command_and_not_of_who_measures(tmp_path: Path) -> None:
    held = b"x" * 2**28
    assert measure([Run("nothing", NOTHING, tmp_path)], 1)["nothing"].mebibytes < len(held) / 2**20 / 2


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    failing = Run("bad", [sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)
    with pytest.raises(RuntimeError, match="bad failed: no such luck"):
        measure([failing], 1)


def test_the_same_file_of_a_theme_is_counted_once() -> None:
    files = [("1.0.0/assets/a.js", 100, "x"), ("1.1.0/assets/a.js", 100, "x"), ("1.1.0/index.html", 10, "y")]
    found = weight([*files, ("1.0.0/index.html", 10, "y")])
    assert (found.total, found.once) == (220, 120)


def test_a_folder_weighs_what_its_files_hold(tmp_path: Path) -> None:
    for name in ("assets/a", "assets/b", "page"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("same", "utf-8")
    assert (weight_of(tmp_path).total, weight_of(tmp_path).once) == (12, 8)


@pytest.mark.parametrize(
    ("tag", "heading"), [("en", "## Article 10. How to Contact Us"), ("zh-Hans", "## 第十条 如何联系我们")]
)
def test_what_is_compared_with_has_the_same_text(tag: str, heading: str) -> None:
    text = markdown(next(ledgers.history()), tag)
    assert heading in text
    assert text.count("\n**") == ledgers.ARTICLES * ledgers.CLAUSES
    assert "400-000-0000" in text
