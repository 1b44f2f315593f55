"""docs/codes.md and docs/facts.md, written from the code so that they cannot drift."""

from __future__ import annotations

from policypress.core.codes import CODES, Code
from policypress.core.vocabulary_terms import PATTERNS, TERMS

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


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
