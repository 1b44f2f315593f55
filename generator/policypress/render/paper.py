"""What is printed at the foot of every sheet: CSS cannot take it from the page, so each page has a sheet."""

from __future__ import annotations

import re

from policypress.core.languages import is_han
from policypress.core.site import Words
from policypress.render import i18n
from policypress.render.edition import Edition

_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
_HAN_FONTS = '"PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", sans-serif'
_SHEET = """@page {{
  font: 8pt/1.3 {font};
  color: #000;
  @bottom-left {{ content: {left}; }}
  @bottom-center {{ content: {middle}; }}
  @bottom-right {{ content: {numbers}; }}
}}
"""


def style(edition: Edition, tag: str, words: Words) -> str:
    """The style sheet with the running foot: publisher, title, version, dates, page n of m."""
    document = edition.document
    left = css_string(f"{document.publisher.name[tag]} · {document.title[tag]}")
    middle = css_string(" · ".join(_standing(edition, tag, words)))
    # The numbers are the browser's: the words around them are cut apart at their places.
    before, between, after = re.split(r"%\(page\)s|%\(pages\)s", words.gettext("Page %(page)s of %(pages)s"))
    numbers = f"{css_string(before)} counter(page) {css_string(between)} counter(pages) {css_string(after)}"
    font = _HAN_FONTS if is_han(tag) else _FONTS
    return _SHEET.format(left=left, middle=middle, numbers=numbers, font=font)


def _standing(edition: Edition, tag: str, words: Words) -> list[str]:
    if edition.draft:
        return [words.gettext("Draft"), words.gettext("Not yet published")]
    version = words.gettext("Version %(version)s") % {"version": edition.version}
    if edition.effective is None:
        return [version]
    effective = i18n.date(edition.effective, tag, edition.document.time_zone)
    return [version, words.gettext("Effective %(date)s") % {"date": effective}]


def css_string(text: str) -> str:
    """Any text as a string of CSS: all but letters, digits and spaces is written as its number."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
