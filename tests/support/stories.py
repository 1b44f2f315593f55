"""Random histories of a policy: clauses come, go, move, split and merge, and people say what that weighs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from policypress.core.changes import Change
from policypress.core.diff import diff
from policypress.core.ledger import Predecessor, Record, Release, sha256, to_bytes
from policypress.core.model import Document, Fact, Node, Publisher, walk
from policypress.core.notes import NoteFile, NoteSource
from policypress.core.releasing import Request, plan
from policypress.core.severity import Severity
from policypress.core.text import Link, Ref, Run, Strong, Var
from policypress.write.ledger import write_sums
from tests.support.documents import TAGS, both, document, node
from tests.support.histories import Workspace, at, workspace

START, BETWEEN = at("2020-01-06T10:00"), timedelta(weeks=8)
SENTENCES = (
    ("We use it for security.", "我们为安全目的使用它。"),
    ("We may keep it for 30 days.", "我们可以保存三十日。"),
    ("We must not keep it for 60 days.", "我们不得保存六十日。"),
    ("We share it with partners, **unless** you object.", "我们与合作伙伴共享，您**反对**的除外。"),
    ("Call {hotline} or see {@use}.", "请致电{hotline}或者参阅{@use}。"),
    ("Read [the law](https://example.com/law).", "请阅读[法律](https://example.com/law)。"),
    ("Read [the law](https://example.com/new).", "请阅读[法律](https://example.com/new)。"),
    ("We use it for security,", "我们为安全目的使用它，"),
)
EDITS = (
    "text",
    "text",
    "one",
    "head",
    "add",
    "move",
    "away",
    "drop",
    "facts",
    "split",
    "split",
    "merge",
    "absorb",
)


def numbered(nodes: tuple[Node, ...], start: str = "") -> tuple[Node, ...]:
    """With labels by place."""
    found = []
    for place, one in enumerate(nodes, 1):
        number = f"{start}{place}"
        labels = {tag: replace(label, text=number, cite=number) for tag, label in one.labels.items()}
        found.append(replace(one, labels=labels, children=numbered(one.children, f"{number}.")))
    return tuple(found)


def printed(found: Document) -> Document:
    """With what its references and variables say now."""
    cites = {one.id: one.labels for one in walk(found.nodes)}

    def run(one: Run, tag: str) -> Run:
        match one:
            case Ref(target) if target in cites:
                return Ref(target, cites[target][tag].cite)
            case Var(name):
                return Var(name, found.variables[name][tag])
            case Strong(children) | Link(children):
                return replace(one, children=tuple(run(child, tag) for child in children))
            case _:
                return one

    def filled(one: Node) -> Node:
        text = {
            tag: tuple(tuple(run(it, tag) for it in runs) for runs in paragraphs)
            for tag, paragraphs in one.text.items()
        }
        return replace(one, text=text, children=tuple(map(filled, one.children)))

    return replace(found, nodes=tuple(map(filled, found.nodes)))


def alone(found: Document, tag: str) -> Document:
    """The document in one of its languages."""

    def only(texts: Mapping[str, Any]) -> dict[str, Any]:
        return {tag: texts[tag]} if tag in texts else {}

    def bare(one: Node) -> Node:
        return replace(
            one,
            labels=only(one.labels),
            heading=only(one.heading),
            text=only(one.text),
            closing=only(one.closing),
            children=tuple(map(bare, one.children)),
        )

    publisher = Publisher(only(found.publisher.name), only(found.publisher.contact))
    return replace(
        found,
        title=only(found.title),
        languages=tuple(language for language in found.languages if language.tag == tag),
        publisher=publisher,
        variables={name: only(values) for name, values in found.variables.items()},
        nodes=tuple(map(bare, found.nodes)),
    )


class Writer:
    """Edits a document at random, as people do."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made = random.Random(seed), 0
        self.away: list[Node] = []

    def next(self, old: Document) -> Document:
        nodes = old.nodes
        for _ in range(self.chance.randint(1, 3)):
            nodes = self.edited(nodes)
        nodes, self.away = (*nodes, *self.away), []
        made = replace(old, nodes=numbered(nodes))
        if self.chance.random() < 0.3:
            value = str(self.chance.randint(400, 404))
            made = replace(made, title={tag: f"{text[:14]} {value}" for tag, text in old.title.items()})
        if self.chance.random() < 0.4:
            made = replace(made, variables={"hotline": both(f"400-000-000{self.chance.randint(0, 3)}")})
        return printed(made)

    def sentence(self) -> dict[str, str]:
        picked = self.chance.sample(SENTENCES, 2)
        return {tag: "\n\n".join(pair[place] for pair in picked) for place, tag in enumerate(TAGS)}

    def fresh(self, *replaces: str) -> Node:
        self.made += 1
        made = node(f"new.n{self.made}", label=both("x"), heading=self.sentence(), text=self.sentence())
        heading = made.heading if self.chance.random() < 0.3 else {}
        return replace(made, heading=heading, replaces=replaces)

    def edited(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        place = self.chance.randrange(len(nodes))
        one = nodes[place]
        if one.children and self.chance.random() < 0.7:
            inside = replace(one, children=self.edited(one.children))
            return (*nodes[:place], inside, *nodes[place + 1 :])
        edit = self.chance.choice(EDITS)
        if edit in {"split", "merge", "absorb"}:
            return self.regrouped(edit, nodes, place)
        if edit in {"add", "move", "away", "drop"}:
            return self.rearranged(edit, nodes, place)
        return (*nodes[:place], self.rewritten(edit, one), *nodes[place + 1 :])

    def rewritten(self, edit: str, one: Node) -> Node:
        """A clause that says something else."""
        said = node("x", heading=self.sentence(), text=self.sentence())
        match edit:
            case "text":
                return replace(one, text=said.text)
            case "one":
                return replace(one, text={**one.text, "en": said.text["en"]})
            case "head":
                return replace(one, heading=said.heading)
            case _:
                terms = self.chance.sample(("Location", "Contact", "Payment"), self.chance.randint(0, 2))
                return replace(one, facts=tuple(Fact("data", term) for term in terms))

    def rearranged(self, edit: str, nodes: tuple[Node, ...], place: int) -> tuple[Node, ...]:
        """A clause comes, goes, or stands elsewhere."""
        one, rest = nodes[place], (*nodes[:place], *nodes[place + 1 :])
        to = self.chance.randint(0, len(rest))
        if edit == "add" or not rest:
            return (*nodes[:place], self.fresh(), *nodes[place:])
        if edit == "move":
            return (*rest[:to], one, *rest[to:])
        if edit == "away":
            self.away.append(one)
        return rest

    def regrouped(self, edit: str, nodes: tuple[Node, ...], place: int) -> tuple[Node, ...]:
        """A clause becomes two, two become one, or one takes over from its neighbour."""
        one, *after = nodes[place:]
        if edit == "split" and not one.children:
            first = self.fresh(one.id)
            kept = replace(first, text=one.text) if self.chance.random() < 0.5 else first
            return (*nodes[:place], kept, self.fresh(one.id), *after)
        if not after or after[0].children:
            return nodes
        gone = after[0]
        if edit == "merge" and not one.children:
            return (*nodes[:place], self.fresh(one.id, gone.id), *after[1:])
        joined = {tag: (*one.text.get(tag, ()), *gone.text.get(tag, ())) for tag in TAGS}
        heir = replace(one, text=joined, replaces=(*one.replaces, gone.id))
        return (*nodes[:place], heir, *after[1:])

    def notes(self, changes: Sequence[Change], tags: Sequence[str]) -> Iterator[NoteFile]:
        """What people say of some changes: often more than they must, at times less, and then why."""
        waiting = [
            change for change in changes if change.floor > Severity.EDITORIAL or self.chance.random() < 0.3
        ]
        self.chance.shuffle(waiting)
        while waiting:
            size = self.chance.randint(1, 3)
            some, waiting = waiting[:size], waiting[size:]
            yield self.note(some, tags)

    def note(self, some: Sequence[Change], tags: Sequence[str]) -> NoteFile:
        self.made += 1
        word = self.chance.choice(("editorial", "minor", "material"))
        floors = [change.floor for change in some]
        more: dict[str, object] = {}
        if any(floor > Severity.of(word) for floor in floors if floor is not Severity.DECIDE):
            more = {"override": {"reason": dict.fromkeys(tags, "A court said so.")}}
        if Severity.DECIDE in floors or self.chance.random() < 0.6:
            more = {**more, "severity": word}
        summary = {"en": f"Told as {self.made}.", "zh-Hans": f"说明{self.made}。"}
        source = {
            "format": 1,
            "fingerprints": list(dict.fromkeys(change.fingerprint for change in some)),
            "summary": {tag: summary[tag] for tag in tags},
            **more,
        }
        return NoteFile("changes/note.yaml", NoteSource.model_validate(source))


def released(root: Path, documents: Sequence[Document], writer: Writer) -> Workspace:
    """A workspace with the releases of these documents, a few weeks apart, explained by the writer."""
    made = workspace(root)
    made.releases.mkdir()
    records: list[Record] = []
    last: Predecessor | None = None
    for number, found in enumerate(documents):
        base = records[-1] if records else None
        changes = diff(base.document, found).changes if isinstance(base, Release) else ()
        notes = tuple(writer.notes(changes, found.tags))
        request = Request(START + number * BETWEEN)
        release = plan(found, records, last, notes, request).release
        data = to_bytes(release)
        (made.releases / release.file).write_bytes(data)
        records.append(release)
        last = Predecessor(release.file, sha256(data))
    write_sums(made.releases)
    return made


def story(root: Path, seed: int, versions: int) -> Workspace:
    """A workspace with so many releases, each of them edited at random."""
    writer, documents = Writer(seed), [printed(replace(document(), nodes=numbered(document().nodes)))]
    while len(documents) < versions:
        found = writer.next(documents[-1])
        if diff(documents[-1], found).changes:
            documents.append(found)
    dropped = writer.chance.randrange(1, versions)  # one of them came in a single language
    documents[dropped] = alone(documents[dropped], "en")
    return released(root, documents, writer)
