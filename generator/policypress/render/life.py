"""The life of a clause: on a terminal, as Markdown, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from policypress.core.life import Life, Stage
from policypress.core.site import Words
from policypress.render import comparison_words as said
from policypress.render import i18n, markdown
from policypress.render.comparison_markdown import redlines
from policypress.render.comparison_text import entry_lines
from policypress.render.terminal import Line, Screen, Span, painted

FORMATS = ("text", "markdown", "json")


def in_format(life: Life, form: str, screen: Screen, workspace: Path | None = None) -> str:
    """A life in one of FORMATS."""
    match form:
        case "json":
            from policypress.core.comparison_json import life_to_json

            return life_to_json(life)
        case "markdown":
            return "\n".join(_markdown(life, workspace)).rstrip("\n")
        case _:
            return "\n".join(painted(line, colour=screen.colour).rstrip() for line in _text(life, screen))


def _text(life: Life, screen: Screen) -> Iterator[Line]:
    for number, stage in enumerate(life.stages):
        if number:
            yield []
        yield [Span(stage.dates.version, "bold"), Span(f"  {_dates(stage, life.time_zone)}", "dim")]
        for entry in stage.entries:
            yield from entry_lines(entry, life.tags, screen)


def _dates(stage: Stage, zone: str) -> str:
    dates = stage.dates
    effective = _day(dates.effective, zone) if dates.effective else "on an unknown date"
    parts = [f"published {_day(dates.published, zone)}", f"effective {effective}"]
    if dates.withdrawn:
        parts[1:] = [f"withdrawn {_day(dates.withdrawn, zone)}"]
    return ", ".join(parts)


def _day(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).date().isoformat()


def _markdown(life: Life, workspace: Path | None) -> Iterator[str]:
    tag = life.tags[0]
    words = i18n.words(tag, workspace)
    colon = ": " if life.title.get(tag, "").isascii() else "："
    yield f"### {markdown.text(life.title.get(tag, life.policy))}{colon}{markdown.code(life.clause)}\n"
    for stage in life.stages:
        dates = stage.dates
        yield f"#### {_heading(stage, life, tag, words)}\n"
        if dates.withdrawn:
            date = i18n.date(dates.withdrawn, tag, life.time_zone)
            yield f"{words.gettext('Withdrawn on %(date)s, never in force') % {'date': date}}\n"
        for entry in stage.entries:
            severity = said.severities(words)[entry.severity]
            why = markdown.text(words.gettext(entry.rule.why))
            yield f"**{severity}** · {said.kinds(words)[entry.kind]} · {why}\n"
            yield from redlines(entry, life.tags)


def _heading(stage: Stage, life: Life, tag: str, words: Words) -> str:
    dates = stage.dates
    if dates.withdrawn or dates.effective is None:
        return dates.version
    date = i18n.date(dates.effective, tag, life.time_zone)
    return words.gettext("%(version)s (effective %(date)s)") % {"version": dates.version, "date": date}
