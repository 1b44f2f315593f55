"""Instants as people write them: a bare date means 00:00 in the policy's zone, and a zone is never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from policypress.core.errors import PolicypressError

_YEARS = range(2, 9900)  # what can be reckoned with in any zone, notice added


class InstantError(PolicypressError):
    """Not an instant."""


def parse(text: str, zone: tzinfo) -> datetime:
    """An instant from `2026-03-01`, `2026-03-01T09:30` (in the zone) or with an offset of its own.

    >>> parse("2026-03-01", ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-03-01T00:00:00+08:00'
    """
    day = _date(text)
    try:
        instant = datetime.combine(day, time()) if day else datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.year not in _YEARS:
        raise InstantError(
            f"`{text}` is not an instant", "Write 2026-03-01, 2026-03-01T09:30 or 2026-03-01T09:30:00+08:00."
        )
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _date(text: str) -> date | None:
    """The date of a text that has no time of day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def end_of(text: str, zone: tzinfo) -> datetime:
    """For a bare date the last moment of that day in the zone; else the instant itself."""
    instant = parse(text, zone)
    if _date(text):
        return instant + timedelta(days=1) - timedelta(microseconds=1)
    return instant


def rfc3339(at: datetime) -> str:
    """An instant as RFC 3339 has it; an offset with seconds, as clocks once had, becomes UTC.

    >>> rfc3339(datetime(1890, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")))
    '1889-12-31T15:54:17+00:00'
    """
    offset = at.utcoffset() or timedelta()
    return (at.astimezone(UTC) if offset % timedelta(minutes=1) else at).isoformat()
