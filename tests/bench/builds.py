"""`build` over 1 to 1,000 versions of 70 clauses in two languages, 5 of them reworded each time."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

from tests.bench import comparators
from tests.bench.comparators import Mike
from tests.bench.measure import Figure, Run, Weight, emptying, measure, ratio, table, weight_of
from tests.support import ledgers
from tests.support.ledgers import Step

VERSIONS = (1, 10, 50, 200, 1000)
BUILD = [sys.executable, "-m", "policypress", "build"]
IMPORTS = Run(
    "import pydantic, ruamel.yaml, click",
    [sys.executable, "-c", "import pydantic, ruamel.yaml, click"],
    Path(),
)
FEW = 10
MIKES = (FEW, 200)
HUGO = 200
LARGE = 200  # from here on a full build is measured fewer times
TIMES, FEWER = 5, 3

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Ledger:
    """A workspace with so many releases, and those that are to come."""

    count: int
    root: Path
    coming: Iterator[Step] = field(repr=False)

    @property
    def name(self) -> str:
        """How it is called in tables."""
        return f"build, V={self.count}"

    def full(self) -> Run:
        """A build from nothing."""
        return Run(self.name, BUILD, self.root, emptying(self.root / "site"))

    def adding(self) -> Run:
        """A build after one more release, on top of the site before."""
        return Run(self.name, BUILD, self.root, lambda: ledgers.add(self.root, next(self.coming)))

    def again(self) -> Run:
        """A build with nothing to do."""
        return Run(self.name, BUILD, self.root)


def builds(folder: Path, most: int) -> bool:
    """Measure full builds, adding one version, and nothing to do."""
    counts = [count for count in VERSIONS if count <= most]
    print(f"Making ledgers of {', '.join(map(str, counts))} releases", file=sys.stderr)
    steps = list(islice(ledgers.history(), max(counts) + TIMES + 1))
    made = [_ledger(folder / f"v{count}", steps, count) for count in counts]
    bare = comparators.bare(folder / "bare", steps[0])
    mikes = [
        Mike(folder / f"mike{count}", steps[:count], steps[count:]) for count in MIKES if count in counts
    ]
    hugo = comparators.hugo(folder / "hugo", steps[:HUGO]) if HUGO in counts else None
    return all([_full(made, bare, hugo), _adding(made, bare, mikes), _again(made)])


def _ledger(root: Path, steps: list[Step], count: int) -> Ledger:
    ledgers.write(root, steps[:count])
    return Ledger(count, root, iter(steps[count:]))


def _full(made: list[Ledger], bare: Run, hugo: Run | None) -> bool:
    small = [ledger.full() for ledger in made if ledger.count < LARGE]
    large = [ledger.full() for ledger in made if ledger.count == LARGE]
    once = [ledger.full() for ledger in made if ledger.count > LARGE]
    figures = {
        **measure([bare, *small], TIMES),
        **measure([*large, *([hugo] if hugo else [])], FEWER),
        **measure(once, 1, warm_up=False),
    }
    print("full build")
    table(figures)
    for ledger in made:
        _weigh(ledger.name, weight_of(ledger.root / "site"))
    if hugo is None:
        print(f"  {comparators.NO_HUGO}")
        return True
    _weigh(hugo.name, weight_of(hugo.cwd / "public"))
    return ratio(f"full build / {hugo.name}", *_seconds(figures, f"build, V={HUGO}", hugo.name), 4)


def _weigh(name: str, found: Weight) -> None:
    print(
        f"  {name:<44} {found.once / 2**20:7.2f} MiB on disk, {found.total / 2**20:.2f} with every theme file"
    )


def _adding(made: list[Ledger], bare: Run, mikes: list[Mike]) -> bool:
    weights = {mike.name: mike.weight() for mike in mikes}
    runs = {ledger.count: ledger.adding() for ledger in made}
    figures = measure([bare, *runs.values(), *(mike.run() for mike in mikes)], TIMES)
    print("adding one version")
    table(figures)
    for name, found in weights.items():
        _weigh(name, found)
    met = [
        ratio(f"adding one, V={count} / bare", *_seconds(figures, run.name, bare.name), 1.5)
        for count, run in runs.items()
    ]
    for mike in mikes:
        theirs, ours = _seconds(figures, mike.name, runs[mike.count].name)
        met.append(ratio(f"mike / adding one, V={mike.count}", theirs, ours, 3, at_least=True))
    return all([*met, _flat({count: figures[run.name] for count, run in runs.items()})])


def _flat(adding: Mapping[int, Figure]) -> bool:
    """Adding one to the longest ledger beside adding one to a short one."""
    most = max(adding)
    if most <= FEW:
        return True
    many, few = adding[most], adding[FEW]
    time_met = ratio(f"adding one, V={most} / V={FEW}", many.seconds, few.seconds, 1.2)
    return ratio(f"memory of adding one, V={most} / V={FEW}", many.mebibytes, few.mebibytes, 1.1) and time_met


def _again(made: list[Ledger]) -> bool:
    hashing = {ledger.name: _hashing(ledger.root) for ledger in made}
    figures = measure([IMPORTS, *(ledger.again() for ledger in made)], TIMES)
    print("nothing to do")
    table(figures)
    imports = figures[IMPORTS.name].seconds
    met = []
    for name, seconds in hashing.items():
        print(f"  sha256 of the input of {name}: {seconds:.3f} s")
        met.append(ratio(f"({name}, less that) / imports", figures[name].seconds - seconds, imports, 1.5))
    return all(met)


def _hashing(root: Path) -> float:
    """The seconds that reading and hashing all input takes."""
    return statistics.median(_hash_all(root) for _ in range(TIMES))


def _hash_all(root: Path) -> float:
    start = time.perf_counter()
    for path in (root / "mkdocs.yml", *(root / "policy_src").rglob("*")):
        if path.is_file():
            sha256(path.read_bytes())
    return time.perf_counter() - start


def _seconds(figures: Figures, ours: str, theirs: str) -> tuple[float, float]:
    return figures[ours].seconds, figures[theirs].seconds
