"""The page that compares any two versions; for readers without scripts, links to what each one changed."""

from __future__ import annotations

from policypress.core.canonical import digest
from policypress.core.rules import RULES
from policypress.core.site import Frame, LanguageLink, Page, Part, Place, Unit, Words, link
from policypress.render import change_words, i18n, templates
from policypress.render.api import files
from policypress.render.compared import Key
from policypress.render.comparison_words import fields, kinds, parts, severities
from policypress.render.edition import Archive
from policypress.render.pages import CHANGES, COMPARE, HISTORY, Shelf

NEWEST = 50


def unit(archive: Archive, shelf: Shelf, key: Key) -> Unit:
    """The page in every language."""
    tags = archive.current.document.tags
    told = digest([archive.shown.sha256, [[head.version, head.based_on] for head in archive.heads[-NEWEST:]]])
    return Unit(
        f"compare {archive.policy}",
        key("compare", told),
        lambda: Part(tuple(_page(archive, shelf, tag) for tag in tags)),
        tuple(Place(path(archive.policy, tag)) for tag in tags),
    )


def path(policy: str, tag: str) -> str:
    """Where the page is."""
    return f"{tag}/{policy}/{COMPARE}"


def _page(archive: Archive, shelf: Shelf, tag: str) -> Page:
    document, words, here = archive.current.document, shelf.words(tag), path(archive.policy, tag)
    home = f"{tag}/{archive.policy}/"
    title = words.gettext("Compare two versions")
    steps = tuple(
        (head.version, head.based_on, link(here, f"{home}{head.version}/{CHANGES}"))
        for head in reversed(archive.heads[-NEWEST:])
        if head.based_on and tag in head.tags
    )
    content = templates.render(
        "compare.html",
        words,
        shelf.workspace,
        title=title,
        policy=document.title[tag],
        current=link(here, home + "index.html"),
        history=link(here, home + HISTORY),
        steps=steps,
        data=_data(archive, shelf, tag),
    )
    links = tuple(
        LanguageLink(
            other,
            i18n.language_name(other, among=document.tags),
            path(archive.policy, other),
            current=other == tag,
        )
        for other in document.tags
    )
    frame = Frame(
        words=words,
        publisher=document.publisher.name[tag],
        contact=document.publisher.contact[tag],
        home=f"{tag}/index.html",
        languages=links if len(links) > 1 else (),
        data=files.versions(archive.policy),
    )
    name = f"{title} – {document.title[tag]}"
    return Page(here, "compare", tag, name, name, content, frame)


def _data(archive: Archive, shelf: Shelf, tag: str) -> dict[str, object]:
    """What the script needs: where the data is, every rule with its floor and reason, and words."""
    words = shelf.words(tag)
    here = path(archive.policy, tag)
    silent = change_words.SAID_BY_KIND
    return {
        "home": link(here, f"{tag}/{archive.policy}/index.html"),
        "data": link(here, files.folder(archive.policy) + "index.html"),
        "rules": [
            [rule.id, rule.floor.floor_word, "" if rule.id in silent else words.gettext(rule.why)]
            for rule in RULES.values()
        ],
        "kinds": {kind: text[:1].upper() + text[1:] for kind, text in kinds(words).items()},
        "severities": {**severities(words), "unweighed": words.gettext("Not weighed")},
        "fields": fields(words),
        "parts": parts(words),
        "languages": {
            other: i18n.language_name(other, tag, among=archive.current.document.tags)
            for other in archive.current.document.tags
        },
        "most": change_words.most(tag),
        "words": {**_counts(words), **_sentences(words)},
    }


def _sentences(words: Words) -> dict[str, str]:
    return {
        "failed": words.gettext("The versions could not be compared"),
        "version": words.gettext("Version %(version)s") % {"version": "{version}"},
        "effective": words.gettext("Effective %(date)s") % {"date": "{date}"},
        "inserted": words.gettext("inserted"),
        "deleted": words.gettext("deleted"),
        "previous": words.gettext("Previous change"),
        "next": words.gettext("Next change"),
        "text": words.gettext("In the text"),
        "past": words.gettext("History of this clause"),
        "elsewhere": words.gettext("See it in the text in %(language)s") % {"language": "{language}"},
        "apart": words.gettext(
            "This clause has had many texts, and no redline of these two is published. "
            "The old and the new text are shown side by side; how far they differ was not weighed."
        ),
    }


def _counts(words: Words) -> dict[str, str]:
    """How many changes, for one and for more."""
    counts = {"n": "{n}", "m": "{m}"}
    found = {"none": words.gettext("Nothing changed")}
    for name, n in (("One", 1), ("Many", 2)):
        said = {
            "material": words.ngettext("%(n)s change, %(m)s material", "%(n)s changes, %(m)s material", n),
            "harmless": words.ngettext("%(n)s change, not material", "%(n)s changes, none material", n),
            "changes": words.ngettext("%(n)s change", "%(n)s changes", n),
            "renumbered": words.ngettext(
                "%(n)s clause only has another number", "%(n)s clauses only have other numbers", n
            ),
        }
        found |= {f"{key}{name}": text % counts for key, text in said.items()}
    return {**found, "unweighed": words.gettext("%(n)s not weighed") % counts}
