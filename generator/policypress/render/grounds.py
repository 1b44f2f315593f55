"""What a person gave as the ground of a release's dates, said where they are shown; the words are theirs."""

from __future__ import annotations

from collections.abc import Mapping

from policypress.core.site import Words


def of_start(date_basis: str, reasons: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """How it is known since when it binds, and why the notice was short."""
    said = {
        words.gettext("How the dates are known: %(reason)s"): date_basis,
        words.gettext("Why the notice was shorter than promised: %(reason)s"): reasons.get(
            "short_notice", ""
        ),
    }
    return tuple(text % {"reason": reason} for text, reason in said.items() if reason)


def of_publication(reasons: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """Why it was recorded later than it was published."""
    reason = reasons.get("published", "")
    return (
        (words.gettext("Why it was recorded only later: %(reason)s") % {"reason": reason},) if reason else ()
    )
