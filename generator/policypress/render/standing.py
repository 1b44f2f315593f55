"""Where a text stands in time: what its page says, in words that stay true, and what a script may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from policypress.core.site import Words, link
from policypress.render import i18n
from policypress.render.edition import Edition

_HISTORY = "history/index.html"


@dataclass(frozen=True, slots=True)
class Standing:
    """The notice below a title. `state` is empty while the page has nothing to say and only a script may.

    `longest` is the longest that a script may say in its place, for which room is kept; `data` is for it.
    """

    state: str
    words: str
    longest: str
    link: str
    href: str
    keeps_place: bool
    data: Mapping[str, object]


def state_words(words: Words) -> dict[str, str]:
    """Each state of a version in a word or two."""
    return {
        "in-force": words.gettext("In force"),
        "scheduled": words.gettext("Not yet in force"),
        "past": words.gettext("No longer in force"),
        "withdrawn": words.gettext("Withdrawn"),
    }


def standing(edition: Edition, tag: str, words: Words) -> Standing:
    """What the page of an edition says, and may come to say."""
    home = link(edition.path(tag), edition.home(tag) + "index.html")
    sentences = _sentences(words)
    state, version, date = _state(edition)
    zone = edition.document.time_zone
    said = sentences.get(state) if date else words.gettext("Version %(version)s.")
    target, name = _link(edition, state, version, tag, words)
    return Standing(
        state=state,
        words=_filled(said or "", version, i18n.date(date, tag, zone) if date else ""),
        longest=_filled(max(sentences.values(), key=len), edition.version, _longest_date(tag)),
        link=_filled(name, version, ""),
        href=link(edition.path(tag), target),
        keeps_place=target != edition.home(tag) + _HISTORY,
        data={
            "version": edition.version,
            "pinned": edition.pinned,
            "home": home,
            "zone": zone,
            "words": {key: _filled(text, "{version}", "{date}") for key, text in _all(words).items()},
            "states": state_words(words),
        },
    )


def _state(edition: Edition) -> tuple[str, str, datetime | None]:
    """What is to be said without a script, and of which version and date."""
    if edition.pinned:
        return "fixed", edition.version, edition.effective
    if edition.withdrawn:
        return "withdrawn", edition.version, edition.withdrawn
    if edition.upcoming is None:
        return "", edition.version, None
    version, date = edition.upcoming
    return "scheduled" if version == edition.version else "upcoming", version, date


def _link(edition: Edition, state: str, version: str, tag: str, words: Words) -> tuple[str, str]:
    """Where the notice leads, as a path in the site, and what the link says."""
    home = edition.home(tag)
    if state == "upcoming":
        return f"{home}{version}/index.html", words.gettext("Read version %(version)s")
    if state in {"fixed", ""}:
        return f"{home}index.html", words.gettext("See the text now in force")
    return home + _HISTORY, words.gettext("All versions and their dates")


def _sentences(words: Words) -> dict[str, str]:
    return {
        "fixed": words.gettext("Version %(version)s, effective from %(date)s."),
        "in-force": words.gettext("Version %(version)s, in force since %(date)s."),
        "in-force-undated": words.gettext("Version %(version)s, in force."),
        "scheduled": words.gettext("Version %(version)s, not in force until %(date)s."),
        "past": words.gettext("Version %(version)s, no longer in force since %(date)s."),
        "never": words.gettext("Version %(version)s, which never came into force."),
        "withdrawn": words.gettext("Version %(version)s, withdrawn on %(date)s."),
        "upcoming": words.gettext("Version %(version)s takes effect on %(date)s."),
    }


def _all(words: Words) -> dict[str, str]:
    return {
        **_sentences(words),
        "see": words.gettext("See the text now in force"),
        "own": words.gettext("See the policy’s own page"),
        "read": words.gettext("Read version %(version)s"),
        "all": words.gettext("All versions and their dates"),
        "current": words.gettext("The text in force"),
    }


def _filled(text: str, version: str, date: str) -> str:
    return text % {"version": version, "date": date}


@lru_cache(maxsize=64)
def _longest_date(tag: str) -> str:
    days = (datetime(2028, month, 28, tzinfo=UTC) for month in range(1, 13))
    return max((i18n.date(day, tag, "UTC") for day in days), key=len)
