"""Every text of a draft with its place, for the checks that look at words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policypress.core.diagnostics import Place
from policypress.core.kinds import Kind
from policypress.core.languages import Paragraph, paragraphs
from policypress.core.source import Draft, located


@dataclass(frozen=True, slots=True)
class TextAt:
    """One text in one language. `kind` is None for the fields of policy.yaml."""

    value: str
    tag: str
    role: str
    place: Place
    paragraphs: tuple[Paragraph, ...] = ()
    kind: Kind | None = None


ROLES = ("heading", "text", "closing")


def clause_texts(draft: Draft) -> Iterator[TextAt]:
    """The headings, texts and closings of all clauses, in document order."""
    for at in located(draft):
        for role in ROLES:
            by_language: Mapping[str, str] | None = getattr(at.clause, role)
            for tag, value in (by_language or {}).items():
                yield TextAt(value, tag, role, at.place / role / tag, paragraphs(value, tag), at.kind)


def policy_texts(draft: Draft) -> Iterator[TextAt]:
    """The texts of policy.yaml that readers see, without markup."""
    policy, place = draft.policy, Place(draft.file)
    for tag, value in policy.title.items():
        yield TextAt(value, tag, "title", place / "title" / tag)
    for role, by_language in (("name", policy.publisher.name), ("contact", policy.publisher.contact)):
        for tag, value in by_language.items():
            yield TextAt(value, tag, role, place / "publisher" / role / tag)
    for name, variable in policy.variables.items():
        if isinstance(variable, dict):
            for tag, value in variable.items():
                yield TextAt(value, tag, "variable", place / "variables" / name / tag)
        else:
            yield TextAt(variable, policy.source_language, "variable", place / "variables" / name)
