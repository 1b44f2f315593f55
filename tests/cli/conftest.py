"""What the tests of all commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import lay_out


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace without faults."""
    return lay_out(tmp_path / "workspace")
