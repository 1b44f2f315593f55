"""Workspaces that are released at given instants, through the program itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from policypress import app
from policypress.core import instants
from policypress.core.ledger import Withdrawal
from policypress.core.releasing import Plan, Request
from policypress.read.ledger import ledger_files
from tests.support.paths import ROOT

BASE = ROOT / "tests/cases/valid/base"
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """An instant in the zone of the policy that these workspaces hold."""
    return instants.parse(text, ZONE)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace with one small policy, and what a person does with it."""

    root: Path

    @property
    def policy(self) -> Path:
        """The policy's folder."""
        return self.root / "policy_src/privacy"

    @property
    def releases(self) -> Path:
        """The folder of its ledger."""
        return self.policy / "releases"

    def change(self, old: str, new: str, file: str = "clauses/01-use.yaml") -> None:
        """Put words in place of others, which must be there."""
        path = self.policy / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, text: str) -> Path:
        """Write a file of the policy."""
        path = self.policy / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def note(self, name: str, *fingerprints: str, more: str = "") -> Path:
        """Write a change note about changes."""
        return self.write(
            f"changes/{name}.yaml",
            f"format: 1\nfingerprints: [{', '.join(fingerprints)}]\n"
            f"summary: {{en: We say it better., zh-Hans: 我们改进了表述。}}\n{more}",
        )

    def explain(self, version: str | None = None) -> list[Path]:
        """Complete a note for every change that needs one; what a machine cannot weigh is material."""
        written = app.draft_notes(self.root, self.policy, version)
        for path in written:
            text = re.sub('"TODO.*"', "We say it better.", path.read_text("utf-8"))
            path.write_text(text.replace("# severity: material\n", "severity: material\n"), "utf-8")
        return written

    def release(self, now: str, *, dry_run: bool = False, explained: bool = True, **asked: Any) -> Plan:
        """Release the draft; `published`, `effective` and `known_since` may be written as people do.

        Changes that have no note yet get one, unless told otherwise; a dry run leaves none behind.
        """
        for name in ("published", "effective", "known_since"):
            if isinstance(asked.get(name), str):
                asked[name] = at(asked[name])
        in_force = app.timeline(self.policy).in_force(at(now)) if asked.get("urgent") else None
        written = self.explain(in_force.version if in_force else None) if explained else []
        try:
            return app.release(self.root, self.policy, Request(at(now), **asked), dry_run=dry_run)
        finally:
            for path in written:
                path.unlink(missing_ok=True)

    def withdraw(
        self, version: str, now: str, reason: str = "The service will not be offered."
    ) -> Withdrawal:
        """Withdraw a scheduled release."""
        return app.withdraw(self.policy, version, reason, at(now))

    def files(self) -> dict[str, bytes]:
        """The files of the ledger."""
        return ledger_files(self.releases)

    def copy(self, root: Path) -> Workspace:
        """The same workspace elsewhere."""
        shutil.copytree(self.root, root)
        return Workspace(root)


def workspace(root: Path) -> Workspace:
    """A workspace that was never released."""
    shutil.copytree(BASE, root)
    return Workspace(root)


def five_records(root: Path) -> Workspace:
    """A ledger of five: in force, amended, scheduled, that one withdrawn, and another one scheduled."""
    made = workspace(root)
    made.release("2026-01-05T10:00")
    made.change("for security", "for your safety")
    made.change("安全目的", "保护目的")
    made.release("2026-02-01T10:00")
    made.change("for your safety", "for 30 days")
    made.release("2026-03-01T10:00", effective="2026-06-01")
    made.withdraw("2.0.0", "2026-03-10T10:00")
    made.change("for 30 days", "for 60 days")
    made.release("2026-04-01T10:00", effective="2027-01-01", short_notice="保护“用户” & <b>")
    return made


def asking_consent(root: Path) -> Workspace:
    """1.0.0; 2.0.0, which asks for consent; a withdrawn 3.0.0; and 4.0.0, to come in June 2026."""
    made = workspace(root)
    made.release("2026-01-05T10:00")
    made.change("call {hotline}", "you may call {hotline}", "clauses/02-share.yaml")
    found = made.release("2026-02-01T10:00", dry_run=True).changes.changes
    made.note("sharing", *(change.fingerprint for change in found), more=_CONSENT)
    made.release("2026-02-01T10:00", effective="2026-03-15")
    made.change("for security", "for 30 days")
    made.release("2026-03-20T10:00", effective="2026-05-20")
    made.withdraw("3.0.0", "2026-03-25T10:00", "Counted wrongly.")
    made.change("for 30 days", "for 60 days")
    made.release("2026-04-01T10:00", effective="2026-06-01")
    return made


_CONSENT = """\
impact: {en: Others may learn your number., zh-Hans: 他人可能获知您的号码。}
choices: {en: You may decline., zh-Hans: 您可以拒绝。}
action: consent
severity: material
scopes:
  - id: sharing
    clauses: [share]
    separate: true
    declining: {en: You cannot share., zh-Hans: 您将无法使用共享功能。}
"""


def changing_clauses(root: Path) -> Workspace:
    """Clauses that come and go: 2.0.0 has a clause inside another, 3.0.0 has neither `share` nor that one."""
    made = workspace(root)
    made.release("2026-01-05T10:00")
    use = (made.policy / "clauses/01-use.yaml").read_text("utf-8")
    heading = "heading: {en: For Your Safety, zh-Hans: 为了您的安全}"
    text = "text: {en: We check who signs in., zh-Hans: 我们核实登录者的身份。}"
    made.write("clauses/01-use.yaml", f"{use}children:\n  - id: use.safety\n    {heading}\n    {text}\n")
    made.release("2026-02-01T10:00")
    made.write("clauses/01-use.yaml", use)
    share = made.policy / "clauses/02-share.yaml"
    made.write("clauses/02-contact.yaml", share.read_text("utf-8").replace("id: share", "id: contact"))
    share.unlink()
    made.release("2026-03-01T10:00")
    return made


def in_zone(root: Path, zone: str, effective: Sequence[str]) -> Workspace:
    """A policy of another zone, with a release for each of these instants, announced the day before."""
    made = workspace(root)
    made.change("time_zone: Asia/Shanghai", f"time_zone: {zone}", "policy.yaml")
    for index, text in enumerate(effective):
        made.change("for security", "for security!") if index else None
        day_before = at(text) - timedelta(days=1)
        made.release(day_before.isoformat(), effective=text)
    return made


def built(made: Workspace, as_of: str) -> Path:
    """The site of a workspace, as of an instant."""
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    app.build(made.root, as_of=at(as_of))
    return made.root / "site"


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file under a folder, with its bytes and when it was written; of folders, when they were."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
    }


def build(root: str, as_of: str) -> None:
    """Build the site of a workspace: for a process of its own."""
    app.build(Path(root), as_of=at(as_of))


def release(root: str, now: str) -> None:
    """Release the draft of a workspace: for a process of its own."""
    Workspace(Path(root)).release(now)


def withdraw(root: str, version: str, now: str) -> None:
    """Withdraw a release: for a process of its own."""
    Workspace(Path(root)).withdraw(version, now)
