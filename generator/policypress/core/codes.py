"""Every diagnostic code, with its level and what to do about it. Codes are stable: never reuse one."""

from __future__ import annotations

from dataclasses import dataclass

from policypress.core.diagnostics import Level


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: `title` is its entry in docs/codes.md, `hint` says what to do."""

    code: str
    level: Level
    title: str
    hint: str


def _error(code: str, title: str, hint: str) -> Code:
    return Code(code, Level.ERROR, title, hint)


def _warning(code: str, title: str, hint: str) -> Code:
    return Code(code, Level.WARNING, title, hint)


_ALL = (
    # Files and YAML
    _error("Y101", "file is not UTF-8", "Save the file as UTF-8 without a byte order mark."),
    _error("Y102", "file is too large", "Split it: one top-level article per file."),
    _error("Y103", "YAML cannot be read", "Check indentation, colons and quotes at this place."),
    _error("Y104", "not exactly one YAML document", "Keep one document per file; remove extra `---` lines."),
    _error(
        "Y105", "anchor, alias or merge key", "Write the value out; legal text is never shared by reference."
    ),
    _error("Y106", "tag or directive", "Remove the `!tag` or `%` line; types come from the schema."),
    _error("Y107", "nested too deeply", "Flatten the structure; no policy needs this depth."),
    _error("Y108", "duplicate key", "Remove or rename one of the two; only one would be kept."),
    _error("Y109", "tab or no-break space in indentation", "Indent with ordinary spaces."),
    _warning("Y110", "text cut by ` #`", "Everything after ` #` is a comment; quote the text or use `|`."),
    _error("Y111", "full-width colon after a key", "Write the ASCII colon and a space: `key: value`."),
    _error(
        "Y112",
        "folded text in a language without spaces",
        "Use `|`: folding puts spaces between Han characters.",
    ),
    _error("Y113", "key is not plain text", "Keys are single words; a list or map cannot be a key."),
    _error("Y114", "file cannot be read", "Check that the file exists and that you may read it."),
    # Schema
    _error("S201", "unknown key", "Remove the key or correct its spelling."),
    _error("S202", "missing key", "Add the key."),
    _error("S203", "value has the wrong form", "See the example in docs/source.md."),
    _error("S204", "unknown format number", "Write `format: 1`, or update policypress."),
    _error("S205", "file name does not fit", "Name it `NN-<id>.yaml`, after the id of its clause."),
    _error("S206", "nothing to read", "Run `policypress init` to see a complete workspace."),
    # Ids and structure
    _error(
        "I301", "malformed id", "Use lower-case words, hyphens inside and dots between them: `use.security`."
    ),
    _error("I302", "duplicate id", "Every id is unique in its policy; choose another."),
    _error("I303", "kind not allowed here", "See the table of kinds in docs/source.md."),
    _error("I304", "policy folder and id differ", "Name the folder after the policy's id."),
    _error("I305", "two files with the same number", "Give each file its own number: it is the order."),
    _error(
        "I306", "`replaces` names a clause that still exists", "A clause takes over only from removed ones."
    ),
    _error(
        "I307", "numbering template cannot be used", "Use {n}, {n:han}, {n:alpha}, {n:roman} and {parent}."
    ),
    _error(
        "I308", "reserved clause has content", "A reserved number stands alone: remove its text and children."
    ),
    # Languages
    _error(
        "L401", "language missing", "Add the text in this language, or remove the language from the policy."
    ),
    _error("L402", "language not declared", "Declare it under `languages` in policy.yaml, or remove it."),
    _error("L403", "empty text", "Write the text, or remove the key."),
    _error("L404", "malformed language tag", "Use a BCP 47 tag such as en, zh-Hans, pt-BR."),
    _error("L405", "language is not one of the policy's", "Name one that is declared under `languages`."),
    _error("L406", "clause without content", "Give it a heading, a text or children."),
    _warning("L407", "paragraphs differ between languages", "Translate paragraph by paragraph."),
    _warning(
        "L408", "references or variables differ between languages", "Use the same ones in every language."
    ),
    _warning(
        "L409",
        "no interface words for a language",
        "Add templates/locales/<language>/LC_MESSAGES/policypress.po.",
    ),
    # Inline grammar
    _error("T501", "`**` without its other half", "Close it, or write `\\*` for an asterisk."),
    _error("T502", "malformed link", "Write [label](https://...); no spaces or brackets in the address."),
    _error("T503", "unsafe link", "Use https:, http:, mailto: or tel:."),
    _error("T504", "reference to nothing", "Use the id of a clause of this policy: {@id}."),
    _error("T505", "malformed braces", "Write {@id}, {variable}, or `\\{` for a brace."),
    _error("T506", "undefined variable", "Define it under `variables` in policy.yaml."),
    _warning("T507", "unused variable", "Use it in a text as {name}, or remove it."),
    _error("T508", "unknown escape", "A backslash escapes only \\ * [ ] { }; write `\\\\` for a backslash."),
    _error(
        "T509",
        "reference to a clause without a label",
        "Refer to a numbered clause or to one with a heading.",
    ),
    _warning(
        "T510", "markup that will not work", "Only **strong**, [label](...), {@id} and {variable} are markup."
    ),
    # Characters
    _error("C601", "control character", "Delete it: it is invisible and readers cannot see it."),
    _error(
        "C602", "bidirectional control character", "Delete it: it can make text read differently than it is."
    ),
    _warning("C603", "full-width punctuation in Latin text", "Use the ASCII mark."),
    _warning("C604", "half-width punctuation in Chinese text", "Use the full-width mark."),
    _warning("C605", "text ends in mid-sentence", "Complete the sentence or its punctuation."),
    _warning("C606", "invisible or odd character", "Replace it by an ordinary character."),
    _warning("C607", "stray white space", "Remove it; a newline already joins the sentences."),
    _warning(
        "C608", "space beside a Chinese character", "Remove the space; the page draws it where it belongs."
    ),
    # Change notes, beside the release that the draft amends
    _error(
        "D101",
        "change without a note",
        "That writes a file for each change without a note: complete it, and commit it.",
    ),
    _error(
        "D102",
        "severity below the floor",
        "Raise `severity`, or give `override: {reason: ...}`, which is published.",
    ),
    _error("D103", "undecided severity", "A person decides: write `severity: editorial`, minor or material."),
    _error(
        "D104",
        "note about no present change",
        "The text changed since: see `policypress diff`, and correct the fingerprint or delete the note.",
    ),
    _error("D105", "note lacks a language", "Write it in every language of the policy."),
    _error("D106", "words still to be written", "Put words for readers in place of TODO."),
    _error(
        "D107", "`action` and `scopes` do not fit", "Give scopes where, and only where, consent is asked."
    ),
    _error("D108", "malformed scopes", "Give each its own id and the ids of clauses of this policy."),
    _error("D109", "action without `choices`", "Say under `choices` what a reader can do."),
    _error("D110", "two notes about one change", "Keep its fingerprint in one of them."),
    _warning(
        "D121",
        "suppression of no present change",
        "The text changed since, or was released: see `policypress diff`, and remove it.",
    ),
    _warning(
        "D122",
        "expired suppression",
        "It counts no more: decide about the change, or state a new day and why.",
    ),
    _warning("D123", "needless suppression", "Remove it: nothing would change."),
    # Facts
    _error("F701", "unknown fact", "Use a term of the vocabulary in docs/facts.md."),
    # The ledger
    _error(
        "R901",
        "released record edited or removed",
        "Restore the file as it was; what a release got wrong, a new release corrects.",
    ),
    _error(
        "R902",
        "published file of a version is another",
        "It may never change: run `policypress build`, publish all of it, and find out who changed the file.",
    ),
    _error(
        "R903",
        "published file of a version is missing",
        "It is there for ever: run `policypress build`, and publish all of it.",
    ),
    _error(
        "R904",
        "published site is not up to date",
        "Run `policypress build`, and publish all of it; after each transition too.",
    ),
    _error(
        "R905",
        "published version is not in the ledger",
        "Get the newest commit; a release that was lost is in the site, under `versions/` of its API.",
    ),
    # Notices
    _error(
        "N801",
        "secret in a file",
        "Name an environment variable instead: `password_env: SMTP_PASSWORD`, `url_env: HOOK_URL`.",
    ),
    _error("N802", "secret on an open line", "Use `security: starttls` or `tls`, or an https: address."),
    _error(
        "N811",
        "columns of a recipient file",
        "The first line is `id,address,language,accepted_version,accepted_language`, in any order.",
    ),
    _error("N812", "row cannot be read", 'Separate by commas; quote with `"`; one recipient per line.'),
    _error("N813", "malformed recipient id", "Use up to 100 ASCII characters, no space and no `@`."),
    _error("N814", "malformed mail address", "Write `name@example.com`, an international domain as `xn--`."),
    _error("N815", "recipient twice", "Keep one row per recipient."),
    _warning("N816", "address twice", "Fine if two recipients share a mailbox: it receives both messages."),
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
