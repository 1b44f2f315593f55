"""Our styles and scripts, named by their content so that a browser may keep them for ever."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from policypress.render import resources

SOURCE = "theme/assets/policypress"
TARGET = "assets/policypress"


@dataclass(frozen=True, slots=True)
class Assets:
    """`names` goes from an asset's own name to its published path, `files` from there to its bytes."""

    names: dict[str, str]
    files: dict[str, bytes]


def assets(workspace: Path | None = None) -> Assets:
    """All assets of the theme."""
    found = Assets({}, {})
    for name, path in resources.files(SOURCE, workspace).items():
        content = path.read_bytes()
        target = f"{TARGET}/{hashed(name, content)}"
        found.names[name] = target
        found.files[target] = content
    return found


def hashed(name: str, content: bytes) -> str:
    """`site.css` as `site.1f2e3d4c.css`."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}.{suffix}"
