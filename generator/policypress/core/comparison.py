"""Two versions compared, as people are shown it: every change with its redlines, in every language.

The one value from which terminal, Markdown, HTML, JSON, pages and messages are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policypress.core.changes import Change
from policypress.core.marked import Piece, marked
from policypress.core.model import Node
from policypress.core.notes import TODO, NoteFile
from policypress.core.redline import Op
from policypress.core.refs import Resolved
from policypress.core.resolving import Weighed
from policypress.core.severity import Rule
from policypress.core.text import Link, Ref, Runs, Text, markup, plain, walk

NO_LANGUAGE = ""
GATES = ("editorial", "minor", "material", "undocumented")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One redlined part of a change: a clause's `heading`, `text`, `links` or `facts`, or a `value`."""

    part: str
    pieces: tuple[Piece, ...]

    @property
    def edits(self) -> tuple[tuple[Op, str], ...]:
        """The same as plain text: a paragraph's end is a line's end, neighbours of one kind are one."""
        found: list[tuple[Op, str]] = []
        for piece in self.pieces:
            text = plain(piece.runs) if piece.runs else "\n"
            if found and found[-1][0] is piece.op:
                found[-1] = (piece.op, found[-1][1] + text)
            else:
                found.append((piece.op, text))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as it is shown. Mappings go from language tag; under "" is what is in no language.

    `clause` is empty for a field of the policy, which `field` then names. `title` is the clause's heading,
    `suppressed` why gates pass over it, if they do.
    """

    kind: str
    clause: str
    clauses: tuple[str, ...]
    field: str
    rules: tuple[Rule, ...]
    severity: str
    is_decided: bool
    is_documented: bool
    fingerprint: str
    languages: tuple[str, ...]
    old_labels: Texts
    new_labels: Texts
    title: Texts
    redlines: Mapping[str, tuple[Passage, ...]]
    suppressed: str = ""

    @property
    def rule(self) -> Rule:
        """The one that weighs the most."""
        return self.rules[0]

    def hits(self, fail_on: str) -> bool:
        """Whether a gate, one of GATES, stops it."""
        if self.suppressed:
            return False
        if fail_on == "undocumented":
            return not (self.is_documented and self.is_decided)
        return GATES.index(self.severity) >= GATES.index(fail_on)

    def label(self, tag: str) -> str:
        """What numbers the clause: now, or before it was removed."""
        return self.new_labels.get(tag) or self.old_labels.get(tag, "")

    def shows_in(self, tags: Sequence[str]) -> bool:
        """Whether anything is to be seen in one of these languages."""
        return not self.languages or bool({*self.languages, *self._neutral()} & {*tags, NO_LANGUAGE})

    def _neutral(self) -> set[str]:
        return {NO_LANGUAGE} & set(self.redlines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version of a policy to another. `tags` are the languages shown, in order."""

    policy: str
    title: Texts
    tags: tuple[str, ...]
    old: Resolved
    new: Resolved
    entries: tuple[Entry, ...]

    def count(self, severity: str) -> int:
        """How many changes are that severe."""
        return sum(entry.severity == severity for entry in self.entries)

    @property
    def severity(self) -> str:
        """The worst; empty where nothing changed."""
        return next((word for word in ("material", "minor", "editorial") if self.count(word)), "")

    def only(self, tags: Sequence[str]) -> Comparison:
        """The same in some of its languages: without the changes that show in none of them."""
        entries = (entry for entry in self.entries if entry.shows_in(tags))
        kept = tuple(
            replace(
                entry,
                languages=tuple(tag for tag in entry.languages if tag in tags),
                redlines={tag: entry.redlines[tag] for tag in (*tags, NO_LANGUAGE) if tag in entry.redlines},
            )
            for entry in entries
        )
        return replace(self, tags=tuple(tags), entries=kept)


def compare(old: Resolved, new: Resolved, weighed: Iterable[Weighed]) -> Comparison:
    """The comparison of two versions, whose changes were weighed already."""
    tags = tuple(dict.fromkeys((*new.document.tags, *old.document.tags)))
    title = {**old.document.title, **new.document.title}
    is_open = new.release is None  # what was released needs no more words
    return Comparison(new.document.policy, title, tags, old, new, entries(weighed, tags, is_open=is_open))


def entries(weighed: Iterable[Weighed], tags: tuple[str, ...], *, is_open: bool) -> tuple[Entry, ...]:
    """Changes as they are shown; `is_open`: people may still have to speak of them."""
    return tuple(_entry(one, tags, is_open=is_open) for one in weighed)


def _entry(one: Weighed, tags: tuple[str, ...], *, is_open: bool) -> Entry:
    change = one.change
    all_tags = dict.fromkeys((*tags, *change.old_values, *change.new_values, NO_LANGUAGE))
    redlines = {tag: tuple(_passages(change, tag)) for tag in all_tags}
    node = change.new_node or change.old_node
    return Entry(
        kind=change.kind,
        clause=change.clause,
        clauses=change.clauses,
        field=change.field,
        rules=change.rules,
        severity=one.severity.word,
        is_decided=not (is_open and one.is_undecided),
        is_documented=not is_open or not (one.lacks_note or any(map(_is_unwritten, one.notes))),
        fingerprint=change.fingerprint,
        languages=change.languages,
        old_labels=change.old_labels,
        new_labels=change.new_labels,
        title={tag: plain(runs) for tag, runs in node.heading.items()} if node else {},
        redlines={tag: found for tag, found in redlines.items() if found},
        suppressed=one.suppressed if is_open else "",
    )


def _is_unwritten(note: NoteFile) -> bool:
    """Whether it was only drafted: there is still no word for readers."""
    return any(text.lstrip().startswith(TODO) for text in note.note.summary.values())


def _passages(change: Change, tag: str) -> Iterator[Passage]:
    """The redlines of a change in one language, or of what is in none."""
    before, after = change.old_values.get(tag), change.new_values.get(tag)
    if before is not None or after is not None:
        yield from _passage("value", _lines([before or ""]), _lines([after or ""]), tag)
    if tag == NO_LANGUAGE:
        if change.kind == "refacted":
            yield from _passage("facts", tag_lines(change.before), tag_lines(change.after), tag)
        return
    if change.kind in {"retitled", "added", "removed", "split", "merged"}:
        yield from _passage("heading", headings(change.before, tag), headings(change.after, tag), tag)
    if change.kind in {"reworded", "added", "removed", "split", "merged"}:
        yield from _body(change, tag)


def _body(change: Change, tag: str) -> Iterator[Passage]:
    """The text, and where it points to: that is not seen in the text itself."""
    old, new = texts(change.before, tag), texts(change.after, tag)
    links = targets(old), targets(new)
    has_other_links = bool(change.before and change.after) and links[0] != links[1]
    yield from _passage("text", old, new, tag, markup_too=not has_other_links)
    if has_other_links:
        yield from _passage("links", *links, tag)


def _passage(
    part: str, old: tuple[Runs, ...], new: tuple[Runs, ...], tag: str, *, markup_too: bool = True
) -> Iterator[Passage]:
    """The redline, if there is anything to see; of the markup where a reader's eye sees no difference."""
    if old == new:
        return
    pieces = marked(old, new, tag)
    if markup_too and all(piece.op is Op.EQUAL for piece in pieces):
        pieces = marked(_lines(map(markup, old)), _lines(map(markup, new)), tag)
    if any(piece.op is not Op.EQUAL for piece in pieces):
        yield Passage(part, pieces)


def targets(paragraphs: Iterable[Runs]) -> tuple[Runs, ...]:
    """Where a text points to: addresses and clauses, a line each."""
    runs = (run for paragraph in paragraphs for run in walk(paragraph))
    return _lines(
        run.href if isinstance(run, Link) else markup((run,)) for run in runs if isinstance(run, Link | Ref)
    )


def addresses(nodes: Iterable[Node], tag: str) -> tuple[Runs, ...]:
    """Where the links of clauses lead, a line each."""
    runs = (run for paragraph in texts(nodes, tag) for run in walk(paragraph))
    return _lines(run.href for run in runs if isinstance(run, Link))


def _lines(texts: Iterable[str]) -> tuple[Runs, ...]:
    return tuple((Text(text),) if text else () for text in texts)


def headings(nodes: Iterable[Node], tag: str) -> tuple[Runs, ...]:
    """The headings of clauses that have one."""
    return tuple(node.heading[tag] for node in nodes if node.heading.get(tag))


def texts(nodes: Iterable[Node], tag: str) -> tuple[Runs, ...]:
    """The paragraphs of clauses one after another, closings too."""
    parts = (part.get(tag, ()) for node in nodes for part in (node.text, node.closing))
    return tuple(runs for part in parts for runs in part)


def tag_lines(nodes: Iterable[Node]) -> tuple[Runs, ...]:
    """What clauses are tagged with, and what they took over, a line each."""
    found: list[str] = []
    for node in nodes:
        found += [f"{fact.key}: {fact.term}" for fact in node.facts]
        found += [f"replaces: {name}" for name in node.replaces]
        found += [f"restores: {node.restores}"] if node.restores else []
    return _lines(found)


def gate(comparison: Comparison, fail_on: str) -> str:
    """What to do where a comparison does not pass a gate, one of GATES; empty where it passes."""
    hits = sum(entry.hits(fail_on) for entry in comparison.entries)
    if not hits:
        return ""
    number = "1 change is" if hits == 1 else f"{hits} changes are"
    if fail_on == "undocumented":
        todo = "run `policypress diff --draft-notes`, complete the notes and commit them"
        return f"{number} without a note or a decision: {todo}"
    what = fail_on if fail_on == "material" else f"{fail_on} or worse"
    return f"{number} {what}: have it reviewed and released on purpose, or take it back"
