"""Time and peak memory of whole processes, the contenders taking turns so that noise hits all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


def measure(runs: Sequence[Run], times: int) -> dict[str, Figure]:
    """Run each command so many times, in turns; the first round only warms up."""
    samples: dict[str, list[tuple[float, float]]] = {run.name: [] for run in runs}
    for turn in range(times + 1):
        for run in runs:
            run.prepare()
            sample = _once(run)
            if turn:
                samples[run.name].append(sample)
    return {name: _median(found) for name, found in samples.items()}


def _once(run: Run) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(
        run.command, cwd=run.cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment()
    )
    assert process.stderr is not None
    complaint = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{run.name} failed: {complaint}")
    return seconds, usage.ru_maxrss / 1024


def _environment() -> Mapping[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "DISABLE_MKDOCS_2_WARNING": "true"}


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
