"""A comparison on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from policypress.core.comparison import Comparison, Entry, Passage
from policypress.core.redline import Op
from policypress.render.redlines import Edits, paragraphs, tags_of
from policypress.render.terminal import Line, Screen, Span, cells, painted, visible, width_of, wrapped

_MARKS = {Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
_STYLES = {Op.EQUAL: "", Op.DELETE: "delete", Op.INSERT: "insert"}
_LEFT_OUT = "…"


def as_text(comparison: Comparison, screen: Screen) -> str:
    """What changed, the sum first."""
    lines = [painted(line, colour=screen.colour).rstrip() for line in _lines(comparison, screen)]
    return "\n".join(lines)


def summary(comparison: Comparison) -> str:
    """`3 changes, 1 material`."""
    number = len(comparison.entries)
    if not number:
        return "no changes"
    counts = [
        f"{comparison.count(word)} {word}"
        for word in ("material", "minor", "editorial")
        if comparison.count(word)
    ]
    return ", ".join([f"{number} change{'' if number == 1 else 's'}", *counts])


def _lines(comparison: Comparison, screen: Screen) -> Iterator[Line]:
    yield [Span(summary(comparison), comparison.severity)]
    sides = (
        side.name if side.source != "draft" else "the draft" for side in (comparison.old, comparison.new)
    )
    yield [Span(visible(f"{comparison.policy}: {' -> '.join(sides)}"), "dim")]
    for entry in comparison.entries:
        yield []
        yield from entry_lines(entry, comparison.tags, screen)


def entry_lines(entry: Entry, tags: tuple[str, ...], screen: Screen) -> Iterator[Line]:
    """One change: what it is about, how it weighs, its redlines."""
    name = visible(", ".join(entry.clauses)) or "policy.yaml"
    where = " ".join(
        part for part in (f"({visible(entry.field)})" if entry.field else "", _numbered(entry, tags)) if part
    )
    yield from wrapped([Span(name, "bold"), Span(f"  {where}" if where else "")], screen.width)
    said = [Span(entry.severity, entry.severity), Span(f"  {entry.kind}: {entry.rule.why}")]
    said += [Span(", undecided", "minor")] if not entry.is_decided else []
    said += [Span(", no note", "minor")] if not entry.is_documented else []
    said += [Span(f", suppressed: {visible(entry.suppressed)}", "minor")] if entry.suppressed else []
    said += [Span(f"  {entry.fingerprint}", "dim")]
    yield from ([Span("  "), *line] for line in wrapped(said, screen.width - 2))
    indent = max((cells(visible(tag)) for tag in tags_of(entry, tags)), default=0)
    for tag in tags_of(entry, tags):
        head = f"  {visible(tag)}{' ' * (indent - cells(visible(tag)))} │ "
        for passage in entry.redlines[tag]:
            yield from _passage(passage, head, screen)
            head = f"  {' ' * indent} │ "


def _numbered(entry: Entry, tags: tuple[str, ...]) -> str:
    """Number and heading in the first language that has them; a number that changed before and after."""
    for tag in tags:
        old, new, title = (texts.get(tag, "") for texts in (entry.old_labels, entry.new_labels, entry.title))
        label = f"{old} -> {new}" if old and new and old != new else new or old
        if label or title:
            return visible(f"{label} {title}".strip())
    return ""


def _passage(passage: Passage, head: str, screen: Screen) -> Iterator[Line]:
    part = f"({passage.part}) " if passage.part != "text" else ""
    rest = f"  {' ' * (cells(head) - 5)} │ "
    for paragraph in paragraphs(passage):
        width = screen.width - cells(head)
        if paragraph is None:
            lines = [[Span(_LEFT_OUT, "dim")]]
        elif screen.side_by_side:
            lines = list(_columns(paragraph, part, width, screen))
        else:
            lines = wrapped([Span(part, "dim"), *_marked(paragraph, screen)], width)
        for line in lines:
            yield [Span(head, "dim"), *line]
            head = rest
        part = ""


def _marked(edits: Edits, screen: Screen) -> Iterator[Span]:
    for op, text in edits:
        if screen.colour or op is Op.EQUAL:
            yield Span(visible(text), _STYLES[op])
        else:
            yield Span(_MARKS[op][0], "mark", opens=True)
            yield Span(visible(text), _STYLES[op])
            yield Span(_MARKS[op][1], "mark", closes=True)


def _columns(edits: Edits, part: str, width: int, screen: Screen) -> Iterator[Line]:
    """The old text at the left, the new one at the right; each shows only its own edits."""
    column = (width - 3) // 2
    sides = (
        wrapped([Span(part, "dim"), *_marked(_side(edits, op), screen)], column)
        for op in (Op.DELETE, Op.INSERT)
    )
    for left, right in zip_longest(*sides, fillvalue=[]):
        yield [*left, Span(" " * (column - width_of(left))), Span(" │ ", "dim"), *right]


def _side(edits: Edits, op: Op) -> Edits:
    return tuple(edit for edit in edits if edit[0] in {Op.EQUAL, op})
