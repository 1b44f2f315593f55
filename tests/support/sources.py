"""What the repository's policy says, read from its sources without any of the program's own code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.support.paths import ROOT

CLAUSES = ROOT / "policy_src/privacy/clauses"
ENGLISH = ROOT / "tests/fixtures/vso-cloud-privacy-policy.en.txt"
SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+(?=[A-Z(])")


def clause_ids(folder: Path = CLAUSES) -> list[str]:
    """The ids of all clauses, in the order of the document."""
    reader = YAML(typ="safe", pure=True)
    files = sorted(folder.glob("*.yaml"))
    return [clause for file in files for clause in _ids(reader.load(file.read_text("utf-8")))]


def _ids(node: dict[str, Any]) -> Iterator[str]:
    yield str(node["id"])
    for child in node.get("children", []):
        yield from _ids(child)


def english_sentences(text: Path = ENGLISH) -> list[str]:
    """The sentences of the English policy as its publisher wrote it, labels included, white space folded."""
    lines = [" ".join(line.split()) for line in text.read_text("utf-8").splitlines()]
    return [sentence for line in lines if line for sentence in SENTENCE_END.split(line)]


def missing_in_order(wanted: list[str], text: str) -> list[str]:
    """The parts that a text, white space folded, does not hold after all those before them."""
    folded, position, missing = " ".join(text.split()), 0, []
    for part in wanted:
        found = folded.find(part, position)
        if found < 0:
            missing.append(part)
        else:
            position = found + len(part)
    return missing
