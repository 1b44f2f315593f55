"""Every declared language is there, and no other; and the languages say the same in shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policypress.core import languages
from policypress.core.checks.texts import ROLES
from policypress.core.diagnostics import Finding, Place
from policypress.core.source import Draft, Located, PolicySource, located
from policypress.core.text import Ref, Var, parse, walk


def check(draft: Draft) -> Iterator[Finding]:
    """Findings about languages."""
    declared = tuple(draft.policy.languages)
    yield from _policy(draft.policy, Place(draft.file))
    for place, texts in _policy_maps(draft):
        yield from _presence(texts, declared, place)
    for at in located(draft):
        yield from _clause(at, draft.policy)


def _policy(policy: PolicySource, place: Place) -> Iterator[Finding]:
    if policy.source_language not in policy.languages:
        message = f"the source language `{policy.source_language}` is not declared"
        yield Finding("L405", place / "source_language", message)
    if policy.prevailing not in {*policy.languages, "equal", "unstated"}:
        yield Finding("L405", place / "prevailing", f"`{policy.prevailing}` is not declared")


def _policy_maps(draft: Draft) -> Iterator[tuple[Place, Mapping[str, str]]]:
    policy, place = draft.policy, Place(draft.file)
    yield place / "title", policy.title
    yield place / "publisher" / "name", policy.publisher.name
    yield place / "publisher" / "contact", policy.publisher.contact
    for name, value in policy.variables.items():
        if isinstance(value, dict):
            yield place / "variables" / name, value
    for kind, scheme in policy.numbering.items():
        for role, template in (("label", scheme.label), ("cite", scheme.cite)):
            if isinstance(template, dict):
                yield place / "numbering" / kind.value / role, template


def _presence(texts: Mapping[str, str], declared: Iterable[str], place: Place) -> Iterator[Finding]:
    for tag in declared:
        if tag not in texts:
            yield Finding("L401", place.key(), f"`{tag}` is missing here")
    for tag in texts:
        if tag not in declared:
            yield Finding("L402", (place / tag).key(), f"the policy does not declare `{tag}`")
        if not texts[tag].strip():
            yield Finding("L403", place / tag, f"the `{tag}` text is empty")


def _clause(at: Located, policy: PolicySource) -> Iterator[Finding]:
    for role in ROLES:
        texts: Mapping[str, str] | None = getattr(at.clause, role)
        if texts is None:
            continue
        yield from _presence(texts, policy.languages, at.place / role)
        source = texts.get(policy.source_language)
        if not source or not source.strip():
            continue
        for tag, text in texts.items():
            if text.strip() and tag != policy.source_language:
                yield from _shape(source, policy.source_language, text, tag, at.place / role / tag)


def _shape(source: str, source_tag: str, text: str, tag: str, place: Place) -> Iterator[Finding]:
    ours, theirs = len(languages.paragraphs(text, tag)), len(languages.paragraphs(source, source_tag))
    if ours != theirs:
        yield Finding("L407", place, f"{_count(ours)} here, {_count(theirs)} in `{source_tag}`")
    here, there = _names(text), _names(source)
    if here != there:
        names = ", ".join(sorted(here ^ there))
        yield Finding("L408", place, f"{names} stands in only one of `{source_tag}` and `{tag}`")


def _count(paragraphs: int) -> str:
    return "1 paragraph" if paragraphs == 1 else f"{paragraphs} paragraphs"


def _names(text: str) -> set[str]:
    if "{" not in text:
        return set()
    return {
        f"{{@{run.target}}}" if isinstance(run, Ref) else f"{{{run.name}}}"
        for run in walk(parse(text).runs)
        if isinstance(run, Ref | Var)
    }
