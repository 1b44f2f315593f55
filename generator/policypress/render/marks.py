"""Redlines as safe HTML: what was deleted and inserted is marked, and said to those who hear the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from policypress.core.marked import Piece
from policypress.core.redline import Op
from policypress.core.redlined import END, paragraphs
from policypress.core.site import Words
from policypress.render.inline import HERE, html

BREAK = "¶"
_INS = Markup('<ins data-mark="{}">{}</ins>')
_DEL = Markup('<del data-mark="{}">{}</del>')


@dataclass(frozen=True)
class Marks:
    """How pieces are printed in one language; `reference` is what leads to another clause."""

    words: Words
    reference: Markup = field(default=HERE)

    @cached_property
    def marks(self) -> Mapping[Op, tuple[Markup, str]]:
        """What stands around a piece, and what it is called."""
        return {
            Op.DELETE: (_DEL, self.words.gettext("deleted")),
            Op.INSERT: (_INS, self.words.gettext("inserted")),
        }

    def inline(self, pieces: tuple[Piece, ...]) -> tuple[Markup, ...]:
        """Paragraph by paragraph."""
        return self.paragraphs(paragraphs(pieces))

    def paragraphs(self, lines: tuple[tuple[Piece, ...], ...]) -> tuple[Markup, ...]:
        """Each line as it is."""
        return tuple(self.text(line) for line in lines)

    def text(self, pieces: tuple[Piece, ...]) -> Markup:
        """Pieces in a row."""
        if len(pieces) == 1:
            return self.piece(pieces[0])
        return Markup("").join(map(self.piece, pieces))

    def piece(self, piece: Piece) -> Markup:
        """One of them."""
        text = html(piece.runs, self.reference) if piece.runs != END else Markup(BREAK)
        if piece.op is Op.EQUAL:
            return text
        tag, mark = self.marks[piece.op]
        return tag.format(mark, text)
