"""The page of a clause: what it says, and every change that a version ever made to it, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from policypress.core import languages
from policypress.core.heads import Head
from policypress.core.model import Document, Node
from policypress.core.redlined import parts
from policypress.core.site import Frame, LanguageLink, Page, Words, link
from policypress.render import change_words, i18n, templates
from policypress.render.clause_past import ELSEWHERE, Past
from policypress.render.clauses import label
from policypress.render.compared import Life
from policypress.render.inline import html
from policypress.render.pages import HISTORY, Shelf, clause_path, feed
from policypress.render.subjects import COMING, NEVER, NOW, PAST, Subject


@dataclass(frozen=True, slots=True)
class Said:
    """What the clause says, as plain text of the page."""

    label: str
    heading: Markup
    reserved: bool
    text: tuple[Markup, ...]


def page(subject: Subject, life: Life, tag: str, shelf: Shelf) -> Page:
    """The page in one language."""
    past = Past(subject, life, tag, shelf)
    state, head = subject.standing(tag)
    trail = subject.trail(tag)
    title = _title(trail[-1], tag, past.words)
    passages = past.passages()
    content = templates.render(
        "clause.html",
        past.words,
        shelf.workspace,
        title=title,
        policy=head.title[tag],
        id=subject.name,
        state=state,
        states=_states(past.words),
        said=_said(trail[-1], tag),
        trail=tuple(past.other(one) for one in trail[:-1]),
        passages=passages,
        changed=sum(not passage.first for passage in passages),
        text=_text(past, state, head),
        last=head.version,
        history=link(past.here, past.home + HISTORY),
        comma="、" if languages.is_han(tag) else ", ",
        colon="：" if languages.is_han(tag) else ": ",
    )
    name = f"{title} – {head.title[tag]}"
    return Page(past.here, "life", tag, name, name, content, _frame(past), indexed=False)


def _frame(past: Past) -> Frame:
    tag = past.tag
    publisher = _publishing(past.subject, tag).publisher
    return Frame(
        words=past.words,
        publisher=publisher.name[tag],
        contact=publisher.contact[tag],
        home=f"{tag}/index.html",
        languages=_languages(past.subject, tag),
        links=(("version-history", past.home + HISTORY),),
        feed=feed(past.policy, tag),
        data=past.life.path,
    )


def _publishing(subject: Subject, tag: str) -> Document:
    """The document that says who publishes in this language."""
    current = subject.archive.current.document
    return current if tag in current.tags else subject.document(tag)


def _languages(subject: Subject, tag: str) -> tuple[LanguageLink, ...]:
    tags = subject.tags
    if len(tags) < 2:
        return ()
    return tuple(
        LanguageLink(
            other,
            i18n.language_name(other, among=tags),
            clause_path(subject.archive.policy, subject.name, other),
            current=other == tag,
        )
        for other in tags
    )


def _said(node: Node, tag: str) -> Said:
    _, text, closing = parts(node, tag)
    return Said(
        label(node, tag).text,
        html(node.heading.get(tag, ()), ELSEWHERE),
        node.reserved,
        tuple(html(runs, ELSEWHERE) for runs in (*text, *closing)),
    )


def _text(past: Past, state: str, head: Head) -> str:
    """The clause in the text: in the one in force, or in the version that had it."""
    below = "" if state == NOW else f"{head.version}/"
    return f"{link(past.here, f'{past.home}{below}index.html')}#{past.subject.name}"


def _title(node: Node, tag: str, words: Words) -> str:
    """As others cite the clause, or by how it begins."""
    cite = label(node, tag).cite
    if cite and not cite[0].isalpha():
        return words.gettext("History of clause %(number)s") % {"number": cite}
    named = cite or f"“{change_words.title((node,), tag) or node.id}”"
    return words.gettext("History of %(clause)s") % {"clause": named}


def _states(words: Words) -> Mapping[str, str]:
    """Where a clause stands, in a word or two, and what its text is called then."""
    return {
        NOW: words.gettext("In force"),
        COMING: words.gettext("Not yet in force"),
        PAST: words.gettext("No longer in the text"),
        NEVER: words.gettext("Never in force"),
    }
