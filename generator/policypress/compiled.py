"""Compiled templates, kept where Python keeps compiled modules, and only where it may keep them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """A cache for environments made by the module `maker`: another version of it compiles anew."""

    def __init__(self, maker: str) -> None:
        folder = Path(cache_from_source(maker)).parent
        super().__init__(str(folder), f"{Path(maker).stem}.{Path(maker).stat().st_mtime_ns}-%s.jinja")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; nothing is lost where that cannot be."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
