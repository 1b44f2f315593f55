"""The preview of a sending as a file, and what was approved beside what would be sent."""

from __future__ import annotations

from pathlib import Path

from policypress.app.channels import OUTBOX, open_outbox, private_folder
from policypress.app.mailing import Mailing
from policypress.core.mailing import NotSentError, Plan
from policypress.write.outbox import Outbox

PREVIEW = ".policypress/preview.html"


def known_outbox(root: Path, path: Path | None) -> Outbox | None:
    """The outbox where there is one: a preview makes none."""
    return open_outbox(root, path) if (path or root / OUTBOX).is_file() else None


def write_preview(mailing: Mailing, plan: Plan, outbox: Outbox | None, path: Path | None) -> Path:
    """The page for those who approve, in the policy's source language; ids in it are of no address."""
    from policypress.render.mailing import preview

    root, document = mailing.announcing.root, mailing.release.document
    tag = document.source_language
    standing = outbox.counts(plan.order.event) if outbox else {}
    page = preview(plan, mailing.listed(), document.title[tag], standing, tag, root)
    if path is None:
        private_folder(root)
        path = root / PREVIEW
    path.write_text(page, "utf-8")
    return path


def refuse_unapproved(plan: Plan, approved: str) -> None:
    """Raise NotSentError where something is not as it was approved."""
    if other := plan.approval.differing(approved):
        verb = "is" if len(other) == 1 and not other[0].endswith("s") else "are"
        raise NotSentError(
            f"{' and '.join(other)} {verb} not what was approved; nothing was sent",
            f"Look at the new preview; its digest is {plan.approval}.",
        )
