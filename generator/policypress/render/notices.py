"""A notice in one language and all its forms: an e-mail's parts, a short text, a banner, Markdown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from policypress.core import languages
from policypress.core.announcing import Notice
from policypress.core.comparison import Comparison, Entry
from policypress.core.instants import rfc3339
from policypress.core.notes import NoteSource
from policypress.core.notices import Kind
from policypress.core.redline import Op
from policypress.core.site import Words, link
from policypress.render import comparison_words as said
from policypress.render import facts, i18n, templates
from policypress.render import markdown as md
from policypress.render.change_words import Told
from policypress.render.comparison_html import markup
from policypress.render.comparison_markdown import redlines
from policypress.render.pages import CHANGES, COMPARE
from policypress.render.redlines import Edits, paragraphs, tags_of

_MARKS = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
FORMS = ("text", "html", "short", "banner", "markdown")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One notice in one language. `short` is whole: never cut. `banner` is a JSON object."""

    language: str
    sender: str
    subject: str
    text: str
    html: str
    short: str
    banner: str
    markdown: str

    def form(self, name: str) -> str:
        """One of FORMS."""
        found: str = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that consent is asked for; `clauses` are their names."""

    id: str
    clauses: tuple[str, ...]
    separate: bool
    declining: str


@dataclass(frozen=True, slots=True)
class Item:
    """A change in the list, its redline as HTML, plain text and Markdown."""

    name: str
    severity: str
    kind: str
    html: tuple[Markup, ...]
    text: tuple[str, ...]
    markdown: tuple[str, ...]


def rendered(notice: Notice, tag: str, workspace: Path | None = None) -> Rendered:
    """A notice in a language of the new version."""
    return _Speech(notice, tag, workspace).rendered()


@dataclass(frozen=True)
class _Speech:
    """What there is to say in one language."""

    notice: Notice
    tag: str
    workspace: Path | None

    @cached_property
    def words(self) -> Words:
        return i18n.words(self.tag, self.workspace)

    @cached_property
    def seen(self) -> Comparison:
        return self.notice.comparison.only((self.tag,))

    @property
    def title(self) -> str:
        return self.notice.comparison.new.document.title[self.tag]

    @property
    def publisher(self) -> str:
        return self.notice.comparison.new.document.publisher.name[self.tag]

    def rendered(self) -> Rendered:
        values = self.values()
        return Rendered(
            language=self.tag,
            sender=self.publisher,
            subject=self.subject(),
            text=self.template("mail.txt", values),
            html=self.template("mail.html", values),
            short=self.template("short.txt", values).strip(),
            banner=self.banner(),
            markdown=self.template("notice.md", values),
        )

    def template(self, name: str, values: dict[str, Any]) -> str:
        found = templates.render(name, self.words, self.workspace, folder="notices", **values)
        return found.encode("utf-8", "backslashreplace").decode() + "\n"

    def values(self) -> dict[str, Any]:
        old, new = self.notice.comparison.old, self.notice.comparison.new
        hidden = len(self.notice.comparison.entries) - len(self.seen.entries)
        return {
            "tag": self.tag,
            "kind": self.notice.kind.value,
            "title": self.title,
            "publisher": self.publisher,
            "subject": self.subject(),
            "lead": self.lead(),
            "compared": self.compared(),
            "old": old.name,
            "new": new.name,
            "date": self.date(),
            "facts": self.facts(),
            "notes": self.notes(),
            "action": self.action(),
            "scopes": self.scopes(),
            "items": tuple(self.item(entry) for entry in self.seen.entries),
            "hidden": hidden,
            "changes": self.changes_url(),
            "url": self.text_url(),
            "withdrawn": self.notice.withdrawn,
            "md": md.text,
            "gap": "" if languages.is_han(self.tag) else " ",
        }

    # --- Sentences

    def date(self) -> str:
        """From when it binds, as a date; empty where that is not known."""
        release = self.notice.comparison.new.release
        if release is None or release.effective is None:
            return ""
        return i18n.date(release.effective, self.tag, release.document.time_zone)

    def subject(self) -> str:
        _ = self.words.gettext
        known = {"title": self.title, "version": self.notice.comparison.new.name, "date": self.date()}
        if not known["date"]:
            return _("Changes to the %(title)s (version %(version)s)") % known
        sentences = {
            Kind.ANNOUNCE: _("Changes to the %(title)s, effective %(date)s"),
            Kind.REMINDER: _("Reminder: changes to the %(title)s, effective %(date)s"),
            Kind.EFFECTIVE: _("Now in force: changes to the %(title)s, effective %(date)s"),
            Kind.CORRECTION: _("Correction: changes to the %(title)s, effective %(date)s"),
            Kind.WITHDRAWAL: _("Withdrawn: changes to the %(title)s, announced for %(date)s"),
        }
        return sentences[self.notice.kind] % known

    def lead(self) -> str:
        """Who says it and why."""
        _ = self.words.gettext
        sentences = {
            Kind.ANNOUNCE: _("%(publisher)s changes the %(title)s."),
            Kind.REMINDER: _("This is a reminder: %(publisher)s changes the %(title)s."),
            Kind.EFFECTIVE: _("%(publisher)s has changed the %(title)s; the changes are in force."),
            Kind.CORRECTION: _("This corrects an earlier notice of %(publisher)s about the %(title)s."),
            Kind.WITHDRAWAL: _(
                "%(publisher)s has withdrawn announced changes to the %(title)s: they will not take effect."
            ),
        }
        return sentences[self.notice.kind] % {"publisher": self.publisher, "title": self.title}

    def compared(self) -> str:
        """Which two texts."""
        _ = self.words.gettext
        sides = {"old": self.notice.comparison.old.name, "new": self.notice.comparison.new.name}
        if self.notice.kind is Kind.WITHDRAWAL:
            text = _("You see here what version %(new)s would have changed, compared with version %(old)s.")
        else:
            text = _("You see here what is new in version %(new)s, compared with version %(old)s.")
        return text % sides

    def action(self) -> str:
        _ = self.words.gettext
        sentences = {
            "acknowledge": _("You are asked to confirm that you have taken note of this change."),
            "consent": _("Your consent is asked for."),
        }
        return "" if self.notice.kind is Kind.WITHDRAWAL else sentences.get(self.notice.action, "")

    def facts(self) -> tuple[tuple[str, str], ...]:
        _ = self.words.gettext
        document = self.notice.comparison.new.document
        sides = {"old": self.notice.comparison.old.name, "new": self.notice.comparison.new.name}
        found = [
            (_("Policy"), self.title),
            (_("Compared versions"), _("From %(old)s to %(new)s") % sides),
            (_("Announced for") if self.notice.withdrawn else _("Effective"), self.effective()),
            (_("Severity"), said.severities(self.words)[self.notice.severity]),
            (_("Publisher"), self.publisher),
            (_("Contact"), document.publisher.contact[self.tag]),
        ]
        if len(document.tags) > 1:
            found.append((_("Prevailing text"), facts.prevailing(document, self.tag, self.words)))
        return tuple(found)

    def effective(self) -> str:
        release = self.notice.comparison.new.release
        if release is None:
            return self.words.gettext("Draft, not yet published")
        zone = release.document.time_zone
        if release.effective:
            return i18n.instant(release.effective, self.tag, zone)
        assert release.known_since is not None
        since = {"date": i18n.date(release.known_since, self.tag, zone)}
        return self.words.gettext("Unknown; in force since %(date)s at the latest") % since

    # --- What changed

    def notes(self) -> tuple[Told, ...]:
        """The publisher's words; what was withdrawn means nothing and leaves no choice."""
        return tuple(map(self.told, self.notice.notes))

    def told(self, note: NoteSource) -> Told:
        summary = note.summary[self.tag]
        if self.notice.kind is Kind.WITHDRAWAL:
            return Told(summary, "", "")
        return Told(summary, (note.impact or {}).get(self.tag, ""), (note.choices or {}).get(self.tag, ""))

    def scopes(self) -> tuple[Scope, ...]:
        names = {entry.clause: said.name(entry, self.words, self.tag) for entry in self.seen.entries}
        return tuple(
            Scope(
                scope.id,
                tuple(names.get(clause, clause) for clause in scope.clauses),
                scope.separate,
                scope.declining[self.tag],
            )
            for scope in self.notice.scopes
            if self.notice.kind is not Kind.WITHDRAWAL
        )

    def item(self, entry: Entry) -> Item:
        edits = tuple(
            paragraph
            for tag in tags_of(entry, (self.tag,))
            for passage in entry.redlines[tag]
            for paragraph in paragraphs(passage)
        )
        return Item(
            name=said.name(entry, self.words, self.tag),
            severity=said.severities(self.words)[entry.severity],
            kind=said.kinds(self.words)[entry.kind],
            html=tuple(markup(paragraph) for paragraph in edits),
            text=tuple(map(_marked, edits)),
            markdown=tuple(line.rstrip("\n") for line in redlines(entry, (self.tag,))),
        )

    # --- Where it is

    def text_url(self) -> str:
        new = self.notice.comparison.new
        version = f"{new.name}/" if new.release else ""
        return self.url(f"{self.tag}/{new.document.policy}/{version}index.html")

    def changes_url(self) -> str:
        """The published redline: of the release, or of any two; a text that is no release has none."""
        old, new = self.notice.comparison.old, self.notice.comparison.new
        home = f"{self.tag}/{new.document.policy}"
        if new.release is None or old.release is None:
            return self.text_url()
        if new.release.based_on == old.name:
            return self.url(f"{home}/{new.name}/{CHANGES}")
        return f"{self.url(f'{home}/{COMPARE}')}?from={quote(old.name)}&to={quote(new.name)}"

    def url(self, path: str) -> str:
        return self.notice.site + quote(link("", path).removeprefix("./"))

    def banner(self) -> str:
        """For an app that shows it: the same words, and what a program needs to act on them."""
        new = self.notice.comparison.new
        document, release = new.document, new.release
        data = {
            "kind": self.notice.kind.value,
            "language": self.tag,
            "policy": document.policy,
            "title": self.title,
            "old_version": self.notice.comparison.old.name,
            "new_version": new.name,
            "effective": rfc3339(release.effective) if release and release.effective else None,
            "time_zone": document.time_zone,
            "severity": self.notice.severity,
            "action": self.notice.action,
            "heading": self.subject(),
            "text": f"{self.lead()} {self.compared()}",
            "withdrawn": self.notice.withdrawn or None,
            "notes": [
                {"summary": note.summary, "impact": note.impact or None, "choices": note.choices or None}
                for note in self.notes()
            ],
            "scopes": [
                {
                    "id": scope.id,
                    "clauses": list(scope.clauses),
                    "separate": scope.separate,
                    "declining": scope.declining[self.tag],
                }
                for scope in self.notice.scopes
            ],
            "facts": dict(self.facts()),
            "publisher": {"name": self.publisher, "contact": document.publisher.contact[self.tag]},
            "prevailing": document.prevailing,
            "links": {"changes": self.changes_url(), "text": self.text_url()},
        }
        return json.dumps(data, ensure_ascii=False, indent=1)


def _marked(edits: Edits | None) -> str:
    if edits is None:
        return "…"
    return "".join(f"{_MARKS[op][0]}{text}{_MARKS[op][1]}" for op, text in edits)
