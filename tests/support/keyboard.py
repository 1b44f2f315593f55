"""Goes through a page with the Tab key, as readers without a mouse do."""

from collections.abc import Collection, Iterator

from playwright.sync_api import FloatRect, Page

from tests.support import layout
from tests.support.layout import Focus
from tests.support.pixels import Eye

AROUND = 8  # how far outside a control its outline may be


def walk(page: Page, key: str = "Tab", *, limit: int = 500) -> Iterator[Focus]:
    """What has the focus after every press of a key, until the page is left or its first stop comes again."""
    first: Focus | None = None
    for _ in range(limit):
        page.keyboard.press(key)
        now = layout.focus(page)
        if now is None or (first and now["number"] == first["number"]):
            return
        first = first or now
        yield now
    raise AssertionError(f"{key} still goes on after {limit} presses")


def hidden_stops(stops: Collection[Focus]) -> list[str]:
    """Stops that are not wholly in the window, or that something covers."""
    faults = [f"not in the window: {stop['name']}" for stop in stops if not stop["inside"]]
    return faults + [f"{stop['covered']} covers {stop['name']}" for stop in stops if stop["covered"]]


class FocusCamera:
    """Takes pictures of what has the focus, with and without it, and says where no one could tell."""

    def __init__(self, page: Page, eye: Eye) -> None:
        self.page = page
        self.eye = eye
        self.stops: list[Focus] = []
        self.pairs: list[tuple[bytes, bytes]] = []

    def take(self, stop: Focus) -> None:
        """Picture one stop; the focus is back where it was afterwards."""
        clip = self._clip(stop)
        focused = self.page.screenshot(clip=clip)
        self.page.evaluate("document.activeElement.blur()")
        blurred = self.page.screenshot(clip=clip)
        again = "number => document.querySelectorAll('*')[number].focus({preventScroll: true})"
        self.page.evaluate(again, stop["number"])
        self.stops.append(stop)
        self.pairs.append((blurred, focused))

    def _clip(self, stop: Focus) -> FloatRect:
        size = self.page.viewport_size
        box = stop["box"]
        assert size
        left, top = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
        right = min(size["width"], box["x"] + box["width"] + AROUND)
        bottom = min(size["height"], box["y"] + box["height"] + AROUND)
        return {"x": left, "y": top, "width": right - left, "height": bottom - top}

    def unseen(self) -> list[str]:
        """Stops where focus does not change, at 3:1, the area of a line 2px thick around the control."""
        return [
            f"focus changes {difference['strongly']} pixels of {needed:.0f}: {stop['name']}"
            for stop, difference in zip(self.stops, self.eye.differences(self.pairs), strict=True)
            if difference["strongly"] < (needed := _outline(stop))
        ]


def _outline(stop: Focus) -> float:
    return 2 * 2 * (stop["box"]["width"] + stop["box"]["height"])
