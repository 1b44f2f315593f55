"""What changed of the policy as a whole: its title, publisher, languages, promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policypress.core.canonical import digest
from policypress.core.changes import Change, Texts
from policypress.core.digests import said, titled
from policypress.core.model import Document, walk
from policypress.core.rules import RULES, worst_first
from policypress.core.severity import Rule, Severity
from policypress.core.wording import text_rules


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of a comparison: those of both documents, and those whose text counts."""

    common: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    official: frozenset[str]

    @classmethod
    def of(cls, old: Document, new: Document) -> Tongues:
        """The languages of two documents."""
        return cls(
            tuple(tag for tag in new.tags if tag in old.tags),
            tuple(tag for tag in old.tags if tag not in new.tags),
            tuple(tag for tag in new.tags if tag not in old.tags),
            frozenset(_authoritative(old) | _authoritative(new)),
        )

    def weigh(self, by_language: Mapping[str, Iterable[Rule]]) -> tuple[Rule, ...]:
        """Of the rules by language: what is not authoritative weighs nothing, nor does it excuse the rest."""
        official = [rule for tag, rules in by_language.items() if tag in self.official for rule in rules]
        if not official:
            return (RULES["text.translation-alone"],)
        alone = len(self.common) > 1 and len(by_language) == 1
        if alone and max(rule.floor for rule in official) > Severity.EDITORIAL:
            official.append(RULES["text.authoritative-alone"])
        return worst_first(official)


def _authoritative(document: Document) -> set[str]:
    """The languages whose text counts; without an official one, that from which the others are translated."""
    official = {language.tag for language in document.languages if language.status == "official"}
    return official or {document.source_language}


def document_changes(old: Document, new: Document, tongues: Tongues) -> Iterator[Change]:
    """The changes of the policy's own fields, in a fixed order."""
    before, after = _worded_fields(old), _worded_fields(new)
    for field, rule_id in _WORDED.items():
        yield from _worded(field, rule_id, before[field], after[field], tongues)
    plain = _plain_fields(old), _plain_fields(new)
    for field, rule_id in _PLAIN.items():
        if plain[0][field] != plain[1][field]:
            yield _made(field, (RULES[rule_id],), {"": plain[0][field]}, {"": plain[1][field]})
    yield from _languages(old, new, tongues)


_WORDED = {
    "title": "document.changed",
    "publisher.name": "publisher.changed",
    "publisher.contact": "contact.changed",
}
_PLAIN = {
    "prevailing": "prevailing.changed",
    "source_language": "document.changed",
    "time_zone": "document.changed",
    "notice_days.material": "promise.changed",
    "notice_days.minor": "promise.changed",
    "notice_days.editorial": "promise.changed",
}


def _worded_fields(document: Document) -> dict[str, Texts]:
    publisher = document.publisher
    return {
        "title": document.title,
        "publisher.name": publisher.name,
        "publisher.contact": publisher.contact,
    }


def _plain_fields(document: Document) -> dict[str, str]:
    days = document.notice_days
    return {
        "prevailing": document.prevailing,
        "source_language": document.source_language,
        "time_zone": document.time_zone,
        "notice_days.material": str(days.material),
        "notice_days.minor": str(days.minor),
        "notice_days.editorial": str(days.editorial),
    }


def _made(
    field: str, rules: tuple[Rule, ...], old: Texts, new: Texts, digests: tuple[Texts, Texts] | None = None
) -> Change:
    before, after = digests or (field_digests(old), field_digests(new))
    return Change("document", "", rules, field, before, after, old_values=dict(old), new_values=dict(new))


def field_digests(values: Texts) -> dict[str, str]:
    """The digest of each value."""
    return {tag: digest(value) for tag, value in values.items()}


def _worded(field: str, rule_id: str, old: Texts, new: Texts, tongues: Tongues) -> Iterator[Change]:
    """A field that is text: weighed as text is, and by a rule of its own."""
    passed_over = {*tongues.added, *tongues.removed}
    one, other = (
        {tag: text for tag, text in texts.items() if tag not in passed_over} for texts in (old, new)
    )
    changed = [tag for tag in dict.fromkeys((*one, *other)) if one.get(tag) != other.get(tag)]
    if changed:
        by_language = {
            tag: _named_rules(rule_id, one.get(tag, ""), other.get(tag, ""), tag) for tag in changed
        }
        yield _made(field, tongues.weigh(by_language), one, other)


def value_rules(old: str, new: str, tag: str) -> tuple[Rule, ...]:
    """The rules for a variable's value."""
    return _named_rules("variable.changed", old, new, tag)


def _named_rules(rule_id: str, old: str, new: str, tag: str) -> tuple[Rule, ...]:
    """The rules for a value that is more than its wording: its own, and what its text says."""
    if RULES[rule_id].floor is Severity.MATERIAL:
        return (RULES[rule_id],)
    found = text_rules(old, new, tag)
    if found == (RULES["text.punctuation"],):
        return found
    plain = {RULES["text.reworded"], RULES["text.punctuation"], RULES["text.unknown-language"]}
    return worst_first([RULES[rule_id], *(rule for rule in found if rule not in plain)])


def _languages(old: Document, new: Document, tongues: Tongues) -> Iterator[Change]:
    before = {language.tag: language.status for language in old.languages}
    after = {language.tag: language.status for language in new.languages}
    for tag in (*new.tags, *tongues.removed):
        was, becomes = before.get(tag), after.get(tag)
        if was != becomes:
            digests = _language_digest(old, tag, tongues), _language_digest(new, tag, tongues)
            values = ({"": was} if was else {}), ({"": becomes} if becomes else {})
            yield _made(f"languages.{tag}", tuple(_language_rules(was, becomes)), *values, digests)
    orders = [tuple(tag for tag in document.tags if tag in tongues.common) for document in (old, new)]
    if orders[0] != orders[1]:
        one, other = ({"": ", ".join(order)} for order in orders)
        yield _made("languages", (RULES["language.reordered"],), one, other)


def _language_digest(document: Document, tag: str, tongues: Tongues) -> dict[str, str]:
    """The status; with all that is said in it, where a language came or went: no clause tells of that."""
    statuses = [language.status for language in document.languages if language.tag == tag]
    if not statuses:
        return {}
    if tag in tongues.common:
        return {"": digest(statuses)}
    words = [[titled(node, tag), said(node, tag)] for node in walk(document.nodes)]
    return {"": digest([*statuses, words])}


def _language_rules(old: str | None, new: str | None) -> Iterator[Rule]:
    """The worst first."""
    if new is None:
        yield RULES["language.removed"]
    if "official" in {old, new}:
        yield RULES["language.standing"]
    if old is None:
        yield RULES["language.added"]
    if old and new and "official" not in {old, new}:
        yield RULES["language.status"]
