"""The reader's language: interface words from gettext catalogs, names and dates by Babel."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from policypress.core import languages
from policypress.core.site import Words
from policypress.render import resources

DOMAIN = "policypress"
FALLBACK = "en"


def words(tag: str, workspace: Path | None = None) -> Words:
    """The interface in a language; in English, as written in the templates, where there is no catalog."""
    path = _catalog_path(tag, workspace)
    found = _catalog(path, path.stat().st_mtime_ns) if path else NullTranslations()
    return Words(found.gettext, found.ngettext)


def catalog_tag(tag: str, workspace: Path | None = None) -> str:
    """The language that the interface of a text in this language is in."""
    return next((candidate for candidate in _chain(tag) if _po(candidate, workspace)), FALLBACK)


def _catalog_path(tag: str, workspace: Path | None) -> Path | None:
    return _po(catalog_tag(tag, workspace), workspace)


def _chain(tag: str) -> list[str]:
    """`zh-Hans-CN`, `zh-Hans`, `zh`."""
    parts = tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _po(tag: str, workspace: Path | None) -> Path | None:
    return resources.find(f"locales/{tag}/LC_MESSAGES/{DOMAIN}.po", workspace)


@lru_cache(maxsize=64)
def _catalog(path: Path, _changed: int) -> GNUTranslations:
    """A catalog straight from its source: there is no compiled file that could be stale."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def language_name(tag: str, reader: str | None = None, *, among: tuple[str, ...] = ()) -> str:
    """A language's name, the reader's or its own; with script or region if `among` has one alike."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
        reader_locale = Locale.parse(reader or tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    alike = [other for other in among if languages.primary(other) == languages.primary(tag)]
    full = len(alike) > 1
    name = locale.get_display_name(reader_locale) if full else locale.get_language_name(reader_locale)
    return _capital(name or tag)


def _capital(name: str) -> str:
    """`français` stands alone on a page, so it is written as at the start of a sentence."""
    return name[:1].upper() + name[1:]


def instant(moment: datetime, tag: str, zone: str) -> str:
    """A date as the reader writes it, in the policy's zone, which it names; the time too unless midnight."""
    from babel import dates

    local = moment.astimezone(ZoneInfo(zone))
    locale = _date_locale(tag)
    text = dates.format_date(local, "long", locale)
    if local.timetz().replace(tzinfo=None) != time():
        text = f"{text} {dates.format_time(local, 'short', locale=locale)}"
    name = dates.get_timezone_name(local, locale=locale)
    return f"{text}（{name}）" if languages.is_han(tag) else f"{text} ({name})"


def zone_name(zone: str, tag: str) -> str:
    """A time zone as the reader calls it, summer and winter."""
    from babel import dates

    return dates.get_timezone_name(ZoneInfo(zone), locale=_date_locale(tag))


@lru_cache(maxsize=4096)
def date(moment: datetime, tag: str, zone: str) -> str:
    """The date alone, in the policy's zone, as the reader writes it."""
    from babel import dates

    return dates.format_date(moment.astimezone(ZoneInfo(zone)), "long", _date_locale(tag))


def _date_locale(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag, sep="-"))
    except (UnknownLocaleError, ValueError):
        return FALLBACK
