"""Which versions of other packages are at work: a constant of the process, as the packages themselves are."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8)
def version(package: str) -> str:
    """The installed version of a package."""
    from importlib import metadata

    return metadata.version(package)
