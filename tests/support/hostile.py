"""A policy whose every field holds what has broken pages, feeds and JSON before; and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.histories import Workspace, workspace

# Each of these is text, and is to be read everywhere as it stands here.
PIECES = {
    "quotes": "\"double\" 'single' `back` “curly”",
    "script": "</script><script>window.hacked=1</script>",
    "handler": "<img src=x onerror=\"window.hacked=1\"> <svg onload='window.hacked=1'>",
    "ends": "]]> --> <!-- <![CDATA[ </title></textarea></style> ?> */ //",
    "entities": "&amp; &lt; &#x3c;script&#62; & &;",
    "templates": "{{ 7*7 }} {% raw %} ${7*7} %(version)s %s {version} {date} {n}",
    "escapes": "\\ \\n \\u003c \\\\ /",
    "emoji": "👩‍👩‍👧‍👦 🇨🇳 ❤️ 𠮷",
    "directions": "שלום مرحبا abc",
    "accents": "e\u0301 é ﬁ K Å",
    "invisible": "a\u200bb\ufeffc\u00add\ue000e\U000e0041f",
    "addresses": "javascript:window.hacked=1 data:text/html,<script>window.hacked=1</script>",
}
ALL = " ".join(PIECES.values())
LONG = "".join(
    f"{number} 条款 clause <b>&amp;</b> ".ljust(20, "，") for number in range(500)
)  # 10,000 characters
assert len(LONG) >= 10_000

# None of these is text. What they do to a reader's eyes, or to XML, cannot be undone by any writing of them.
REFUSED = {
    "null": "\x00",
    "control": "\x07",
    "escape": "\x1b",
    "c1": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "half a character": "\ud800",
    "no character": "\uffff",
}


def refusal(name: str) -> str:
    """The code with which it is refused."""
    return {"half a character": "Y103", "right-to-left override": "C602", "isolate": "C602"}.get(name, "C601")


_MARKUP = re.compile(r"[\\*\[\]{}]")


def markup(text: str) -> str:
    """A text as it is to be written where markup counts."""
    return _MARKUP.sub(r"\\\g<0>", text)


def words(name: str) -> dict[str, str]:
    """The text of a field in both languages: it names the field, so that none is taken for another."""
    return {tag: f"{name} {tag} {ALL}." for tag in ("en", "zh-Hans")}


def written(data: Any) -> str:
    """A value as YAML. JSON is YAML, but for what YAML takes for the end of a line or refuses to read."""
    return re.sub(
        "[^\n -~]", lambda found: _escaped(found[0]), json.dumps(data, ensure_ascii=False, indent=1)
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"


def policy(**changed: Any) -> dict[str, Any]:
    """policy.yaml."""
    return {
        "format": 1,
        "id": "privacy",
        "title": words("title"),
        "languages": {"en": {"status": "official"}, "zh-Hans": {"status": "unreviewed"}},
        "source_language": "en",
        "time_zone": "Asia/Shanghai",
        "publisher": {"name": words("name"), "contact": words("contact")},
        "variables": {"hotline": words("variable")},
        "numbering": {
            "article": {
                "label": {tag: f"label {tag} {LABEL} {{n}}" for tag in ("en", "zh-Hans")},
                "cite": {tag: f"cite {tag} {LABEL} {{n}}" for tag in ("en", "zh-Hans")},
            }
        },
        **changed,
    }


LABEL = re.sub("[{}]", "", ALL)  # braces are what a label is made with


def clauses(**changed: Any) -> dict[str, dict[str, Any]]:
    """The files of the clauses."""
    marked = {tag: markup(text) for tag, text in words("text").items()}
    return {
        "clauses/01-use.yaml": {
            "format": 1,
            "id": "use",
            "heading": {tag: markup(text) for tag, text in words("heading").items()},
            "text": marked,
            "children": [{"id": "use.all", "text": {tag: markup(f"{tag} {LONG}.") for tag in marked}}],
            "closing": {tag: markup(text) for tag, text in words("closing").items()},
            **changed,
        },
        "clauses/02-share.yaml": {
            "format": 1,
            "id": "share",
            "heading": {"en": "Sharing", "zh-Hans": "共享"},
            "text": {tag: f"**{text}** {{hotline}} {{@use}}." for tag, text in marked.items()},
        },
    }


def note(fingerprints: list[str], **changed: Any) -> dict[str, Any]:
    """A change note."""
    return {
        "format": 1,
        "fingerprints": fingerprints,
        "summary": words("summary"),
        "impact": words("impact"),
        "choices": words("choices"),
        "action": "consent",
        "severity": "material",
        "scopes": [{"id": "all", "clauses": ["use"], "separate": True, "declining": words("declining")}],
        "approved_by": f"approved {ALL}",
        **changed,
    }


def write(made: Workspace, files: Mapping[str, Any]) -> None:
    """Write source files."""
    for name, data in files.items():
        made.write(name, written(data))


def drafted(root: Path, **changed: Any) -> Workspace:
    """A workspace with the draft."""
    made = workspace(root)
    write(made, {"policy.yaml": policy(**changed), **clauses()})
    return made


def released(root: Path) -> Workspace:
    """1.0.0; 2.0.0, which asks for consent and takes effect at once; 3.0.0, withdrawn before it did."""
    made = drafted(root)
    made.release("2026-01-05T10:00", published="2026-01-04", published_reason=f"published reason {ALL}")
    changed = clauses(text={tag: markup(f"other {text}") for tag, text in words("text").items()})
    write(made, changed)
    found = made.release("2026-02-01T10:00", dry_run=True).changes.changes
    write(made, {"changes/all.yaml": note([change.fingerprint for change in found])})
    made.release("2026-02-01T10:00", short_notice=f"short notice {ALL}")
    write(made, clauses(text={tag: markup(f"more {text}") for tag, text in words("text").items()}))
    plan = made.release("2026-03-01T10:00", effective="2026-06-01")
    made.withdraw(plan.release.version, "2026-03-10T10:00", f"withdrawal {ALL}")
    return made
