"""Measures, and prints each ratio beside its bar. Exits with 1 when a bar is not met."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.builds import VERSIONS, builds
from tests.bench.diffs import compare
from tests.bench.redlines import redlines
from tests.bench.sending import sending
from tests.bench.sources import sources


def main() -> int:
    """Run all sections, or the one that is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    sections = ["sources", "builds", "sending", "redlines", "diff"]
    parser.add_argument("section", nargs="?", choices=sections, help="by default all")
    parser.add_argument("--most", type=int, default=max(VERSIONS), help="leave out ledgers longer than this")
    asked = parser.parse_args()
    met = []
    with tempfile.TemporaryDirectory(prefix="policypress-bench-") as folder:
        if asked.section in {None, "sources"}:
            met.append(sources(Path(folder)))
        if asked.section in {None, "builds"}:
            met.append(builds(Path(folder), asked.most))
        if asked.section in {None, "sending"}:
            met.append(sending(Path(folder) / "sending"))
    if asked.section in {None, "diff"}:
        met.append(compare())
    if asked.section in {None, "redlines"}:
        met.append(redlines())
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
