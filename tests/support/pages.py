"""Opens pages and remembers everything that goes wrong in them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Literal, Protocol, TypedDict, Unpack
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    WebError,
)

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => {
  const place = `${event.sourceFile}:${event.lineNumber}`;
  window.__reportViolation(`${event.violatedDirective} forbids ${event.blockedURI} at ${place}`);
});
"""


class PageOptions(TypedDict, total=False):
    """What a reader's browser is like; Playwright's own names."""

    viewport: ViewportSize
    locale: str
    timezone_id: str
    color_scheme: Literal["light", "dark", "no-preference"]
    reduced_motion: Literal["reduce", "no-preference"]
    forced_colors: Literal["active", "none"]
    java_script_enabled: bool
    bypass_csp: bool
    has_touch: bool
    accept_downloads: bool
    permissions: list[str]


class OpenPage(Protocol):
    """Opens an address in a fresh browser context; `allow` holds patterns of faults the test expects.

    `now` is what the page's clock says, such as 2026-05-01T10:00+08:00.
    """

    def __call__(
        self, address: str, *, allow: Iterable[str] = (), now: str = "", **options: Unpack[PageOptions]
    ) -> Page: ...


class PageFaultsError(AssertionError):
    """Something went wrong inside a page that a test had opened."""


class Watch:
    """Collects the faults of one browser context."""

    def __init__(self, context: BrowserContext, host: str, allow: Iterable[str]) -> None:
        self.host = host
        self.allowed = [re.compile(pattern) for pattern in allow]
        self.faults: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", self._on_page_error)
        context.on("request", self._on_request)
        context.expose_binding("__reportViolation", self._on_violation)
        context.add_init_script(REPORT_VIOLATIONS)

    def _add(self, fault: str) -> None:
        if not any(pattern.search(fault) for pattern in self.allowed):
            self.faults.append(fault)

    def _on_console(self, message: ConsoleMessage) -> None:
        source = message.location["url"]
        if message.type == "error" and source != f"http://{self.host}/favicon.ico":  # asked for unbidden
            self._add(f"console error: {message.text} ({source})")

    def _on_page_error(self, error: WebError) -> None:
        self._add(f"page error: {error.error}")

    def _on_violation(self, source: dict[str, Page], violation: str) -> None:
        self._add(f"CSP violation: {violation}, in {source['page'].url}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.host:
            self._add(f"request to another host: {request.url}")


@contextmanager
def watched_pages(browser: Browser) -> Iterator[OpenPage]:
    """Hand out a way to open pages; at the end of the block, raise if anything went wrong in one."""
    watches: list[Watch] = []
    with ExitStack() as contexts:

        def open_page(
            address: str, *, allow: Iterable[str] = (), now: str = "", **options: Unpack[PageOptions]
        ) -> Page:
            context = browser.new_context(**options)
            contexts.callback(context.close)
            watches.append(Watch(context, urlsplit(address).netloc, allow))
            page = context.new_page()
            if now:
                page.clock.set_fixed_time(now)
            page.goto(address)
            if options.get("java_script_enabled", True):
                contexts.callback(_settle, page)
            return page

        yield open_page
    # Closing the contexts has delivered the last that the pages had to say.
    if faults := [fault for watch in watches for fault in watch.faults]:
        raise PageFaultsError("in the pages this test opened:\n" + "\n".join(faults))


def _settle(page: Page) -> None:
    """Let the page come to what it had already planned for at once."""
    with suppress(Error):  # closed, or on its way to another page
        page.evaluate("() => new Promise(done => setTimeout(done))")
