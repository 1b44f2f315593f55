"""The same work for many jobs on all processors, in processes forked from this one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def each(function: Callable[[T], R], jobs: Sequence[T]) -> list[R]:
    """What a function gives for each job, in order; one after the other where there is one processor.

    A job that fails in another process fails again in this one, where its error is what it was.
    """
    processes = min(len(jobs), os.cpu_count() or 1)
    # A fork has only the thread that forks: what another one holds locked would stay so for ever.
    if processes < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
        return [function(job) for job in jobs]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _work.append((function, jobs))
    try:
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            return list(pool.map(_one, range(len(jobs))))
    except Exception:
        return [function(job) for job in jobs]
    finally:
        _work.pop()


def _one(number: int) -> Any:
    function, jobs = _work[-1]
    return function(jobs[number])
