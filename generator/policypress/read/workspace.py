"""A workspace's folder as drafts and diagnostics: everything wrong with every file, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel

from policypress.core.checks import check
from policypress.core.codes import CODES
from policypress.core.diagnostics import Diagnostic, Finding, Place, Position, Spot, has_errors
from policypress.core.diagnostics import Path as NodePath
from policypress.core.layout import SOURCE
from policypress.core.source import ClauseFile, ClauseFileSource, Draft, PolicySource
from policypress.core.suppressions import Suppressions, SuppressionsSource
from policypress.read import lint, nodes
from policypress.read.decode import decode
from policypress.read.files import Files, Folder
from policypress.read.nodes import Located, Node
from policypress.read.positions import locate, spots
from policypress.read.validate import validate

if TYPE_CHECKING:
    from policypress.core.channels import NotifySource
    from policypress.core.notes import NoteFile

M = TypeVar("M", bound=BaseModel)
NOTIFY = "notify.yaml"
CHANGES = "changes"
Progress = Callable[[str], None]
SUPPRESSIONS = "suppressions.yaml"
AboutNotes = Callable[[Draft, "tuple[NoteFile, ...]", "Suppressions"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """One policy folder: its draft, unless policy.yaml is beyond use, and all that was found.

    `spots` says of every clause, by id, where it stands.
    """

    folder: Path
    draft: Draft | None
    diagnostics: tuple[Diagnostic, ...]
    files: int
    notes: tuple[NoteFile, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict)
    suppressions: Suppressions = field(default_factory=Suppressions)

    @property
    def of_text(self) -> tuple[Diagnostic, ...]:
        """What was found in the text itself; notes and suppressions are about its next release."""
        return tuple(found for found in self.diagnostics if not _is_about_changes(found.file))


def _is_about_changes(file: str) -> bool:
    return f"/{CHANGES}/" in file or file.endswith(f"/{SUPPRESSIONS}")


def _silent(_: str) -> None:
    pass


@dataclass(slots=True)
class _File:
    """A source file on the way to a model."""

    name: str
    tree: Node | None = None
    is_whole: bool = False
    lines: list[str] = field(default_factory=list)
    changed: set[NodePath] = field(default_factory=set)

    def has_own(self, place: Place) -> bool:
        """Whether what is at a place is what the file says, not something that stands in for a fault."""
        if place.on_key and any(path[:-1] == place.path for path in self.changed):
            return False
        return not any(place.path[:length] in self.changed for length in range(1, len(place.path) + 1))


@dataclass(slots=True)
class _Reader:
    source: Files
    pure: bool
    progress: Progress
    files: dict[str, _File] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, name: str, model: type[M]) -> M | None:
        file = _File(name)
        self.files[file.name] = file
        self.progress(f"Reading {file.name}")
        text = self._text(file)
        if text is None:
            return None
        file.lines = text.split("\n")
        if unreadable := lint.unreadable(file.name, file.lines):
            self._lint(file, unreadable)
            return None
        file.tree, located = nodes.parse(file.name, text, pure=self.pure)
        self._lint(file, located)
        if file.tree is None:
            return None
        value, findings, file.changed = validate(model, nodes.plain(file.tree), file.name)
        self.report(findings)
        file.is_whole = not findings
        return value

    def _text(self, file: _File) -> str | None:
        try:
            text = decode(file.name, self.source.read(file.name))
        except OSError as error:
            text = Located(_unreadable(file.name, error), Position())
        if isinstance(text, Located):
            self._add(text.finding, text.position)
            return None
        return text

    def _lint(self, file: _File, located: list[Located]) -> None:
        early = list(lint.before_parsing(file.name, file.lines))
        if file.tree is not None:
            text_lines = lint.inside_text(file.tree)
            early = [found for found in early if found.position.line - 1 not in text_lines]
            early += lint.after_parsing(file.name, file.tree, file.lines)
        for found in [*located, *early]:
            self._add(found.finding, found.position)

    def report(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            file = self.files.get(finding.place.file)
            self._add(finding, locate(file.tree, file.lines, finding.place) if file else Position())

    def worth_saying(self, findings: Iterable[Finding], policy: _File) -> Iterable[Finding]:
        """Without the findings that only follow from a fault that was reported already."""
        languages_are_sure = not any(path[0] == "languages" for path in policy.changed)
        for finding in findings:
            is_sure = languages_are_sure or finding.code not in {"L401", "L402", "L405"}
            if is_sure and self.files[finding.place.file].has_own(finding.place):
                yield finding

    def _add(self, finding: Finding, position: Position) -> None:
        code = CODES[finding.code]
        self.diagnostics.append(
            Diagnostic(
                finding.place.file,
                position.line,
                position.column,
                code.code,
                code.level,
                finding.message,
                finding.hint or code.hint,
            )
        )


def _unreadable(file: str, error: OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        return Finding("S206", Place(file), "the folder has no policy.yaml")
    return Finding("Y114", Place(file), (error.strerror or "unreadable").lower())


def read_policy(  # noqa: PLR0913
    root: Path,
    folder: Path,
    *,
    files: Files | None = None,
    pure: bool = False,
    progress: Progress = _silent,
    has_words: Callable[[str], bool] | None = None,
    about_notes: AboutNotes | None = None,
) -> ReadPolicy:
    """Read and check one policy folder. Never raises for what a file says.

    `files` are those of the workspace, where they are not on the disk. `has_words` tells whether the
    interface speaks a language, `about_notes` what is wrong with the notes about a draft without errors;
    without them nobody asks.
    """
    reader = _Reader(files or Folder(root), pure, progress)
    place = folder.relative_to(root).as_posix()
    name = f"{place}/policy.yaml"
    policy = reader.read(name, PolicySource)
    names = [*_matching(reader, place, "clauses", ".yaml"), *_matching(reader, place, "clauses", ".yml")]
    clauses = [(file, reader.read(file, ClauseFileSource)) for file in names]
    if not names:
        reader.report([Finding("S206", Place(name), "the policy has no clause files in `clauses/`")])
    draft = None
    if policy is not None:
        good = tuple(ClauseFile(file, clause) for file, clause in clauses if clause)
        draft = Draft(name, policy, good, all(file.is_whole for file in reader.files.values()))
        reader.report(reader.worth_saying(_zone(draft), reader.files[name]))
        reader.report(reader.worth_saying(check(draft), reader.files[name]))
        reader.report(_interface(draft, has_words) if has_words else ())
    is_sound = not has_errors(tuple(reader.diagnostics))
    notes, suppressions = _notes(reader, place), _suppressions(reader, place)
    if about_notes and draft and is_sound:
        reader.report(about_notes(draft, notes, suppressions))
    found = tuple(sorted(set(reader.diagnostics)))
    places = {name: spot for file in names for name, spot in spots(file, reader.files[file].tree)}
    return ReadPolicy(folder, draft, found, len(reader.files), notes, places, suppressions)


def read_notify(root: Path) -> tuple[NotifySource | None, tuple[Diagnostic, ...]]:
    """Where notices go, if the workspace says so and the file can be used, and all that was found."""
    if not (root / SOURCE / NOTIFY).is_file():
        return None, ()
    from policypress.core.channels import NotifySource

    reader = _Reader(Folder(root), pure=False, progress=_silent)
    value = reader.read(f"{SOURCE}/{NOTIFY}", NotifySource)
    diagnostics = tuple(sorted(set(reader.diagnostics)))
    return None if has_errors(diagnostics) else value, diagnostics


def _matching(reader: _Reader, place: str, folder: str, ending: str) -> list[str]:
    """The files of one of the policy's folders, by name."""
    return [name for name in reader.source.names(f"{place}/{folder}") if name.endswith(ending)]


def _notes(reader: _Reader, place: str) -> tuple[NoteFile, ...]:
    names = _matching(reader, place, CHANGES, ".yaml")
    if not names:
        return ()
    from policypress.core.notes import NoteFile, NoteSource

    read = [(name, reader.read(name, NoteSource)) for name in names]
    return tuple(NoteFile(name, note) for name, note in read if note)


def _suppressions(reader: _Reader, place: str) -> Suppressions:
    name = f"{place}/{SUPPRESSIONS}"
    if name not in reader.source.names(place):
        return Suppressions()
    found = reader.read(name, SuppressionsSource)
    return Suppressions(name, found.suppressions) if found else Suppressions(name)


def _interface(draft: Draft, has_words: Callable[[str], bool]) -> list[Finding]:
    return [
        Finding("L409", Place(draft.file, ("languages", tag), on_key=True), f"pages in `{tag}` speak English")
        for tag in draft.policy.languages
        if not has_words(tag)
    ]


def _zone(draft: Draft) -> list[Finding]:
    zone = draft.policy.time_zone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return [Finding("S203", Place(draft.file, ("time_zone",)), f"`{zone}` is not an IANA time zone")]
    return []
