"""Changes as findings at the lines where their clauses stand."""

from __future__ import annotations

from policypress.core.comparison import Comparison, Entry
from policypress.core.diagnostics import Position, Spot
from policypress.core.findings import Findings, Item, Weight
from policypress.core.model import Node
from policypress.core.redline import Op
from policypress.render.redlines import paragraphs, tags_of

_MARKS = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
_NOTES = "Run `policypress diff --draft-notes`, then complete the note."


def findings_of(comparison: Comparison, prefix: str = "", fail_on: str = "") -> Findings:
    """A finding for each change: an error where the gate stops it, else a warning if it is material."""
    parents = _parents(comparison.old.document.nodes)
    items = tuple(
        _item(entry, comparison, _spot(entry, comparison, parents), prefix, fail_on)
        for entry in comparison.entries
    )
    return Findings("diff", items, {entry.rule.id: entry.rule.why for entry in comparison.entries})


def _item(entry: Entry, comparison: Comparison, spot: Spot, prefix: str, fail_on: str) -> Item:
    return Item(
        file=prefix + spot.file,
        line=spot.position.line,
        column=spot.position.column,
        rule=entry.rule.id,
        weight=_weight(entry, fail_on),
        title=f"{entry.kind} {', '.join(entry.clauses) or entry.field}",
        message="\n".join([f"{entry.severity}: {entry.rule.why}", *_redlines(entry, comparison)]),
        hint=_NOTES if entry.hits("undocumented") else _suppressed(entry),
        fingerprint=entry.fingerprint,
        suppressed=entry.suppressed,
    )


def _suppressed(entry: Entry) -> str:
    return f"Suppressed: {entry.suppressed}" if entry.suppressed else ""


def _weight(entry: Entry, fail_on: str) -> Weight:
    if fail_on and entry.hits(fail_on):
        return "error"
    return "warning" if entry.severity == "material" and not entry.suppressed else "note"


def _redlines(entry: Entry, comparison: Comparison) -> list[str]:
    found = []
    for tag in tags_of(entry, comparison.tags):
        edits = [part for passage in entry.redlines[tag] for part in paragraphs(passage)]
        texts = [
            "…" if one is None else "".join(_MARKS[op].format(text) for op, text in one) for one in edits
        ]
        found.append(f"{tag}: {' '.join(texts)}" if tag else " ".join(texts))
    return found


def _spot(entry: Entry, comparison: Comparison, parents: dict[str, str]) -> Spot:
    """Where the clause stands; of one that is gone, where the one around it does."""
    new = comparison.new
    folder = f"policy_src/{comparison.policy}"
    if new.release:
        return Spot(f"{folder}/releases/{new.release.file}", Position())
    for clause in entry.clauses:
        name = clause
        while name and name not in new.spots:
            name = parents.get(name, "")
        if name:
            return new.spots[name]
    return Spot(f"{folder}/policy.yaml", Position())


def _parents(nodes: tuple[Node, ...], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        found[node.id] = above
        found |= _parents(node.children, node.id)
    return found
