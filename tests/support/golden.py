"""Golden files: what an output must be, to the byte."""

from __future__ import annotations

from tests.support.paths import ROOT

GOLDEN = ROOT / "tests/golden"


def same_as_golden(name: str, made: str, *, update: bool) -> None:
    """Compare with tests/golden/NAME, or write it anew: read the difference before you commit it."""
    path = GOLDEN / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, "utf-8", newline="")
    assert path.is_file(), f"tests/golden/{name} is missing: run pytest --update-golden"
    assert made == path.read_bytes().decode("utf-8")
