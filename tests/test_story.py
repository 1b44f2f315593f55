"""The whole story, once: what docs/tutorial.md says to do is done, and prints what it shows."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.support import transcripts
from tests.support.paths import ROOT
from tests.support.transcripts import is_as_shown
from tests.support.workflows import here

PAGE = ROOT / "docs/tutorial.md"


def test_the_commands_of_the_tutorial_print_what_it_shows(tmp_path: Path) -> None:
    port = _free()
    page = PAGE.read_text("utf-8").replace(":8000", f":{port}").replace(" 8000 ", f" {port} ")
    (tmp_path / "policypress").symlink_to(ROOT)
    commands = list(transcripts.script(page))
    printed = transcripts.run(commands, tmp_path, here(HOME=str(tmp_path), COLUMNS="100"), port)
    assert len(commands) > 30
    for number, command in enumerate(commands):
        said = printed[number] if number < len(printed) else "(not reached)"
        assert is_as_shown(command.shown, said), f"$ {command.line}\n{said}"


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def test_a_transcript_is_not_as_shown_where_a_line_is_missing_or_another() -> None:
    assert is_as_shown("a ... c\n", "a b c\n")
    assert not is_as_shown("a ... c\n", "a b d\n")
    assert not is_as_shown("a ... c\n", "a b c\nd\n")
    assert is_as_shown("...\nb\n...\n", "b\n")
    assert not is_as_shown("", "an error\n")
