"""docs/codes.md, docs/facts.md and docs/changes.md, written from the code so that they cannot drift."""

from __future__ import annotations

from policypress.core.codes import CODES, Code
from policypress.core.rules import RULES
from policypress.core.severity import Severity
from policypress.core.vocabulary_terms import PATTERNS, TERMS
from tests.support.cases import case_rows

_GROUPS = {
    "Y": "Files and YAML",
    "S": "Form of the files",
    "I": "Ids and structure",
    "L": "Languages",
    "T": "Markup in texts",
    "C": "Characters",
    "D": "Change notes and decisions",
    "F": "Facts",
    "R": "The ledger",
    "N": "Notices: channels and recipients",
}


def codes() -> str:
    """docs/codes.md."""
    parts = [
        "# Diagnostic codes\n",
        "`policypress check` reports each finding as `file:line:col: CODE level: message`. "
        "An error stops a build; a warning does not (`--strict` lets it). Codes are stable.\n",
    ]
    for letter, name in _GROUPS.items():
        group = [code for code in CODES.values() if code.code.startswith(letter)]
        parts.append(f"## {name}\n\n{_table(group)}")
    return "\n".join(parts)


def _table(group: list[Code]) -> str:
    rows = [f"| {code.code} | {code.level} | {_cell(code.title)} | {_cell(code.hint)} |\n" for code in group]
    return "| code | level | what | what to do |\n|---|---|---|---|\n" + "".join(rows)


def facts() -> str:
    """docs/facts.md."""
    parts = [
        "# Facts\n",
        "A fact is a neutral statement tagged on a clause, so that a change of what happens is told from a "
        "change of words:\n\n```yaml\nfacts:\n  - purpose: LegalCompliance\n  - location: CN-JS\n```\n",
        "Terms with a link are from the W3C Data Privacy Vocabulary; the others are our own, "
        "where it has none.\n",
    ]
    for key, terms in TERMS.items():
        rows = [
            f"| {f'[{name}]({term.iri})' if term.iri else name} | {term.en} | {term.zh} |\n"
            for name, term in terms.items()
        ]
        parts.append(f"## {key}\n\n| term | English | 中文 |\n|---|---|---|\n" + "".join(rows))
    for key, pattern in PATTERNS.items():
        parts.append(f"## {key}\n\nAny value of the form `{pattern}`.\n")
    return "\n".join(parts)


_CHANGES = """\
# Changes

What changed between two texts is told clause by clause, by id: never by number. Each change has a kind, one
or more rules, and a floor. The worst rule of the languages that count gives the floor.

| floor | what it asks |
|---|---|
| `editorial` | nothing |
| `minor` | a change note |
| `material` | a change note |
| `decide` | a change note that states the severity: a machine cannot tell; until then it counts as material |

The languages that count are those whose status is `official`; where none is, the source language. A text that
is not among them weighs nothing: its change alone is `text.translation-alone`. An official text that changed
while another language did not is `text.authoritative-alone`.

Words are weighed in English and in Chinese, as they are cut into numbers with their units, words of duty,
exceptions, contacts, places, recipients, links and other words; a rule holds where one of its kind was
deleted or inserted, so also where it only moved. A rule errs on the side of asking a person. In other
languages only numbers, contacts and links are known, and any other wording is `text.unknown-language`.

## Kinds

| kind | what |
|---|---|
| `added`, `removed` | a clause that only one of the texts has |
| `split`, `merged` | clauses that stand in the place of others, as `replaces` says |
| `moved` | another parent, another kind of clause, or another order: the fewest by weight |
| `renumbered` | only the number changed, as others came or went |
| `reworded`, `retitled` | the text, or the heading; not a reference whose clause was renumbered |
| `refacted` | facts, `replaces` or `restores` |
| `variable` | a value, in each clause that uses it |
| `document` | a field of the policy: title, publisher, languages, promises |

## Change notes

Before a release, each change above `editorial` needs a note in `changes/`, and each `decide` a stated
severity. `policypress diff --draft-notes` writes the notes to complete:

```yaml
format: 1
fingerprints: [2dc6c2445e8b]      # the changes it is about; a text that changes again has another
summary:                          # in every language of the policy
  en: We keep your information for 30 days.
  zh-Hans: 我们将您的信息保存三十日。
impact: ...                       # optional, in every language: what it means for the reader
choices: ...                      # what the reader can do; needed for acknowledge and consent
action: notify                    # none, notify, acknowledge or consent: a person's decision, never derived
severity: minor                   # raising is free; less than the floor needs an override
override: {reason: ...}           # in every language; it is published
scopes: []                        # for consent: id, clauses, separate, and what declining means
approved_by: Legal
```

## Rules

A rule's id is in releases for ever. The examples are rows of the tests.
"""


def changes() -> str:
    """docs/changes.md."""
    parts = [_CHANGES]
    for floor in reversed(Severity):
        rules = [rule for rule in RULES.values() if rule.floor is floor]
        rows = "".join(f"| `{rule.id}` | {rule.why} | {_example(rule.id)} |\n" for rule in rules)
        parts.append(f"### {floor.floor_word}\n\n| rule | why | for example |\n|---|---|---|\n{rows}")
    return "\n".join(parts)


def _example(rule: str) -> str:
    """Rows of the cases that this rule leads: a text in each language, or what another row is called."""
    leading = [row for row in case_rows() if f" {rule}" in str(row["changes"])]
    texts = [row for row in leading if row["file"].startswith("text.")]
    found = [row for tag in ("en", "zh-Hans") for row in [r for r in texts if r["tag"] == tag][:1]]
    if found:
        return "; ".join(f"{_one_line(row['old'])} → {_one_line(row['new'])}" for row in found)
    first = min(leading, key=lambda row: not row["name"].isascii())
    if isinstance(first["old"], str):
        return f"{_one_line(first['old'])} → {_one_line(first['new'])}"
    return _cell(first["name"])


def _one_line(text: str) -> str:
    return _cell(text.replace("\n\n", " ¶ "))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
