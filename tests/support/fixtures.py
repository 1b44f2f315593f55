"""Fixtures for every test that drives a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import launched
from tests.support.pages import OpenPage, watched_pages


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium per test process."""
    with launched() as browser:
        yield browser


@pytest.fixture
def open_address(browser: Browser) -> Iterator[OpenPage]:
    """Opens a full address; the test fails at its end if anything went wrong in a page."""
    with watched_pages(browser) as open_page:
        yield open_page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
