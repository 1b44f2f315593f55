"""What is measured beside the project: the same text in a bare Material page, in mike and in Hugo."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from policypress.core.assemble import assemble
from policypress.core.model import Document, walk
from policypress.core.text import plain
from tests.bench.measure import Run, Weight, emptying, measure, weight
from tests.support.ledgers import BETWEEN, START, TAGS, Step

PYTHON = sys.executable
NO_HUGO = (
    "Nothing was measured beside Hugo: `--most` leaves that out, "
    "or it is not installed (Debian, Ubuntu: apt-get install hugo)."
)


def markdown(step: Step, tag: str) -> str:
    """A version's text as Markdown: articles as headings, clauses as paragraphs with their labels."""
    document = assemble(step.draft)
    return "\n\n".join([f"# {document.title[tag]}", *_blocks(document, tag)]) + "\n"


def _blocks(document: Document, tag: str) -> Iterable[str]:
    for node in walk(document.nodes):
        label = node.labels[tag].text
        if node.heading:
            yield f"## {label} {plain(node.heading[tag])}"
        yield from (f"**{label}** {plain(runs)}" for runs in node.text.get(tag, ()))


# --- A bare Material page


def bare(folder: Path, step: Step) -> Run:
    """A build of one page of stock Material, with the same text."""
    _mkdocs_project(folder, step, "en", "")
    return Run("mkdocs build, bare one-page Material", [PYTHON, "-m", "mkdocs", "build", "-q"], folder)


def _mkdocs_project(folder: Path, step: Step, tag: str, extra: str) -> None:
    (folder / "docs").mkdir(parents=True)
    language = {"en": "en", "zh-Hans": "zh"}[tag]
    config = f"site_name: Policies\ntheme: {{name: material, font: false, language: {language}}}\n{extra}"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "docs" / "index.md").write_text(markdown(step, tag), "utf-8")


# --- mike: a repository per language, with a branch that holds every version

_MIKE = "plugins: [search, mike]\nextra: {version: {provider: mike}}\n"
_DEPLOY = 'for each in "$@"; do (cd "$each" && mike -q deploy "$(cat ../version)") || exit 1; done'
_BRANCH = "refs/heads/gh-pages"


class Mike:
    """A project per language, each with these versions deployed; `run` deploys the coming ones."""

    def __init__(self, folder: Path, steps: Sequence[Step], coming: Sequence[Step]) -> None:
        self._folder, self._coming, self.count = folder, iter(coming), len(steps)
        self.name = f"mike deploy, V={self.count}"
        for tag in TAGS:
            _mkdocs_project(folder / tag, steps[0], tag, _MIKE)
            for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Text")):
                git(folder / tag, *command)
        measure([self._deploying(iter(steps))], 1, warm_up=False)
        for tag in TAGS:
            _copy_versions(folder / tag, [_version(step) for step in steps])

    def run(self) -> Run:
        """A deployment of the next version, in all languages, each time it runs."""
        return self._deploying(self._coming)

    def _deploying(self, steps: Iterator[Step]) -> Run:
        command = ["sh", "-c", _DEPLOY, "sh", *TAGS]
        return Run(self.name, command, self._folder, lambda: self._write(next(steps)))

    def _write(self, step: Step) -> None:
        (self._folder / "version").write_text(_version(step), "utf-8")
        for tag in TAGS:
            (self._folder / tag / "docs" / "index.md").write_text(markdown(step, tag), "utf-8")

    def weight(self) -> Weight:
        """What all versions in all languages weigh."""
        return weight(entry for tag in TAGS for entry in _entries(self._folder / tag))


def _version(step: Step) -> str:
    return step.file.removesuffix(".json")


def _copy_versions(folder: Path, versions: Sequence[str]) -> None:
    """Make further versions of the deployed one, each with a page of its own, as commits of mike's kind."""
    first, *others = versions
    tree = git(folder, "rev-parse", f"{_BRANCH}:{first}").strip()
    page = git(folder, "show", f"{_BRANCH}:{first}/index.html")
    commands = []
    for number, version in enumerate(others, 2):
        own = f"{page}<!-- {version} -->\n"
        known = [{"version": name, "title": name, "aliases": []} for name in reversed(versions[:number])]
        commands += [
            f"commit {_BRANCH}\ncommitter Bench <bench@example.com> {number} +0000\n{_data(version)}",
            f"from {_BRANCH}^0\n" if number == 2 else "",
            f"M 040000 {tree} {version}\nM 100644 inline {version}/index.html\n{_data(own)}",
            f"M 100644 inline versions.json\n{_data(json.dumps(known, indent=2))}\n",
        ]
    git(folder, "fast-import", "--quiet", given="".join(commands))


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _entries(folder: Path) -> Iterator[tuple[str, int, str]]:
    for line in git(folder, "ls-tree", "-r", "-l", _BRANCH).splitlines():
        about, _, path = line.partition("\t")
        _, _, digest, size = about.split()
        yield path, int(size), digest


def git(folder: Path, *arguments: str, given: str | None = None) -> str:
    """What git says, with a name that is nobody's."""
    identity = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com")
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


# --- Hugo: a page per version and language, in a minimal layout

_HUGO = """\
title = "Policies"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS"]
[languages.en]
contentDir = "content/en"
languageName = "English"
[languages.zh-Hans]
contentDir = "content/zh-Hans"
languageName = "简体中文"
hasCJKLanguage = true
"""
_HUGO_BASE = """\
<!doctype html>
<html lang="{{ .Site.Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<header><a href="{{ "/" | relLangURL }}">{{ .Site.Title }}</a>
{{ range .Translations }}<a href="{{ .RelPermalink }}">{{ .Language.LanguageName }}</a>{{ end }}</header>
{{ block "main" . }}{{ end }}
</body>
</html>
"""
_HUGO_SINGLE = """\
{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>
<nav>{{ .TableOfContents }}</nav>
<main>{{ .Content }}</main>{{ end }}
"""
_HUGO_LIST = """\
{{ define "main" }}<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}
</ul>{{ end }}
"""


def hugo(folder: Path, steps: Sequence[Step]) -> Run | None:
    """A full build of these versions; None where there is no Hugo."""
    if shutil.which("hugo") is None:
        return None
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(_HUGO, "utf-8")
    (layouts / "baseof.html").write_text(_HUGO_BASE, "utf-8")
    (layouts / "single.html").write_text(_HUGO_SINGLE, "utf-8")
    (layouts / "list.html").write_text(_HUGO_LIST, "utf-8")
    for tag in TAGS:
        pages = folder / "content" / tag / "privacy"
        pages.mkdir(parents=True)
        for number, step in enumerate(steps):
            day = START + number * BETWEEN
            front = f"---\ntitle: {_version(step)}\ndate: {day.isoformat()}\n---\n"
            (pages / f"{_version(step)}.md").write_text(front + markdown(step, tag), "utf-8")
    return Run(f"hugo, V={len(steps)}", ["hugo", "--quiet"], folder, emptying(folder / "public"))
