"""Where things are in the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
VNU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"


def needed(path: Path, how: str) -> Path:
    """The path, or an error that says how to get what belongs there."""
    if not path.exists():
        raise FileNotFoundError(f"{path.relative_to(ROOT)} is missing: run `{how}`")
    return path
