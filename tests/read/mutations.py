"""Broken YAML by the thousand: mutated windows of the real files, and noise; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import takewhile

from tests.support.paths import ROOT

ALPHABET = "\n\n\n   :-#'\"|>[]{},&*!%@`\\?~<=aé中：，\u00a0\u3000019"
SNIPPETS = [
    *(
        "---",
        "\n---\n",
        "...",
        "<<: x",
        "!!str ",
        "&a ",
        "*a ",
        "? ",
        "- ",
        ">-\n",
        "|2\n",
        "|+1\n",
        ">9",
        "|0\n",
    ),
    *(
        "%YAML 1.1\n",
        "%TAG ! x\n",
        '"\\ud800"',
        '"\\U00110000"',
        '"\\x',
        '"\\0"',
        "'",
        '"',
        "# ",
        "\r\n",
        "{a: [b, c]}",
    ),
    *(
        "{@nowhere}",
        "{hotline}",
        "**",
        "[a](javascript:x)",
        "children:\n",
        "  id: x\n",
        "format: 2\n",
        "\u202e",
        "\U0001f600",
    ),
    *("\t", "\x00", "\x07", "\x85", "\u2028", "\ufeff", "\r"),
]
LINES = 20


def texts() -> list[str]:
    """All source files of this repository's policy."""
    return [path.read_text("utf-8") for path in sorted((ROOT / "policy_src/privacy").rglob("*.yaml"))]


def mutated(text: str, chance: random.Random) -> str:
    """The text after a few random edits."""
    for _ in range(chance.choice([1, 1, 2, 2, 3, 5])):
        at, other = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
        noise = "".join(chance.choices(ALPHABET, k=chance.randint(1, 8)))
        cut = at + chance.randint(1, 5)
        match chance.randrange(5):
            case 0:
                text = text[:at] + noise[0] + text[at:]
            case 1:
                text = text[:at] + text[cut:]
            case 2:
                text = text[:at] + noise + text[at:]
            case 3:
                text = text[:at] + text[other : other + 30] + text[at:]
            case _:
                text = text[:at] + chance.choice(SNIPPETS) + text[at:]
    return text


def window(text: str, chance: random.Random) -> str:
    """Some lines of a text that are as far in as the first of them, or further: most parse."""
    lines = text.split("\n")
    first = chance.randrange(len(lines))
    indent = len(lines[first]) - len(lines[first].lstrip())
    inside = takewhile(lambda line: not line[:indent].strip(), lines[first : first + LINES])
    return "\n".join(line[indent:] for line in inside)


def inputs(seed: int, count: int) -> Iterator[str]:
    """Mutated windows mostly, some noise."""
    chance = random.Random(seed)
    sources = texts()
    for _ in range(count):
        if chance.random() < 0.8:
            yield mutated(window(chance.choice(sources), chance), chance)
        else:
            yield "".join(chance.choices([*ALPHABET, *SNIPPETS], k=chance.randint(0, 30)))
