"""How far a text moved: the floor that the machine computes, and why. A person may raise it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from policypress.core.languages import is_han


class Severity(IntEnum):
    """Ordered: the worst counts. DECIDE counts as material until a person states the severity."""

    EDITORIAL = 0
    MINOR = 1
    DECIDE = 2
    MATERIAL = 3

    @property
    def word(self) -> str:
        """The word in files and pages; an undecided change counts as material."""
        return {Severity.EDITORIAL: "editorial", Severity.MINOR: "minor"}.get(self, "material")


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable id, its floor, and the reason in plain words."""

    id: str
    floor: Severity
    why: str


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in rules}


RULES = _rules(
    Rule("clause.added", Severity.MATERIAL, "a clause was added"),
    Rule("clause.removed", Severity.MATERIAL, "a clause was removed"),
    Rule(
        "fact.changed-with-text", Severity.MATERIAL, "what the clause states changed together with its text"
    ),
    Rule("publisher.changed", Severity.MATERIAL, "the publisher changed"),
    Rule("prevailing.changed", Severity.MATERIAL, "the prevailing language changed"),
    Rule("text.number", Severity.DECIDE, "a number, date, duration or amount changed"),
    Rule("text.modality", Severity.DECIDE, "a negation or a word of permission or duty changed"),
    Rule("text.link", Severity.DECIDE, "a link changed"),
    Rule("text.authoritative-alone", Severity.DECIDE, "the authoritative language changed alone"),
    Rule("variable.changed", Severity.DECIDE, "a value used in the text changed"),
    Rule("contact.changed", Severity.DECIDE, "the contact changed"),
    Rule("document.changed", Severity.MINOR, "a field of the policy changed"),
    Rule("text.reworded", Severity.MINOR, "the wording changed"),
    Rule("heading.reworded", Severity.MINOR, "the heading changed"),
    Rule("clause.moved-parent", Severity.MINOR, "the clause moved to another parent"),
    Rule("clause.moved", Severity.EDITORIAL, "the clause moved among its siblings"),
    Rule("clause.renumbered", Severity.EDITORIAL, "only the label changed"),
    Rule("text.punctuation", Severity.EDITORIAL, "only punctuation, case or white space changed"),
    Rule("text.translation-alone", Severity.EDITORIAL, "a text that is not authoritative changed alone"),
    Rule("fact.annotated", Severity.EDITORIAL, "facts were annotated, the text is the same"),
)

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*|[零〇一二三四五六七八九十百千万亿两]+(?=[日天月年周元个次小])")
_MODAL_EN = re.compile(
    r"\b(?:may|might|must|shall|should|will|would|can|cannot|could|not|no|never|without|unless|except|only"
    r"|\w+n[’']t)\b",
    re.IGNORECASE,
)
_MODAL_HAN = re.compile(r"可以|可能|应当|应|必须|须|不得|不会|不|未经|未|无需|无|除外|除非|仅|将")


def text_rule(old: str, new: str, tag: str) -> Rule:
    """The rule for one language's text that changed from one plain text to another."""
    if _letters(old) == _letters(new):
        return RULES["text.punctuation"]
    if _NUMBER.findall(old) != _NUMBER.findall(new):
        return RULES["text.number"]
    modal = _MODAL_HAN if is_han(tag) else _MODAL_EN
    if [word.lower() for word in modal.findall(old)] != [word.lower() for word in modal.findall(new)]:
        return RULES["text.modality"]
    return RULES["text.reworded"]


def _letters(text: str) -> str:
    """What is left without punctuation, case and white space."""
    kept = (character for character in text if unicodedata.category(character)[0] not in "PZC")
    return "".join(kept).casefold()
