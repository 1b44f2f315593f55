"""What a gate asks of git: whether the ledger only grew, and where the workspace is in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policypress.core import refs, verifying
from policypress.core.codes import CODES
from policypress.core.diagnostics import Diagnostic
from policypress.core.layout import SOURCE
from policypress.core.refs import RefError
from policypress.read import git
from policypress.read.ledger import FOLDER, ledger_files


def ledger_since(root: Path, base: str) -> tuple[Diagnostic, ...]:
    """What the ledgers of a workspace lost, or hold otherwise, since a revision of git."""
    ref = refs.parse_base(base)
    if not isinstance(ref, refs.Revision):
        raise RefError(
            f"`{base}` is no revision of git", "The ledger is compared with one: `git:origin/main`."
        )
    with git.opened(root, ref.name, SOURCE) as tree:
        found = [fault for policy in tree.names(SOURCE) for fault in _since(root, policy, tree, str(ref))]
    return tuple(found)


def _since(root: Path, policy: str, tree: git.GitTree, name: str) -> Iterator[Diagnostic]:
    folder = f"{policy}/{FOLDER}"
    copy = {path.removeprefix(f"{folder}/"): tree.read(path) for path in tree.all_names(folder)}
    faults = verifying.against(ledger_files(root / folder), copy, name)
    code = CODES["R901"]
    told: set[str] = set()
    for fault in faults:
        if fault.file not in told:
            told.add(fault.file)
            message = f"{fault.message}: restore it"
            yield Diagnostic(f"{folder}/{fault.file}", 1, 1, code.code, code.level, message, code.hint)


def place_in_repository(root: Path) -> str:
    """The workspace's folder in its repository, with a slash at its end; empty where it is the whole."""
    try:
        return git.prefix(root)
    except git.GitError:
        return ""
