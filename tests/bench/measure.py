"""Time and peak memory of whole processes, the contenders taking turns so that noise hits all alike."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One command: `prepare` runs before each time, outside the clock."""

    name: str
    command: Sequence[str]
    cwd: Path
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of several runs: wall-clock seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


# A process hands its own peak memory to those that it starts, so what is measured is started by a small one.
_LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss)
sys.exit(status != 0)
"""


def measure(runs: Sequence[Run], times: int, *, warm_up: bool = True) -> dict[str, Figure]:
    """Run each command so many times, in turns; before that a round only warms up."""
    samples: dict[str, list[tuple[float, float]]] = {run.name: [] for run in runs}
    for turn in range(times + warm_up):
        for run in runs:
            run.prepare()
            sample = _once(run)
            if turn >= warm_up:
                samples[run.name].append(sample)
    return {name: _median(found) for name, found in samples.items()}


def _once(run: Run) -> tuple[float, float]:
    launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *run.command]
    done = subprocess.run(
        launched,
        cwd=run.cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{run.name} failed: {done.stderr}")
    seconds, kibibytes = done.stdout.split()
    return float(seconds), float(kibibytes) / 1024


def _environment() -> Mapping[str, str]:
    """The programs of this environment are found first: mike calls mkdocs."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "", "DISABLE_MKDOCS_2_WARNING": "true"}


def _median(samples: Sequence[tuple[float, float]]) -> Figure:
    return Figure(statistics.median(s for s, _ in samples), statistics.median(m for _, m in samples))


def ratio(name: str, ours: float, theirs: float, bar: float | None = None, *, at_least: bool = False) -> bool:
    """Print one ratio beside the bar it must meet; whether it does."""
    value = ours / theirs
    if bar is None:
        print(f"  {name}: {value:.2f}x")
        return True
    good = value >= bar if at_least else value <= bar
    word = "at least" if at_least else "at most"
    print(f"  {name}: {value:.2f}x ({word} {bar:g}x: {'met' if good else 'NOT MET'})")
    return good


def table(figures: Mapping[str, Figure]) -> None:
    """Print all figures."""
    for name, figure in figures.items():
        print(f"  {name:<44} {figure.seconds:7.3f} s  {figure.mebibytes:7.1f} MiB")


def emptying(site: Path) -> Callable[[], None]:
    """For `prepare`: a build that starts from nothing."""
    return lambda: shutil.rmtree(site, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes on disk: all, and with the same file of a theme counted once."""

    total: int
    once: int


def weight(files: Iterable[tuple[str, int, str]]) -> Weight:
    """Weigh files, given as path, size and digest; a theme's are those under `assets/`."""
    total, once = 0, 0
    assets: dict[str, int] = {}
    for path, size, digest in files:
        total += size
        if "assets" in path.split("/")[:-1]:
            assets[digest] = size
        else:
            once += size
    return Weight(total, once + sum(assets.values()))


def weight_of(folder: Path) -> Weight:
    """Weigh a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return weight(
        (path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path.read_bytes()).hexdigest())
        for path in files
    )
