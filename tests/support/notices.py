"""A release that asks for something, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policypress import app
from policypress.core.announcing import Notice
from policypress.core.notices import Kind
from policypress.core.releasing import Request
from tests.support.histories import Workspace, at, workspace

SITE = "https://example.com/legal/"
_CHOICES = "choices: {en: Close your account before then., zh-Hans: 您可以在此之前注销账号。}\n"


def changed(
    root: Path,
    choices: str = _CHOICES,
    *,
    released: bool = True,
    request: Request | None = None,
    more: str = "",
) -> Workspace:
    """1.0.0, and 2.0.0 that asks for consent from 1 June 2026 or as requested; or only the draft of it.

    `more` is said in the policy's file besides.
    """
    made = workspace(root)
    made.change("prevailing: unstated", f"{more}prevailing: unstated", "policy.yaml")
    made.change("prevailing: unstated", "prevailing: zh-Hans", "policy.yaml")
    made.change("zh-Hans: {status: unreviewed}", "zh-Hans: {status: official}", "policy.yaml")
    made.change("We use your information for security.", "We keep your information for 30 days.")
    made.change("我们为安全目的使用您的信息。", "您的信息保存三十日。")
    made.release("2026-01-05T10:00")
    made.change("30 days", "60 days")
    made.change("三十日", "六十日")
    (written,) = app.draft_notes(made.root, made.policy)
    (mark,) = [line for line in written.read_text("utf-8").splitlines() if line.startswith("fingerprints")]
    written.write_text(_NOTE.format(mark=mark, choices=choices), "utf-8")
    if released:
        asked = request or Request(at("2026-03-01T10:00"), effective=at("2026-06-01"))
        app.release(made.root, made.policy, asked)
    return made


_NOTE = """\
format: 1
{mark}
summary:
  en: We keep your information for 60 days instead of 30.
  zh-Hans: 您的信息保存期限由三十日延长至六十日。
impact: {{en: It stays with us a month longer., zh-Hans: 我们将多保存您的信息一个月。}}
{choices}action: consent
scopes:
- id: keeping
  clauses: [use]
  separate: true
  declining:
    en: You can no longer use the service.
    zh-Hans: 您将无法继续使用本服务。
severity: material
"""


def notice_of(
    made: Workspace,
    kind: Kind = Kind.ANNOUNCE,
    now: str = "2026-03-02",
    *,
    new: str = "2.0.0",
) -> Notice:
    """What is told of a version."""
    return app.Announcing(made.root, made.policy, kind, SITE, at(now)).notice(None, new)


def retold(notice: Notice, title: str, name: str = "Example") -> Notice:
    """The same of a policy with another title, in English."""
    new = notice.comparison.new
    publisher = replace(new.document.publisher, name={**new.document.publisher.name, "en": name})
    document = replace(new.document, title={**new.document.title, "en": title}, publisher=publisher)
    return replace(notice, comparison=replace(notice.comparison, new=replace(new, document=document)))
