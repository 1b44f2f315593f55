"""The preview of a sending: who would get which message, every message as it would be seen, what is held."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policypress.core.announcing import Notice
from policypress.core.instants import rfc3339
from policypress.core.mailing import Group, Listed, Plan
from policypress.core.notices import State
from policypress.core.site import Words
from policypress.render import i18n, templates
from policypress.render.notices import Rendered


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in the page, and the ids of those who get it."""

    number: int
    group: Group
    language: str
    text: str
    ids: tuple[str, ...]


def preview(  # noqa: PLR0913, PLR0917
    plan: Plan,
    listed: Listed,
    title: str,
    standing: Mapping[State, int],
    tag: str,
    workspace: Path | None = None,
) -> str:
    """One page that needs nothing else, in one language. `standing`: what the outbox knows of the event."""
    words = i18n.words(tag, workspace)
    shown = tuple(_shown(number, group, listed, words) for number, group in enumerate(plan.groups, 1))
    page = templates.render(
        "preview.html",
        words,
        workspace,
        folder="notices",
        tag=tag,
        title=title,
        event=plan.order.event,
        kind=_kinds(words)[plan.order.event.kind.value],
        reason=plan.order.reason,
        approval=str(plan.approval),
        total=plan.total,
        counts=_counts(plan, words),
        shown=shown,
        held=tuple(listed.held.items()),
        current=tuple(listed.current),
        obstacles=plan.obstacles,
        standing=tuple(standing.items()),
    )
    return page.encode("utf-8", "backslashreplace").decode()


def for_program(notice: Notice, said: Mapping[str, Rendered]) -> str:
    """The notice in all languages as a webhook carries it: an event as Standard Webhooks shapes it."""
    new = notice.comparison.new
    assert new.release is not None
    data = {
        "policy": notice.comparison.policy,
        "version": new.name,
        "sha256": new.sha256,
        "banners": {tag: json.loads(one.banner) for tag, one in said.items()},
    }
    made = {
        "type": f"policy.{notice.kind.value}",
        "timestamp": rfc3339(new.release.published),
        "data": data,
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _kinds(words: Words) -> Mapping[str, str]:
    _ = words.gettext
    return {
        "announce": _("Announcement"),
        "reminder": _("Reminder"),
        "effective": _("Now in force"),
        "correction": _("Correction"),
        "withdrawal": _("Withdrawal"),
    }


def _shown(number: int, group: Group, listed: Listed, words: Words) -> Shown:
    ids = tuple(listed.told.get(group.said, ())) if group.said.html else ()
    text = group.said.text
    if not group.said.language:  # for a program; people read it with line ends
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return Shown(number, group, _language(group, words), text, ids)


def _language(group: Group, words: Words) -> str:
    return group.said.language or words.gettext("All languages")


def _counts(plan: Plan, words: Words) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """How many, by channel, by language, by the version they know."""
    by: tuple[tuple[str, Callable[[Group], str]], ...] = (
        (words.gettext("By channel"), lambda group: group.channel),
        (words.gettext("By language"), lambda group: _language(group, words)),
        (words.gettext("By version known"), lambda group: group.said.old),
    )
    return tuple((name, _counted(plan, key)) for name, key in by)


def _counted(plan: Plan, key: Callable[[Group], str]) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for group in plan.groups:
        found[key(group)] += group.count
    return tuple(sorted(found.items()))
