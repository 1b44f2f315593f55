"""A whole document as a redline in one language: every clause in reading order, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policypress.core.changes import Change
from policypress.core.kinds import Kind
from policypress.core.marked import Piece, marked
from policypress.core.model import Document, Label, Node
from policypress.core.redline import Op
from policypress.core.text import Runs

Pieces = tuple[Piece, ...]
END = ()
_NO_LABEL = Label()
_TAKEOVERS = ("split", "merged")


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in its place. `changes` are the numbers of those about it; `gone` are only in the old text.

    A closing is a line of its own, after the clauses that it closes. `top` is the id of its article.
    """

    id: str
    top: str
    depth: int
    kind: Kind
    labels: tuple[str, str]
    cite: str
    heading: Pieces
    text: Pieces
    changes: tuple[int, ...] = ()
    gone: bool = False
    reserved: bool = False
    is_closing: bool = False

    @property
    def is_edited(self) -> bool:
        """Whether anything in it is marked."""
        return any(piece.op is not Op.EQUAL for piece in (*self.heading, *self.text))


def redlined(old: Document, new: Document, changes: Sequence[Change], tag: str) -> tuple[Line, ...]:
    """The new document with what was removed from it, each clause redlined by the changes about it."""
    return tuple(_Redline(old, new, changes, tag).lines())


class _Redline:
    def __init__(self, old: Document, new: Document, changes: Sequence[Change], tag: str) -> None:
        self.new, self.tag = new, tag
        self.old_nodes = old.nodes
        self.before = {node.id: node for node in _walk(old.nodes)}
        self.kept = {node.id for node in _walk(new.nodes)}
        self.changes = changes
        self.about: dict[str, list[int]] = {}
        for number, change in enumerate(changes):
            for name in change.clauses:
                self.about.setdefault(name, []).append(number)
        taken = (change for change in changes if change.kind in _TAKEOVERS)
        self.absorbed = {node.id for change in taken for node in change.before} - self.kept

    def lines(self) -> Iterator[Line]:
        yield from self._siblings(self.old_nodes, self.new.nodes, 0, "")

    def _siblings(
        self, before: Sequence[Node], after: Sequence[Node], depth: int, top: str
    ) -> Iterator[Line]:
        for node in self._merged(before, after):
            yield from self._clause(node, depth, top or node.id)

    def _merged(self, before: Sequence[Node], after: Sequence[Node]) -> Iterator[Node]:
        """The new siblings, those that are gone after the neighbour that they followed."""
        here = {node.id for node in after}
        following: dict[str, list[Node]] = {}
        last = ""
        for node in before:
            if node.id in here:
                last = node.id
            elif node.id not in self.kept and node.id not in self.absorbed:
                following.setdefault(last, []).append(node)
        yield from following.get("", ())
        for node in after:
            yield node
            yield from following.get(node.id, ())

    def _clause(self, node: Node, depth: int, top: str) -> Iterator[Line]:
        gone = node.id not in self.kept
        old = self.before.get(node.id)
        heading, text, closing = self._words(node, old)
        labels = ((old or node).labels.get(self.tag, _NO_LABEL), node.labels.get(self.tag, _NO_LABEL))
        numbers = tuple(self.about.get(node.id, ()))
        line = Line(
            id=node.id,
            top=top,
            depth=depth,
            kind=node.kind,
            labels=(labels[0].text, labels[1].text),
            cite=labels[1].cite,
            heading=heading,
            text=text,
            changes=numbers,
            gone=gone,
            reserved=node.reserved,
        )
        yield line
        below: tuple[Sequence[Node], Sequence[Node]] = (old.children if old else (), node.children)
        yield from self._siblings(below[0], () if gone else below[1], depth + 1, top)
        if closing:
            about = numbers if any(piece.op is not Op.EQUAL for piece in closing) else ()
            yield Line(
                node.id, top, depth, node.kind, ("", ""), "", (), closing, about, gone, is_closing=True
            )

    def _words(self, node: Node, old: Node | None) -> tuple[Pieces, Pieces, Pieces]:
        """Heading, text and closing, each as pieces."""
        kinds = {self.changes[number].kind: self.changes[number] for number in self.about.get(node.id, ())}
        for kind in _TAKEOVERS:
            if kind in kinds and kinds[kind].after[0].id == node.id:
                return self._taken(kinds[kind])
        heading, text, closing = parts(node, self.tag)
        if "added" in kinds or "removed" in kinds:
            op = Op.INSERT if "added" in kinds else Op.DELETE
            return whole(heading, op), whole(text, op), whole(closing, op)
        was = parts(old, self.tag) if old else ((), (), ())
        title = marked(was[0], heading, self.tag) if "retitled" in kinds else whole(heading)
        if "reworded" not in kinds:
            return title, whole(text), whole(closing)
        body = marked((*was[1], *was[2]), (*text, *closing), self.tag)
        return title, *split(body, (len(was[1]), len(text)), bool(was[2] or closing))

    def _taken(self, change: Change) -> tuple[Pieces, Pieces, Pieces]:
        """One redline over all clauses of a split or a merger."""
        sides = [[parts(node, self.tag) for node in nodes] for nodes in (change.before, change.after)]
        titles = [tuple(runs for found in side for runs in found[0]) for side in sides]
        bodies = [tuple(runs for found in side for runs in (*found[1], *found[2])) for side in sides]
        return marked(titles[0], titles[1], self.tag), marked(bodies[0], bodies[1], self.tag), ()


Paragraphs = tuple[Runs, ...]


def parts(node: Node, tag: str) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
    """Heading, text and closing of a clause in one language, each as paragraphs."""
    heading = node.heading.get(tag, ())
    return (heading,) if heading else (), node.text.get(tag, ()), node.closing.get(tag, ())


def whole(paragraphs: Paragraphs, op: Op = Op.EQUAL) -> Pieces:
    """All of some paragraphs, as one thing that happened to them."""
    found: list[Piece] = []
    for runs in paragraphs:
        found += [Piece(op, END), Piece(op, runs)] if found else [Piece(op, runs)]
    return tuple(found)


def split(pieces: Pieces, texts: tuple[int, int], closes: bool) -> tuple[Pieces, Pieces]:
    """Text and closing apart, where the end of the text stayed in both; `texts` counts its paragraphs."""
    if not closes:
        return pieces, ()
    if texts == (0, 0):
        return (), pieces
    ended = {Op.DELETE: 0, Op.INSERT: 0}
    for at, piece in enumerate(pieces):
        if piece.runs:
            continue
        for op in ended:
            ended[op] += piece.op in (op, Op.EQUAL)
        if piece.op is Op.EQUAL and (ended[Op.DELETE], ended[Op.INSERT]) == texts:
            return pieces[:at], pieces[at + 1 :]
    return pieces, ()


def side(pieces: Pieces, op: Op) -> tuple[Pieces, ...]:
    """The paragraphs of one side: `Op.DELETE` marks the old text's own, `Op.INSERT` the new one's."""
    return paragraphs(tuple(piece for piece in pieces if piece.op in (op, Op.EQUAL)))


def paragraphs(pieces: Pieces) -> tuple[Pieces, ...]:
    """The pieces line by line. A paragraph's end that came or went stays in its line, to be shown."""
    lines: list[list[Piece]] = [[]]
    inside = any(piece.op is not pieces[0].op for piece in pieces)
    for piece in pieces:
        if piece.runs:
            lines[-1].append(piece)
            continue
        if inside and piece.op is not Op.EQUAL:
            lines[-1].append(piece)
        lines.append([])
    return tuple(tuple(line) for line in lines if line)


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
