"""Built websites for tests."""

import fcntl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.paths import ROOT


def build_real_site(target: Path) -> None:
    """Build the repository's own policies into a folder."""
    command = [sys.executable, "-m", "policypress", "build", "--site", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"policypress build failed ({done.returncode}):\n{done.stdout}{done.stderr}")


def built_once(build: Callable[[Path], None], folder: Path) -> Path:
    """The site that `build` makes in a folder that several processes share; only the first one builds."""
    site, finished = folder / "site", folder / "finished"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            build(site)
            finished.touch()
    return site
