"""Change notes to be completed: one for each change that needs one, as YAML for a person to go on from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from policypress.core.changes import Change, Texts
from policypress.core.languages import is_han
from policypress.core.notes import TODO
from policypress.core.resolving import Weighed
from policypress.core.severity import Severity

_SAY = f"{TODO}: say in plain words what changed for the reader."
_SAY_HAN = f"{TODO}：用通俗的语言说明对用户有何变化。"


def draft_notes(weighed: Iterable[Weighed], tags: Sequence[str]) -> dict[str, str]:
    """The notes that are still to be written, by file name; `tags` are the policy's languages.

    A variable's new value is one note, in however many clauses it is used.
    """
    groups: dict[object, list[Change]] = {}
    for one in weighed:
        change = one.change
        if one.lacks_note:
            key = ("variable", change.field) if change.kind == "variable" else change.fingerprint
            groups.setdefault(key, []).append(change)
    return {_name(changes[0]): "".join(_lines(changes, tags)) for changes in groups.values()}


def _name(change: Change) -> str:
    where = change.field if change.kind == "variable" else change.clause or change.field
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", where).strip("-.")[:60] or "change"
    return f"{plain}-{change.kind}-{change.fingerprint}.yaml"


def _lines(changes: Sequence[Change], tags: Sequence[str]) -> Iterator[str]:
    yield "# Complete this note. The release takes it up and publishes its words.\n"
    for change in changes:
        yield from _about(change)
    yield "format: 1\n"
    yield f"fingerprints: [{', '.join(json.dumps(change.fingerprint) for change in changes)}]\n"
    yield "summary:\n"
    yield from (f"  {tag}: {json.dumps(_say(tag), ensure_ascii=False)}\n" for tag in tags)
    yield "# impact: what it means for the reader, in every language like the summary\n"
    yield "# choices: what the reader can do\n"
    yield "action: none  # or notify, acknowledge, consent: a person's decision\n"
    yield from _severity(max(change.floor for change in changes))
    yield "# approved_by: who approved these words\n"


def _say(tag: str) -> str:
    return _SAY_HAN if is_han(tag) else _SAY


def _about(change: Change) -> Iterator[str]:
    where = " ".join(part for part in (change.clause, change.field) if part)
    yield _comment(f"{change.kind} {where}")
    for tag in dict.fromkeys((*change.old_labels, *change.new_labels)):
        old, new = change.old_labels.get(tag), change.new_labels.get(tag)
        yield _comment(f"  {tag}: {old or '-'}" + (f" -> {new or '-'}" if new != old else ""))
    for tag in dict.fromkeys((*change.old_values, *change.new_values)):
        old, new = _value(change.old_values, tag), _value(change.new_values, tag)
        yield _comment(f"  {tag or 'value'}: {old} -> {new}")
    for rule in change.rules:
        yield _comment(f"  {rule.id} ({rule.floor.floor_word}): {rule.why}")


def _value(values: Texts, tag: str) -> str:
    return json.dumps(values[tag], ensure_ascii=False) if tag in values else "-"


def _comment(text: str) -> str:
    """One line of comment, whatever a label holds."""
    return "# " + "".join(char if char.isprintable() else " " for char in text).rstrip() + "\n"


def _severity(floor: Severity) -> Iterator[str]:
    if floor is Severity.DECIDE:
        yield "# A machine cannot weigh this. State the severity: editorial, minor or material.\n"
        yield "# severity: material\n"
    else:
        yield f"# severity: {floor.word}  # at least; for less, give `override: {{reason: ...}}` as well\n"
