"""Real git repositories, each in a folder of its own: a fixed identity, fixed dates, no other settings."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_IDENTITY = {
    "GIT_AUTHOR_NAME": "A Writer",
    "GIT_AUTHOR_EMAIL": "writer@example.com",
    "GIT_AUTHOR_DATE": "2026-01-05T10:00:00+08:00",
    "GIT_COMMITTER_NAME": "A Writer",
    "GIT_COMMITTER_EMAIL": "writer@example.com",
    "GIT_COMMITTER_DATE": "2026-01-05T10:00:00+08:00",
}
_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def environment(**more: str) -> dict[str, str]:
    """The environment in which git behaves the same everywhere."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**ours, **_ALONE, **_IDENTITY, **more}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository and its work tree."""

    root: Path

    def git(self, *arguments: str, **environ: str) -> str:
        """Run git here; what it says on standard output."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=environment(**environ),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "A change") -> str:
        """Commit all that is in the work tree; the name of the commit."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def clone(self, to: Path, *options: str) -> Repository:
        """A clone over the git protocol, so that its depth can be limited."""
        self.git("clone", "--quiet", *options, f"file://{self.root}", str(to))
        return Repository(to)


def repository(root: Path) -> Repository:
    """A new repository with a branch `main`, around what the folder holds already."""
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made.git("init", "--quiet", "--initial-branch=main")
    made.git("config", "core.autocrlf", "false")
    return made
