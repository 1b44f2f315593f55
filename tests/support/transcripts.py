"""A page of documentation as a session in a shell: commands are run, files written, what is shown compared.

In a block of `console`, `$ ` begins a command and what follows is what it prints; `...` is anything. A file
is a block that stands under its name.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PARTS = re.compile(
    r"(?:^`(?P<file>\S+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_END = "\x1e"


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed, and what is printed then."""

    line: str
    shown: str = ""


def script(page: str) -> Iterator[Command]:
    """All that a page asks for, in order; a file is a command that writes it."""
    for found in _PARTS.finditer(page):
        if found["file"]:
            yield Command(f"cat > '{found['file']}' <<'END OF FILE'\n{found['text']}END OF FILE")
        elif found["kind"] == "console":
            yield from _commands(found["text"])


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield Command(line, shown)


def run(commands: list[Command], folder: Path, env: Mapping[str, str], port: int) -> list[str]:
    """What each command printed, typed one after the other into one shell.

    One that is left running is a server, which the next command finds on its port.
    """
    # `$?` has to stay what the command left, and a server that was started must not outlive the shell.
    waiting = f"until (: < /dev/tcp/127.0.0.1/{port}) 2> /dev/null; do sleep 0.05; done\n"
    typed = "".join(
        f"{one.line}\ncode=$?\n{waiting if one.line.endswith(' &') else ''}printf '{_END}'; (exit $code)\n"
        for one in commands
    )
    done = subprocess.run(
        ["bash", "--noprofile", "--norc"],
        input=f"trap 'kill $(jobs -p) 2> /dev/null' EXIT\n{typed}",
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.stdout.split(_END)[:-1]


def is_as_shown(shown: str, printed: str) -> bool:
    """Whether this was printed; `...` stands for anything, on a line of its own for any lines.

    >>> is_as_shown("a\\n...\\nd ... f\\n", "a\\nb\\nc\\nd e f\\n")
    True
    >>> is_as_shown("a\\n", "a\\nb\\n")
    False
    """
    pattern = re.sub(r"(?:^|(?<=\n))\\\.\\\.\\\.\\?\n", "(?:.*\n)*", re.escape(shown))
    return re.fullmatch(pattern.replace(r"\.\.\.", ".*"), printed) is not None
