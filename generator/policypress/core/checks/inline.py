"""Markup inside texts: links, references, variables, and what looks like markup but is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from policypress.core.assemble import label_all
from policypress.core.checks.texts import TextAt
from policypress.core.diagnostics import Finding, Place
from policypress.core.languages import Paragraph
from policypress.core.source import ClauseSource, Draft
from policypress.core.text import Link, Parsed, Ref, Run, Var, parse

SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
_NOT_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,200}>|&(?:#[0-9]+|[A-Za-z][A-Za-z0-9]+);"
    r"|^(?:\#{1,6}|[-*+]|>|[0-9]+\.) |`[^`\n]+`|__\S|!\[",
    re.MULTILINE,
)


def check(draft: Draft, texts: Iterable[TextAt]) -> Iterator[Finding]:
    """Findings about the markup of all texts."""
    look = _Look(draft)
    for text in texts:
        yield from look.text(text)
    yield from look.unused()


class _Look:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.citable = _citable(draft)
        self.used: set[str] = set()

    def text(self, text: TextAt) -> Iterator[Finding]:
        for paragraph in text.paragraphs:
            parsed = parse(paragraph.text)
            for problem in parsed.problems:
                place = text.place.at(paragraph.source_offset(problem.offset))
                yield Finding(problem.code, place, problem.message)
            yield from self._marks(parsed, paragraph, text)
        yield from _not_markup(text)

    def _marks(self, parsed: Parsed, paragraph: Paragraph, text: TextAt) -> Iterator[Finding]:
        for run, offset in parsed.marks:
            if fault := self._fault(run):
                code, words = fault
                yield Finding(code, text.place.at(paragraph.source_offset(offset)), words)

    def _fault(self, run: Run) -> tuple[str, str] | None:
        match run:
            case Ref(target):
                return self._reference(target)
            case Var(name):
                self.used.add(name)
                if name not in self.draft.policy.variables:
                    return "T506", f"the variable `{name}` is not defined"
            case Link(href=href) if not is_safe(href):
                return "T503", f"`{href}` is not a safe address"
        return None

    def _reference(self, target: str) -> tuple[str, str] | None:
        if target not in self.citable:
            return ("T504", f"there is no clause `{target}`") if self.draft.complete else None
        if not self.citable[target]:
            return "T509", f"`{target}` has neither a label nor a heading to print"
        return None

    def unused(self) -> Iterator[Finding]:
        if not self.draft.complete:
            return
        for name in self.draft.policy.variables:
            if name not in self.used:
                place = Place(self.draft.file, ("variables", name), on_key=True)
                yield Finding("T507", place, f"no text uses `{name}`")


def is_safe(href: str) -> bool:
    """Whether a link may be followed by a reader: an absolute address of a harmless scheme."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme not in SAFE_SCHEMES or re.search(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}]", href):
        return False
    return bool(parts.netloc) if parts.scheme in {"http", "https"} else bool(parts.path)


def _citable(draft: Draft) -> dict[str, bool]:
    top = [file.clause for file in draft.clauses]
    labels = label_all(draft.policy, top)
    tags = tuple(draft.policy.languages)
    found: dict[str, bool] = {}

    def visit(clause: ClauseSource) -> None:
        headings = clause.heading or {}
        found[clause.id] = all(labels[clause.id][tag].cite or headings.get(tag) for tag in tags)
        for child in clause.children:
            visit(child)

    for clause in top:
        visit(clause)
    return found


def _not_markup(text: TextAt) -> Iterator[Finding]:
    for match in _NOT_MARKUP.finditer(text.value):
        yield Finding("T510", text.place.at(match.start()), f"`{match[0].strip()}` is shown as it is written")
