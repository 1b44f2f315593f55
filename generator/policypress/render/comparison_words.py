"""The words of a comparison in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from policypress.core.comparison import Comparison, Entry
from policypress.core.refs import Resolved
from policypress.core.site import Words
from policypress.render import i18n


def kinds(words: Words) -> Mapping[str, str]:
    """What happened, by the kind of change."""
    _ = words.gettext
    return {
        "added": _("added"),
        "removed": _("removed"),
        "moved": _("moved"),
        "renumbered": _("renumbered"),
        "reworded": _("reworded"),
        "retitled": _("retitled"),
        "refacted": _("tags changed"),
        "split": _("split"),
        "merged": _("merged"),
        "variable": _("value changed"),
        "document": _("policy detail changed"),
    }


def severities(words: Words) -> Mapping[str, str]:
    """How far it moved."""
    _ = words.gettext
    return {"material": _("Material"), "minor": _("Minor"), "editorial": _("Editorial")}


def parts(words: Words) -> Mapping[str, str]:
    """What part of a clause a redline is of; the text needs no name."""
    return {
        "heading": words.gettext("Heading"),
        "links": words.gettext("Links"),
        "facts": words.gettext("Tags"),
        "value": words.gettext("Value"),
        "text": "",
    }


def fields(words: Words) -> Mapping[str, str]:
    """The policy's own fields."""
    _ = words.gettext
    return {
        "title": _("Title"),
        "publisher.name": _("Publisher"),
        "publisher.contact": _("Contact"),
        "prevailing": _("Prevailing language"),
        "source_language": _("Source language"),
        "time_zone": _("Time zone"),
        "languages": _("Languages"),
        "notice_days.material": _("Days of notice, material changes"),
        "notice_days.minor": _("Days of notice, minor changes"),
        "notice_days.editorial": _("Days of notice, editorial changes"),
    }


def summary(comparison: Comparison, words: Words) -> str:
    """`3 changes, 1 material`."""
    return count(len(comparison.entries), comparison.count("material"), words)


def count(number: int, material: int, words: Words) -> str:
    """How many changes, and how many of them material."""
    if not number:
        return words.gettext("Nothing changed")
    if not material:
        return words.ngettext("%(n)s change, not material", "%(n)s changes, none material", number) % {
            "n": number
        }
    counts = {"n": number, "m": material}
    return words.ngettext("%(n)s change, %(m)s material", "%(n)s changes, %(m)s material", number) % counts


def side(resolved: Resolved, words: Words, tag: str) -> str:
    """A version's name, and from when it binds."""
    if resolved.source == "draft":
        return words.gettext("the draft")
    release = resolved.release
    if release is None or release.effective is None:
        return resolved.name
    date = i18n.date(release.effective, tag, release.document.time_zone)
    named = {"version": resolved.name, "date": date}
    return words.gettext("%(version)s (effective %(date)s)") % named


def label(entry: Entry, tag: str) -> str:
    """What numbers the clause; before and after where that changed."""
    old, new = entry.old_labels.get(tag, ""), entry.new_labels.get(tag, "")
    return f"{old} → {new}" if old and new and old != new else new or old


def name(entry: Entry, words: Words, tag: str) -> str:
    """What a reader calls the clause or the field: its number and heading."""
    if not entry.clause:
        return fields(words).get(entry.field, entry.field)
    return " ".join(part for part in (label(entry, tag), entry.title.get(tag, "")) if part)
