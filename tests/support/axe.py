"""Accessibility faults of a page, as axe-core finds them."""

from typing import Any

from playwright.sync_api import Page

from tests.support.paths import AXE, needed

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


def violations(page: Page) -> list[str]:
    """The WCAG 2.2 A and AA faults of a page as it stands now. A strict CSP does not hinder it."""
    page.evaluate(needed(AXE, "npm ci --ignore-scripts").read_text("utf-8"))
    found = page.evaluate(RUN, TAGS)["violations"]
    return [f"{page.url}: {_describe(violation)}" for violation in found]


def _describe(violation: dict[str, Any]) -> str:
    places = "".join(
        f"\n    {' '.join(map(str, node['target']))}: {node['html']}\n      "
        + node["failureSummary"].replace("\n", "\n      ")
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}{places}"
