"""A progress line for what takes a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Progress:
    """One line on stderr that says what is being done, on a terminal only, and only after half a second."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._start = time.monotonic()
        self._drawn = 0.0

    def __call__(self, what: str) -> None:
        """Show what is being done now."""
        now = time.monotonic()
        if self._shown and now - self._start > 0.5 and now - self._drawn > 0.05:
            self._drawn = now
            sys.stderr.write(f"\r\x1b[2K{what[:78]}")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
