"""A comparison as one page that needs nothing else: to send, to print, to keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from policypress.core.comparison import Comparison, Entry, Passage
from policypress.core.redline import Op
from policypress.core.site import Words
from policypress.render import comparison_words as said
from policypress.render import i18n, templates
from policypress.render.redlines import Edits, paragraphs, tags_of

_TAGS = {Op.EQUAL: Markup("{}"), Op.DELETE: Markup("<del>{}</del>"), Op.INSERT: Markup("<ins>{}</ins>")}


@dataclass(frozen=True, slots=True)
class Redlined:
    """A change in one language: its paragraphs, each with what part of the clause it is of."""

    tag: str
    language: str
    paragraphs: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One change in the page."""

    id: str
    name: str
    clauses: tuple[str, ...]
    severity: str
    severity_words: str
    kind: str
    why: str
    missing: tuple[str, ...]
    redlines: tuple[Redlined, ...]


def as_html(comparison: Comparison, workspace: Path | None = None) -> str:
    """The whole page, in the first of the languages; redlines in all of them."""
    tag = comparison.tags[0]
    words = i18n.words(tag, workspace)
    page = templates.render(
        "comparison.html",
        words,
        workspace,
        tag=tag,
        title=comparison.title.get(tag, comparison.policy),
        old=said.side(comparison.old, words, tag),
        new=said.side(comparison.new, words, tag),
        summary=said.summary(comparison, words),
        items=tuple(_item(entry, comparison, words, tag) for entry in comparison.entries),
    )
    return page.encode("utf-8", "backslashreplace").decode()


def _item(entry: Entry, comparison: Comparison, words: Words, tag: str) -> Item:
    missing = [] if entry.is_decided else [words.gettext("the severity is undecided")]
    missing += [] if entry.is_documented else [words.gettext("there is no note")]
    return Item(
        id=f"c-{entry.fingerprint}",
        name=said.name(entry, words, tag),
        clauses=entry.clauses,
        severity=entry.severity,
        severity_words=said.severities(words)[entry.severity],
        kind=said.kinds(words)[entry.kind],
        why=words.gettext(entry.rule.why),
        missing=tuple(missing),
        redlines=tuple(
            _redlined(entry.redlines[language], language, comparison, words, tag)
            for language in tags_of(entry, comparison.tags)
        ),
    )


def _redlined(
    passages: tuple[Passage, ...], language: str, comparison: Comparison, words: Words, tag: str
) -> Redlined:
    called = said.parts(words)
    name = i18n.language_name(language, among=comparison.tags) if language else ""
    found = tuple(
        (called[passage.part], markup(edits)) for passage in passages for edits in paragraphs(passage)
    )
    return Redlined(language or tag, name, found)


def markup(edits: Edits | None) -> Markup:
    """A redlined paragraph; None is what was left out."""
    if edits is None:
        return Markup("…")
    return Markup("").join(_TAGS[op].format(escape(text)) for op, text in edits)
