"""Measures a page as a browser drew it.

Most functions give a list of faults, empty when all is well. They run without the page's own scripts too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, TypedDict

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("layout.js").read_text("utf-8")
PLANTED = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


class Box(TypedDict):
    """A rectangle in the window."""

    x: float
    y: float
    width: float
    height: float


class Focus(TypedDict):
    """What has the focus: `number` is its place among all elements, `sort` its kind of control."""

    number: int
    name: str
    sort: str
    inside: bool
    covered: str
    box: Box


class Stop(TypedDict):
    """A control that Tab should come to."""

    number: int
    name: str


class Clause(TypedDict):
    """A clause on the page, and its own text."""

    id: str
    text: str


def _measure(page: Page, call: str, argument: object = None) -> Any:
    """One function of layout.js. A page keeps the functions until it is left."""
    if not page.evaluate("'layout' in window"):
        page.evaluate(f"window.layout = {SCRIPT}")
    return page.evaluate(f"argument => window.layout.{call}", argument)


@contextmanager
def styled(page: Page, css: str) -> Iterator[None]:
    """Add a style sheet to the page while the block lasts. No content security policy forbids this way."""
    page.evaluate(PLANTED, css)
    yield
    page.evaluate("document.adoptedStyleSheets = []")


def resize(page: Page, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")


def text_outside(page: Page) -> list[str]:
    """2. Sideways scrolling, text outside the window, and text that its own box cuts off."""
    return list(_measure(page, "outside()"))


def text_over_text(page: Page) -> list[str]:
    """2. Pieces of text that lie over each other."""
    return list(_measure(page, "overlapping()"))


def line_length(page: Page) -> float:
    """3. The median, over paragraphs of three lines or more, of the longest line but the last."""
    return median(line_lengths(page))


def line_lengths(page: Page) -> list[float]:
    """3. The longest line but the last of every paragraph of three lines or more, in characters."""
    return list(_measure(page, "measures()"))


def baselines_apart(page: Page) -> tuple[int, float]:
    """4. How many labels stand beside their text, and the greatest distance between their baselines."""
    apart = [row["apart"] for row in _measure(page, "rows()") if not row["beneath"]]
    return len(apart), max(apart, default=0.0)


def uneven_edges(page: Page) -> list[str]:
    """4. Texts and labels that do not begin where the others of their level do."""
    rows = [row for row in _measure(page, "rows()") if not row["heading"]]
    faults = _uneven("label", rows, lambda row: float(row["label"]))
    faults += _uneven("text", rows, lambda row: float(row["text"]))
    return faults + _uneven("paragraph", _measure(page, "edges()"), lambda row: float(row["left"]))


def _uneven(what: str, rows: list[dict[str, Any]], left: Callable[[dict[str, Any]], float]) -> list[str]:
    levels: dict[str, dict[float, list[str]]] = {}
    for row in rows:
        levels.setdefault(row["level"], {}).setdefault(left(row), []).append(row["clause"])
    return [
        f"{what}s of level {level} begin at {edges}"
        for level, edges in levels.items()
        if max(edges) - min(edges) > 0.5
    ]


def small_targets(page: Page, least: int, within: str = "body") -> list[str]:
    """5. Controls smaller than `least` pixels in width or height, but for links inside prose."""
    return list(_measure(page, f"small({least}, argument)", within))


def focus(page: Page) -> Focus | None:
    """6. What has the focus now, if anything has."""
    found: Focus | None = _measure(page, "focused()")
    return found


def tab_stops(page: Page) -> list[Stop]:
    """6. What Tab should come to, in order."""
    return list(_measure(page, "stops()"))


def missed_clauses(page: Page) -> list[str]:
    """7. Clauses that their hash brings under what sticks, or further than 40px below it."""
    return list(_measure(page, "missed()"))


def landing(page: Page, clause: str) -> tuple[bool, float]:
    """7. Whether a clause stands where its hash should bring it; how far below what sticks it stands."""
    landed = _measure(page, "landing(argument)", clause)
    return landed["good"], landed["distance"]


def layout_shift(page: Page) -> tuple[float, list[str]]:
    """8. How far things have moved by themselves since the page began to load, and what moved."""
    shifted = _measure(page, "shift()")
    return shifted["total"], shifted["moved"]


def clauses(page: Page) -> list[Clause]:
    """All clauses in order, each with the text that is its own."""
    return list(_measure(page, "clauses()"))
