r"""The inline grammar: `**strong**`, `[label](https://...)`, `{@id}`, `{variable}`, `\` escapes.

Small and closed. Text is never normalised: joining the lines of a paragraph is all that happens to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised runs."""

    children: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the policy."""

    children: tuple[Run, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a clause; `label` is what the reader sees, empty until numbered."""

    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable; `value` is empty until looked up."""

    name: str
    value: str = ""


Run: TypeAlias = Text | Strong | Link | Ref | Var
Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the markup at a character of the parsed string."""

    code: str
    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """Runs, and what was wrong; faulty markup stays in the runs as plain text.

    `marks` are the links, references and variables, nested or not, each with its offset; a link's is
    where its label ends.
    """

    runs: Runs
    problems: tuple[Problem, ...] = ()
    marks: tuple[tuple[Run, int], ...] = ()


SPECIAL = "\\*[]{}"
_PLAIN = re.compile(r"[^\\*\[\]{}]*\Z")
_TOKEN = re.compile(
    r"""
      \\(?P<escape>.?)                                       # \* and the like
    | (?P<strong>\*\*)
    | \{(?P<brace>[^{}\n]*)\}                                # {@id} or {variable}
    | \[(?P<label>(?:\\.|[^\[\]\\])*)\]\((?P<href>[^()\s]*)\) # [label](address)
    | (?P<half_link>\]\()
    | (?P<half_brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_REFERENCE = re.compile(r"@[a-z0-9][a-z0-9.-]*")
_VARIABLE = re.compile(r"[a-z][a-z0-9_-]*")


def parse(source: str) -> Parsed:
    """Parse one paragraph. Total: any string gives runs, with a problem for each fault.

    >>> parse("See {@use} or **call** {hotline}.").runs[1]
    Ref(target='use', label='')
    """
    if _PLAIN.match(source):
        return Parsed((Text(source),) if source else ())
    parser = _Parser()
    parser.feed(source, 0, in_label=False)
    runs = parser.finish()
    problems = sorted(parser.problems, key=lambda problem: problem.offset)
    return Parsed(runs, tuple(problems), tuple(parser.marks))


@dataclass(slots=True)
class _Parser:
    """Collects runs at the outer level, or into an open `**`."""

    problems: list[Problem] = field(default_factory=list)
    marks: list[tuple[Run, int]] = field(default_factory=list)
    _outer: list[Run] = field(default_factory=list)
    _strong: list[Run] | None = None
    _strong_at: int = 0

    def feed(self, source: str, base: int, *, in_label: bool) -> None:
        done = 0
        for token in _TOKEN.finditer(source):
            self._text(source[done : token.start()])
            self._token(token, base, in_label=in_label)
            done = token.end()
        self._text(source[done:])

    def _token(self, token: re.Match[str], base: int, *, in_label: bool) -> None:
        at = base + token.start()
        match token.lastgroup:
            case "escape":
                self._escape(token["escape"], at)
            case "strong":
                self._toggle(at)
            case "brace":
                self._brace(token["brace"], at, in_label=in_label)
            case "href":
                self._link(token, at)
            case "half_link":
                self._fault("T502", at, token[0], "the link before this is not complete")
            case _:
                self._fault("T505", at, token[0], f"a single {token[0]} has no other half")

    def _escape(self, character: str, at: int) -> None:
        if character and character in SPECIAL:
            self._text(character)
        else:
            self._fault("T508", at, "\\" + character, f"`\\{character}` is not an escape")

    def _toggle(self, at: int) -> None:
        if self._strong is None:
            self._strong, self._strong_at = [], at
        elif self._strong:
            self._outer.append(Strong(_merged(self._strong)))
            self._strong = None
        else:
            self._strong = None
            self._fault("T501", self._strong_at, "****", "there is nothing between `**` and `**`")

    def _brace(self, inside: str, at: int, *, in_label: bool) -> None:
        if _REFERENCE.fullmatch(inside) and not in_label:
            self._add(Ref(inside[1:]), at)
        elif _VARIABLE.fullmatch(inside):
            self._add(Var(inside), at)
        else:
            self._fault("T505", at, "{" + inside + "}", f"{{{inside}}} is neither a reference nor a variable")

    def _link(self, token: re.Match[str], at: int) -> None:
        label, href = token["label"], token["href"]
        inner = _Parser()
        inner.feed(label, at + 1, in_label=True)
        children = inner.finish()
        self.problems += inner.problems
        if children and href:
            self._add(Link(children, href), at + len(label) + 1)
            self.marks += inner.marks
        else:
            self._fault("T502", at, token[0], "a link needs a label and an address")

    def _add(self, run: Run, at: int) -> None:
        (self._outer if self._strong is None else self._strong).append(run)
        self.marks.append((run, at))

    def _text(self, value: str) -> None:
        if value:
            (self._outer if self._strong is None else self._strong).append(Text(value))

    def _fault(self, code: str, at: int, literal: str, message: str) -> None:
        self.problems.append(Problem(code, at, message))
        self._text(literal)

    def finish(self) -> Runs:
        if self._strong is not None:
            inside, self._strong = self._strong, None
            self._fault("T501", self._strong_at, "**", "this `**` is never closed")
            self._outer += inside
        return _merged(self._outer)


def _merged(runs: list[Run]) -> Runs:
    """Runs with neighbouring texts made one: at the end, as one by one would take quadratic time."""
    found: list[Run] = []
    for _, group in groupby(runs, key=lambda run: isinstance(run, Text)):
        alike = list(group)
        texts = [run.value for run in alike if isinstance(run, Text)]
        found += [Text("".join(texts))] if texts else alike
    return tuple(found)


def markup(runs: Runs) -> str:
    """The source of runs: `parse(markup(runs)).runs == runs` for all that `parse` can give."""
    return "".join(_markup(run) for run in runs)


def _markup(run: Run) -> str:
    match run:
        case Text(value):
            return re.sub(r"[\\*\[\]{}]", r"\\\g<0>", value)
        case Strong(children):
            return f"**{markup(children)}**"
        case Link(children, href):
            return f"[{markup(children)}]({href})"
        case Ref(target):
            return f"{{@{target}}}"
        case Var(name):
            return f"{{{name}}}"


def plain(runs: Runs) -> str:
    """The characters that a reader sees."""
    return "".join(_plain(run) for run in runs)


def _plain(run: Run) -> str:
    match run:
        case Text(value) | Var(value=value):
            return value
        case Strong(children) | Link(children):
            return plain(children)
        case Ref(label=label):
            return label


def walk(runs: Runs) -> Iterator[Run]:
    """All runs, the nested ones after the one that holds them."""
    for run in runs:
        yield run
        if isinstance(run, Strong | Link):
            yield from walk(run.children)
