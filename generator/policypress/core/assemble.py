"""From the source to the document: numbers, labels, references and variables filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policypress.core import languages, numbering
from policypress.core.kinds import Kind, default_kind
from policypress.core.model import Document, Fact, Label, Language, Node, NoticeDays, Publisher
from policypress.core.source import ClauseSource, Draft, PolicySource
from policypress.core.text import Link, Ref, Run, Runs, Strong, Var, parse, plain

Labels = Mapping[str, Label]
NO_LABEL = Label()


def assemble(draft: Draft) -> Document:
    """The document of a draft. Total, but only a draft without errors gives one worth publishing."""
    policy = draft.policy
    top = [file.clause for file in draft.clauses]
    labels = label_all(policy, top)
    values = variable_values(policy)
    builder = _Builder(tuple(policy.languages), labels, values)
    builder.cites = {tag: builder.cite_all(top, tag) for tag in builder.tags}
    return Document(
        policy=policy.id,
        title=dict(policy.title),
        languages=tuple(Language(tag, source.status) for tag, source in policy.languages.items()),
        source_language=policy.source_language,
        prevailing=policy.prevailing,
        time_zone=policy.time_zone,
        publisher=Publisher(dict(policy.publisher.name), dict(policy.publisher.contact)),
        notice_days=NoticeDays(**policy.notice_days.model_dump()),
        variables=values,
        nodes=builder.nodes(top, None),
    )


def variable_values(policy: PolicySource) -> dict[str, dict[str, str]]:
    """Each variable's value in each language; a value for all is repeated."""
    return {
        name: dict.fromkeys(policy.languages, value) if isinstance(value, str) else dict(value)
        for name, value in policy.variables.items()
    }


def label_all(policy: PolicySource, top: Sequence[ClauseSource]) -> dict[str, Labels]:
    """The labels of every clause by id, per language."""
    found: dict[str, Labels] = {}
    _label(policy, top, None, {}, found)
    return found


def _label(
    policy: PolicySource,
    siblings: Sequence[ClauseSource],
    parent: Kind | None,
    above: Labels,
    found: dict[str, Labels],
) -> None:
    kinds = [clause.kind or default_kind(parent) for clause in siblings]
    counted = [
        kind if kind in policy.numbering and clause.number != "none" else None
        for kind, clause in zip(kinds, siblings, strict=True)
    ]
    for clause, kind, n in zip(siblings, kinds, numbering.positions(counted), strict=True):
        labels = {tag: _label_in(policy, kind, n, tag, above.get(tag, NO_LABEL)) for tag in policy.languages}
        found[clause.id] = labels
        _label(policy, clause.children, kind, labels, found)


def _label_in(policy: PolicySource, kind: Kind, n: int, tag: str, above: Label) -> Label:
    scheme = policy.numbering.get(kind)
    template = numbering.template(scheme.label, tag) if scheme else None
    if n == 0 or scheme is None or template is None:
        return Label(number=above.number)
    return numbering.label(template, numbering.template(scheme.cite, tag), above.number, n)


@dataclass
class _Builder:
    tags: tuple[str, ...]
    labels: Mapping[str, Labels]
    values: Mapping[str, Mapping[str, str]]
    cites: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def cite_all(self, clauses: Sequence[ClauseSource], tag: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for clause in clauses:
            heading = (clause.heading or {}).get(tag, "")
            found[clause.id] = self.labels[clause.id][tag].cite or plain(parse(heading).runs)
            found |= self.cite_all(clause.children, tag)
        return found

    def nodes(self, siblings: Sequence[ClauseSource], parent: Kind | None) -> tuple[Node, ...]:
        return tuple(self._node(clause, clause.kind or default_kind(parent)) for clause in siblings)

    def _node(self, clause: ClauseSource, kind: Kind) -> Node:
        return Node(
            id=clause.id,
            kind=kind,
            reserved=clause.number == "reserved",
            labels=self.labels[clause.id],
            heading={tag: self._runs(text, tag) for tag, text in (clause.heading or {}).items()},
            text=self._texts(clause.text),
            closing=self._texts(clause.closing),
            facts=tuple(Fact(key, term) for fact in clause.facts for key, term in fact.items()),
            replaces=clause.replaces,
            restores=clause.restores,
            children=self.nodes(clause.children, kind),
        )

    def _texts(self, texts: Mapping[str, str] | None) -> dict[str, tuple[Runs, ...]]:
        return {
            tag: tuple(self._runs(paragraph.text, tag) for paragraph in languages.paragraphs(text, tag))
            for tag, text in (texts or {}).items()
        }

    def _runs(self, text: str, tag: str) -> Runs:
        return self._filled(parse(text).runs, tag)

    def _filled(self, runs: Runs, tag: str) -> Runs:
        return tuple(self._fill(run, tag) for run in runs)

    def _fill(self, run: Run, tag: str) -> Run:
        match run:
            case Ref(target):
                return Ref(target, self.cites.get(tag, {}).get(target, target))
            case Var(name):
                return Var(name, self.values.get(name, {}).get(tag, ""))
            case Strong() | Link():
                return replace(run, children=self._filled(run.children, tag))
            case _:
                return run
