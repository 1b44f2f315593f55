"""How far a text moved, and why: a machine computes the floor, a person may raise it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """Ordered: the worst counts. DECIDE counts as material until a person states the severity."""

    EDITORIAL = 0
    MINOR = 1
    DECIDE = 2
    MATERIAL = 3

    @property
    def word(self) -> str:
        """The word in versions and pages; an undecided change counts as material."""
        return "material" if self is Severity.DECIDE else self.floor_word

    @property
    def floor_word(self) -> str:
        """The word for a floor, `decide` among them."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """The severity of a word."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable id, its floor, and the reason: an English message, which pages translate by gettext."""

    id: str
    floor: Severity
    why: str
