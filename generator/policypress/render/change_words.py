"""What changes are called, and why they weigh what they do, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policypress.core.changes import Change
from policypress.core.languages import is_han
from policypress.core.model import Node
from policypress.core.severity import Rule
from policypress.core.site import Words
from policypress.core.text import plain
from policypress.render.comparison_words import fields, kinds

SHORT = {"en": 48, "zh": 24}
# Rules that say no more than the kind of the change does.
SAID_BY_KIND = {
    "clause.added",
    "clause.removed",
    "clause.renumbered",
    "clause.moved",
    "clause.split",
    "clause.merged",
    "heading.reworded",
    "text.reworded",
    "document.changed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A note's words: what changed, what it means, what the reader can do."""

    summary: str
    impact: str
    choices: str


def why(kind: str, rules: Iterable[Rule], words: Words, tag: str) -> str:
    """The kind of a change and its reasons: `Reworded: a number, date, duration or amount changed`."""
    reasons = [words.gettext(rule.why) for rule in rules if rule.id not in SAID_BY_KIND]
    said = kinds(words)[kind]
    said = said[:1].upper() + said[1:]
    if not reasons:
        return said
    colon, comma = ("：", "；") if is_han(tag) else (": ", "; ")
    return f"{said}{colon}{comma.join(reasons)}"


def name(change: Change, words: Words, tag: str) -> str:
    """What a reader calls the clause or the field: its number and heading, or how it begins."""
    if not change.clause:
        return fields(words).get(change.field, change.field)
    label = label_of(change.old_labels.get(tag, ""), change.new_labels.get(tag, ""))
    return " ".join(part for part in (label, title(change.after or change.before, tag)) if part)


def label_of(old: str, new: str) -> str:
    """A label, before and after where it changed."""
    return f"{old} → {new}" if old and new and old != new else new or old


def title(nodes: Sequence[Node], tag: str) -> str:
    """The heading of a clause, or its first words."""
    if not nodes:
        return ""
    node = nodes[0]
    text = plain(node.heading.get(tag, ())) or next((plain(runs) for runs in node.text.get(tag, ())), "")
    if len(text) <= most(tag):
        return text
    cut = text[: most(tag)] if is_han(tag) else text[: most(tag)].rsplit(" ", 1)[0]
    return f"{cut}…"


def most(tag: str) -> int:
    """How many characters of a clause name it."""
    return SHORT["zh" if is_han(tag) else "en"]
