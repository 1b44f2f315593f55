"""Compiled templates are kept beside compiled modules."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from policypress.compiled import CompiledTemplates


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module whose environments have a template, where Python keeps what it compiles in `kept`."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    module = tmp_path / "maker.py"
    module.touch()
    (tmp_path / "page.html").write_text("{{ 6 * 7 }}", "utf-8")
    folder(module).mkdir(parents=True)
    return module


def folder(module: Path) -> Path:
    return Path(CompiledTemplates(str(module)).directory)


def rendered(module: Path) -> tuple[str, bool]:
    """What the template says, and whether it was compiled for that."""
    compiled = []

    class Watched(Environment):
        def _generate(self, *args: object, **named: object) -> str:
            compiled.append(args)
            return super()._generate(*args, **named)  # type: ignore[arg-type]

    loader = FileSystemLoader(module.parent)
    made = Watched(loader=loader, bytecode_cache=CompiledTemplates(str(module)))
    return made.get_template("page.html").render(), bool(compiled)


def test_a_template_is_compiled_once(maker: Path) -> None:
    assert rendered(maker) == ("42", True)
    assert rendered(maker) == ("42", False)


def test_a_changed_template_is_compiled_again(maker: Path) -> None:
    rendered(maker)
    (maker.parent / "page.html").write_text("{{ 6 * 8 }}", "utf-8")
    assert rendered(maker) == ("48", True)


def test_a_changed_environment_compiles_again(maker: Path) -> None:
    rendered(maker)
    os.utime(maker, (1, 1))
    assert rendered(maker) == ("42", True)


def test_nothing_is_kept_where_python_may_keep_nothing(maker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(maker) == rendered(maker) == ("42", True)
    assert list(folder(maker).iterdir()) == []


def test_a_folder_that_is_not_there_is_no_error(maker: Path) -> None:
    folder(maker).rmdir()
    assert rendered(maker) == rendered(maker) == ("42", True)
