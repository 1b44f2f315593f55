"""What every test shares."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ("tests.support.fixtures",)

# Other tests run beside it, so time says nothing; in CI a run must be repeatable.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
