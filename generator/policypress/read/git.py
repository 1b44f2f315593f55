"""A workspace as a revision of git has it: read from its objects, never from the work tree or the index."""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from policypress.core.errors import PolicypressError

# What points git to another repository or index than that of the folder: hooks run with these set.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_STEADY = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"}
_LINK = "120000"


class GitError(PolicypressError):
    """Git cannot say what was asked."""


@dataclass(frozen=True, slots=True)
class _Blob:
    id: str
    mode: str


class GitTree:
    """The files of a workspace at a commit, by their names in the workspace."""

    def __init__(self, commit: str, blobs: Mapping[str, _Blob], objects: _Objects) -> None:
        self.commit = commit
        self._blobs = blobs
        self._objects = objects

    def names(self, folder: str) -> list[str]:
        """What is in a folder, files and folders, sorted."""
        start = f"{folder}/"
        inside = (name for name in self._blobs if name.startswith(start))
        return sorted({start + name[len(start) :].split("/", 1)[0] for name in inside})

    def all_names(self, folder: str) -> list[str]:
        """Every file in a folder and the folders in it, sorted."""
        return sorted(name for name in self._blobs if name.startswith(f"{folder}/"))

    def read(self, name: str) -> bytes:
        """The bytes of a file as they were committed: no filter, no line end is applied."""
        blob = self._blobs.get(name)
        if blob is None:
            code = errno.EISDIR if self.names(name) else errno.ENOENT
            raise OSError(code, os.strerror(code), name)
        if blob.mode == _LINK:
            raise OSError(errno.ELOOP, "is a symbolic link, which is not followed in git", name)
        return self._objects.read(blob.id)


@contextmanager
def opened(root: Path, revision: str, folder: str) -> Iterator[GitTree]:
    """The files that a folder of a workspace had at a revision."""
    commit = _commit(root, revision)
    blobs = _blobs(root, commit, prefix(root), folder)
    with _objects(root) as objects:
        yield GitTree(commit, blobs, objects)


def is_tracked(path: Path) -> bool:
    """Whether git tracks this file, also by a link to it. Without git, or outside a repository: no."""
    path = path.resolve()
    if shutil.which("git") is None:
        return False
    done = _run(path.parent, "ls-files", "--error-unmatch", "--", path.name)
    if done.returncode in (0, 1):
        return done.returncode == 0
    if b"not a git repository" in done.stderr:
        return False
    raise GitError(f"git cannot say whether it tracks {path.name}", os.fsdecode(done.stderr).strip())


def _commit(root: Path, revision: str) -> str:
    done = _run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode == 0:
        return done.stdout.decode().strip()
    if _asked(root, "rev-parse", "--is-shallow-repository") == "true":
        what = f"the revision `{revision}` is not in this clone, which is shallow"
    else:
        what = f"git knows no revision `{revision}`"
    raise GitError(what, _fetch(root, revision))


def _fetch(root: Path, revision: str) -> str:
    """What to run so that a revision can be read."""
    remotes = _asked(root, "remote").split()
    base = re.split(r"[~^:]|@\{", revision, maxsplit=1)[0]
    is_shallow = _asked(root, "rev-parse", "--is-shallow-repository") == "true"
    needs_history = base != revision or re.fullmatch("[0-9a-f]{4,39}", revision) is not None
    if not remotes or (needs_history and not is_shallow):
        return "`git log` and `git branch --all` list what there is."
    depth = ("--unshallow" if needs_history else "--depth=1") if is_shallow else ""
    is_here = base and not _run(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").returncode
    wanted = () if needs_history and (is_here or base == revision) else _wanted(base, remotes)
    return f"Run `{shlex.join(('git', 'fetch', *filter(None, (depth,)), *wanted))}` and try again."


def _wanted(name: str, remotes: list[str]) -> tuple[str, str]:
    """Remote and refspec with which a fetch brings a branch, a tag or a commit."""
    remote, _, branch = name.removeprefix("refs/remotes/").partition("/")
    origin = "origin" if "origin" in remotes else remotes[0]
    if re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", name):
        return origin, name
    if remote in remotes and branch:
        return remote, f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    return origin, f"{name}:{name}"


def prefix(root: Path) -> str:
    """A folder's place in its repository: empty, or with a slash at its end."""
    if _asked(root, "rev-parse", "--is-inside-work-tree") == "true":
        return _asked(root, "rev-parse", "--show-prefix")
    # A repository that calls itself bare does not know of the files beside it.
    git = Path(_asked(root, "rev-parse", "--absolute-git-dir"))
    if git.name != ".git":
        return ""
    inside = root.resolve().relative_to(git.parent.resolve()).as_posix()
    return "" if inside == "." else f"{inside}/"


def _blobs(root: Path, commit: str, place: str, folder: str) -> dict[str, _Blob]:
    """The files of a folder, by their names in the workspace."""
    done = _run(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{place}{folder}/")
    if done.returncode:
        raise _said(root, done.stderr)
    found = {}
    for line in done.stdout.split(b"\0"):
        head, _, path = line.partition(b"\t")
        if head:
            mode, kind, name = head.decode().split()
            if kind == "blob":
                found[os.fsdecode(path).removeprefix(place)] = _Blob(name, mode)
    return found


@dataclass(frozen=True, slots=True)
class _Objects:
    """One process that is asked for one object after the other."""

    ask: IO[bytes]
    answer: IO[bytes]

    def read(self, name: str) -> bytes:
        self.ask.write(f"{name}\n".encode())
        self.ask.flush()
        head = self.answer.readline().split()
        if len(head) != 3:
            raise OSError(errno.EIO, f"git cannot read the object {name}")
        data = self.answer.read(int(head[2]))
        self.answer.read(1)
        return data


@contextmanager
def _objects(root: Path) -> Iterator[_Objects]:
    command = ["git", "cat-file", "--batch"]
    with subprocess.Popen(
        command,
        cwd=root,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("pipes were asked for")
        yield _Objects(process.stdin, process.stdout)


def _asked(root: Path, *arguments: str) -> str:
    done = _run(root, *arguments)
    if done.returncode:
        raise _said(root, done.stderr)
    return os.fsdecode(done.stdout).removesuffix("\n")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=root, env=_environment(), capture_output=True, check=False
        )
    except FileNotFoundError:
        raise GitError("git is not installed", "Install git, or compare releases and the draft.") from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    return kept | _STEADY


def _said(root: Path, stderr: bytes) -> GitError:
    """What git said, as an error of ours."""
    text = stderr.decode("utf-8", "replace").removeprefix("fatal: ").strip()
    if text.startswith("not a git repository"):
        return GitError(
            f"{root} is in no git repository", "Run `git init`, or compare releases and the draft."
        )
    return GitError(f"git cannot read the repository of {root}", text)
