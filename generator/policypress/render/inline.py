"""Runs of text as safe HTML: everything a person wrote is escaped, and nothing else is let through."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from policypress.core.checks.inline import is_safe
from policypress.core.text import Link, Ref, Run, Runs, Strong, Text, Var

_STRONG = Markup("<strong>{}</strong>")
_LINK = Markup('<a href="{}" rel="noopener noreferrer external">{}</a>')
HERE = Markup('<a href="#{}">{}</a>')


@lru_cache(maxsize=8192)
def html(runs: Runs, reference: Markup = HERE) -> Markup:
    """The markup of one paragraph or heading. Most are the same in most versions of a text.

    `reference` is the markup of what leads to another clause.
    """
    return Markup("").join(_run(run, reference) for run in runs)


def _run(run: Run, reference: Markup) -> Markup:
    # The checks refuse an unsafe link; a document that was never checked loses it here.
    match run:
        case Text(value) | Var(value=value):
            return escape(value)
        case Strong(children):
            return _STRONG.format(html(children, reference))
        case Link(children, href):
            inside = html(children, reference)
            return _LINK.format(href, inside) if is_safe(href) else inside
        case Ref(target, label):
            return reference.format(target, label)
