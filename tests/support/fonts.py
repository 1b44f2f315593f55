"""Which fonts a page is really drawn with."""

from playwright.sync_api import Page


def rendered_fonts(page: Page, selector: str) -> dict[str, int]:
    """How many glyphs each installed font draws in the first element that matches."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    glyphs: dict[str, int] = {}
    for font in fonts:
        glyphs[font["familyName"]] = glyphs.get(font["familyName"], 0) + int(font["glyphCount"])
    return glyphs
