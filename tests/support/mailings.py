"""A release to be told of just now, its site, channels and recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from policypress import app
from policypress.core.releasing import Request
from tests.cli.runner import Done, run_here
from tests.support.histories import ZONE, Workspace
from tests.support.notices import SITE, changed
from tests.support.paths import ROOT

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
ENVIRON = {"HOOK_SECRET": SECRET}
HEAD = "id,address,language,accepted_version,accepted_language\n"


def today() -> datetime:
    """Now, to the second, where the policy is at home."""
    return datetime.now(ZONE).replace(microsecond=0)


def released(root: Path, days: int = 40, ago: int = 0) -> Workspace:
    """2.0.0 asks for consent in so many days; it was released some days ago, and its site is built."""
    published = today() - timedelta(days=ago)
    request = Request(published, effective=today() + timedelta(days=days))
    made = changed(root, request=request, more="notice_days: {material: 30}\n")
    (made.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    app.build(made.root, as_of=today())
    return made


@dataclass(frozen=True, slots=True)
class Setting:
    """A workspace with channels, and a recipient file beside it."""

    made: Workspace
    people: Path

    def write(self, rows: Sequence[str]) -> None:
        """The recipient file, with these rows."""
        self.people.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")

    def channels(self, *, port: int = 0, hook: int = 0, more: str = "") -> None:
        """A mail server, a receiver of webhooks, or both, at these ports of this machine."""
        lines = ["format: 1", *([more] if more else []), "channels:"]
        retries = "retries: {attempts: 3, first_seconds: 0.1}"
        if port:
            lines.append(
                f"  mail: {{type: smtp, host: 127.0.0.1, port: {port}, security: none,"
                f" from: privacy@publisher.example, {retries}}}"
            )
        if hook:
            lines.append(
                f"  app: {{type: webhook, url: 'http://127.0.0.1:{hook}/hook', secret_env: HOOK_SECRET,"
                f" {retries}}}"
            )
        path = self.made.root / "policy_src/notify.yaml"
        path.write_text("\n".join([*lines, ""]), "utf-8")

    def arguments(self, *more: str) -> list[str]:
        """The line, without --recipients where there is no such file."""
        people = ["--recipients", str(self.people)] if self.people.exists() else []
        return ["notify", "send", *people, "--site", "site", "--site-url", SITE, *more]

    def run(self, *more: str) -> Done:
        """`policypress notify send` as a person would."""
        return run_here(*self.arguments(*more), cwd=self.made.root, environ=ENVIRON)

    def digest(self, *more: str) -> str:
        """What a person approves after a look at the preview."""
        return digest_in(self.run(*more).stdout)


def digest_in(text: str) -> str:
    """The digest that a preview prints."""
    found = re.search(r"^digest +(\S+)$", text, re.MULTILINE)
    assert found, text
    return found[1]
