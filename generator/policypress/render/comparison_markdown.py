"""A comparison as Markdown: for a comment on a pull request, and a job's summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policypress.core.comparison import Comparison, Entry, Passage
from policypress.core.redline import Op
from policypress.core.site import Words
from policypress.render import comparison_words as said
from policypress.render import i18n, markdown
from policypress.render.redlines import Edits, paragraphs, tags_of

LIMIT = 60_000  # characters: a comment on GitHub may have 65,536
_TAGS = {Op.DELETE: "del", Op.INSERT: "ins"}


def as_markdown(comparison: Comparison, workspace: Path | None = None, todo: str = "") -> str:
    """A table of the changes, then each redline folded; those that no comment could hold are left out."""
    tag = comparison.tags[0]
    words = i18n.words(tag, workspace)
    parts = [*_head(comparison, words, tag, todo)]
    rows = _fitting((_row(entry, words, tag) for entry in comparison.entries), LIMIT // 2)
    parts += [_table(rows, words)] if rows else []
    details = _fitting(
        (_details(entry, comparison, words, tag) for entry in comparison.entries), LIMIT - len("".join(parts))
    )
    parts += filter(None, details)
    return "\n".join([*parts, *_left_out(len(comparison.entries) - len(details), words)]).rstrip("\n")


def _fitting(texts: Iterable[str], room: int) -> list[str]:
    """The first of them, as many as there is room for."""
    found: list[str] = []
    for text in texts:
        room -= len(text)
        if room < 0:
            break
        found.append(text)
    return found


def _left_out(number: int, words: Words) -> list[str]:
    if not number:
        return []
    told = words.ngettext(
        "%(n)s change is not shown in full here: see `policypress diff --format html`.",
        "%(n)s changes are not shown in full here: see `policypress diff --format html`.",
        number,
    )
    return [told % {"n": number}]


def _head(comparison: Comparison, words: Words, tag: str, todo: str) -> Iterator[str]:
    if todo:
        yield f"**{todo}**\n"
    title = markdown.text(comparison.title.get(tag, comparison.policy))
    colon = ": " if title.isascii() else "："
    yield f"### {title}{colon}{said.summary(comparison, words)}\n"
    sides = (said.side(side, words, tag) for side in (comparison.old, comparison.new))
    yield f"{' → '.join(map(markdown.text, sides))}\n"


def _table(rows: list[str], words: Words) -> str:
    _ = words.gettext
    head = (_("Severity"), _("Clause"), _("Change"), _("Why"), _("Fingerprint"))
    return markdown.table(head, ()) + "".join(rows)


def _row(entry: Entry, words: Words, tag: str) -> str:
    severity = said.severities(words)[entry.severity]
    where = " ".join(part for part in (markdown.text(said.name(entry, words, tag)), _ids(entry)) if part)
    cells = (
        f"**{severity}**" if entry.severity == "material" else severity,
        where,
        said.kinds(words)[entry.kind],
        f"{markdown.text(words.gettext(entry.rule.why))}{_missing(entry, words)}",
        markdown.code(entry.fingerprint),
    )
    return markdown.row(cells)


def _ids(entry: Entry) -> str:
    return ", ".join(map(markdown.code, entry.clauses))


def _missing(entry: Entry, words: Words) -> str:
    """What a person has still to say about it."""
    missing = [] if entry.is_decided else [words.gettext("the severity is undecided")]
    missing += [] if entry.is_documented else [words.gettext("there is no note")]
    why = markdown.text(entry.suppressed)
    missing += [words.gettext("suppressed: %(reason)s") % {"reason": why}] if why else []
    return "".join(f"<br>**{text}**" for text in missing)


def _details(entry: Entry, comparison: Comparison, words: Words, tag: str) -> str:
    tags = tags_of(entry, comparison.tags)
    if not tags:
        return ""
    ids = ", ".join(f"<code>{markdown.html(name)}</code>" for name in entry.clauses)
    name = " ".join(part for part in (markdown.html(said.name(entry, words, tag)), ids) if part)
    lines = [f"<details><summary>{name}: {said.kinds(words)[entry.kind]}</summary>\n"]
    return "\n".join([*lines, *redlines(entry, comparison.tags), "</details>\n"])


def redlines(entry: Entry, tags: tuple[str, ...]) -> Iterator[str]:
    """The redlines of a change, quoted, each under its language where there are several."""
    for language in tags_of(entry, tags):
        if language and len(tags) > 1:
            yield f"**{markdown.text(language)}**\n"
        for passage in entry.redlines[language]:
            yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    for paragraph in paragraphs(passage):
        yield f"> {'…' if paragraph is None else _redline(paragraph)}\n"


def _redline(edits: Edits) -> str:
    return "".join(_edit(op, text) for op, text in edits)


def _edit(op: Op, text: str) -> str:
    escaped = markdown.text(text)
    return escaped if op is Op.EQUAL else f"<{_TAGS[op]}>{escaped}</{_TAGS[op]}>"
