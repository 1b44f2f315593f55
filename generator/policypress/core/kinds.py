"""The one table of clause kinds: what may stand under what, and what a child is by default."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a node of the document tree is."""

    NOTICE = "notice"
    ARTICLE = "article"
    SECTION = "section"
    CLAUSE = "clause"
    ITEM = "item"
    NOTE = "note"
    PARAGRAPH = "paragraph"


# The first child kind is the default one. None is the policy itself.
CHILDREN: dict[Kind | None, tuple[Kind, ...]] = {
    None: (Kind.ARTICLE, Kind.NOTICE),
    Kind.NOTICE: (Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE),
    Kind.ARTICLE: (Kind.SECTION, Kind.CLAUSE, Kind.ITEM, Kind.NOTE, Kind.PARAGRAPH),
    Kind.SECTION: (Kind.CLAUSE, Kind.ITEM, Kind.NOTE, Kind.PARAGRAPH),
    Kind.CLAUSE: (Kind.ITEM, Kind.CLAUSE, Kind.NOTE, Kind.PARAGRAPH),
    Kind.ITEM: (Kind.ITEM, Kind.NOTE, Kind.PARAGRAPH),
    Kind.NOTE: (Kind.PARAGRAPH, Kind.ITEM),
    Kind.PARAGRAPH: (Kind.ITEM, Kind.NOTE),
}


def default_kind(parent: Kind | None) -> Kind:
    """The kind of a child that does not state one."""
    return CHILDREN[parent][0]
