"""Finds and starts the machine's own Chromium; Playwright's download is never used."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the test's own server can be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class ChromiumMissingError(RuntimeError):
    """No Chromium on this machine."""


def find_chromium(environ: Mapping[str, str] = os.environ) -> str:
    """The program that CHROMIUM names, else the first of the usual ones on the PATH."""
    wanted = environ.get("CHROMIUM")
    names = (wanted,) if wanted else NAMES
    for name in names:
        if program := shutil.which(name, path=environ.get("PATH")):
            return program
    tried = ", ".join(names)
    raise ChromiumMissingError(
        f"no Chromium found (tried {tried}): run tests/tools/system-parts, "
        "install the package `chromium`, or set CHROMIUM to the program's path"
    )


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium for as long as the block lasts."""
    program = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
