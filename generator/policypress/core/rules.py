"""Every rule by which a change is weighed, the worst first. Ids are in releases for ever: none may go."""

from __future__ import annotations

from collections.abc import Iterable

from policypress.core.severity import Rule, Severity


def _(message: str) -> str:
    """Marks a message for the catalogs; pages translate it."""
    return message


def _with_floor(floor: Severity, reasons: dict[str, str]) -> Iterable[Rule]:
    return (Rule(name, floor, why) for name, why in reasons.items())


_MATERIAL = {
    "clause.added": _("a clause was added"),
    "clause.removed": _("a clause was removed"),
    "clause.reserved": _("a clause became a reserved number, or is one no longer"),
    "fact.changed-with-text": _("what the clause states changed together with its text"),
    "publisher.changed": _("the publisher changed"),
    "prevailing.changed": _("the prevailing language changed"),
}
_DECIDE = {
    "variable.changed": _("a value used in the text changed"),
    "contact.changed": _("the publisher's contact changed"),
    "promise.changed": _("the promised notice changed"),
    "text.modality": _("a negation, or a word of permission or duty, changed"),
    "text.exception": _("an exception changed"),
    "text.number": _("a number, date, duration or amount changed"),
    "text.contact": _("an address, telephone number or e-mail address changed"),
    "text.place": _("a country or place changed"),
    "text.party": _("a recipient, company or name changed"),
    "text.link": _("a link, or a reference to a clause, changed"),
    "text.unknown-language": _("the wording changed in a language that these rules cannot weigh"),
    "text.authoritative-alone": _("the authoritative text changed without its translations"),
    "language.removed": _("a language was removed"),
    "language.standing": _("a text became the official one, or is so no longer"),
}
_MINOR = {
    "text.reworded": _("the wording changed"),
    "heading.reworded": _("the heading changed"),
    "clause.split": _("a clause was split"),
    "clause.merged": _("a clause took over from another"),
    "clause.moved-parent": _("the clause moved to another part"),
    "clause.kind": _("the clause became another kind of clause"),
    "language.added": _("a language was added"),
    "document.changed": _("a detail of the policy changed"),
}
_EDITORIAL = {
    "clause.moved": _("the clause moved among its neighbours"),
    "clause.renumbered": _("only the number changed"),
    "text.punctuation": _("only punctuation, case, spacing or emphasis changed"),
    "text.translation-alone": _("a translation changed, the authoritative text did not"),
    "fact.annotated": _("tags of the clause changed, its text did not"),
    "lineage.annotated": _("what the clause took over or restores was noted"),
    "language.status": _("the status of a translation changed"),
    "language.reordered": _("the languages are listed in another order"),
}

RULES: dict[str, Rule] = {
    rule.id: rule
    for floor, reasons in (
        (Severity.MATERIAL, _MATERIAL),
        (Severity.DECIDE, _DECIDE),
        (Severity.MINOR, _MINOR),
        (Severity.EDITORIAL, _EDITORIAL),
    )
    for rule in _with_floor(floor, reasons)
}
_ORDER = {name: place for place, name in enumerate(RULES)}

# What a rule becomes when the change is read the other way round; all others stay.
_OPPOSITES = {
    "clause.added": "clause.removed",
    "clause.split": "clause.merged",
    "language.added": "language.removed",
}
OPPOSITES = _OPPOSITES | {there: here for here, there in _OPPOSITES.items()}


def worst_first(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Each rule once, in the order of the table."""
    return tuple(sorted(set(rules), key=lambda rule: _ORDER[rule.id]))


def inverse(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules of the same change the other way round."""
    return worst_first(RULES[OPPOSITES.get(rule.id, rule.id)] for rule in rules)
