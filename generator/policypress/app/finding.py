"""Where the workspace is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from policypress.core.errors import WorkspaceError
from policypress.core.layout import SOURCE

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Progress that nobody watches."""


def find_workspace(start: Path) -> Path:
    """The workspace that a folder is in: the nearest one upwards with policy_src/."""
    for folder in (start, *start.parents):
        if (folder / SOURCE).is_dir():
            return folder
    raise WorkspaceError(
        f"there is no {SOURCE}/ in {start} or above", "Run `policypress init` here, or go to a workspace."
    )
