"""The use cases, one function each: the only place that wires reading, the core, rendering and writing.

Each is loaded when it is first asked for: a build with nothing to do need not wait for what a diff needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policypress.app.announcing import Announcing, email_of, forms, site_url
    from policypress.app.approving import known_outbox, refuse_unapproved, write_preview
    from policypress.app.building import build, rendered
    from policypress.app.channels import (
        OUTBOX,
        RecipientsError,
        check_recipients,
        notify_settings,
        open_channel,
        open_outbox,
        retries_of,
        the_channel,
    )
    from policypress.app.comparing import compare, history, in_format, in_languages
    from policypress.app.finding import find_workspace
    from policypress.app.gating import place_in_repository
    from policypress.app.ledgers import release, timeline, verify, withdraw
    from policypress.app.mailing import Mailing, ways
    from policypress.app.notes import draft_notes
    from policypress.app.previewing import Preview, preview
    from policypress.app.sending import Job, Pace, Report, send
    from policypress.app.versions import Versions
    from policypress.app.workspaces import (
        CheckReport,
        check,
        init,
        instant,
        the_policy,
        write_schemas,
        zone_of,
    )
    from policypress.core.layout import CONFIG, SITE
    from policypress.write.outbox import Outbox

_HOMES = {
    "policypress.app.announcing": (
        "Announcing",
        "email_of",
        "forms",
        "site_url",
    ),
    "policypress.app.approving": (
        "known_outbox",
        "refuse_unapproved",
        "write_preview",
    ),
    "policypress.app.building": (
        "build",
        "rendered",
    ),
    "policypress.app.channels": (
        "OUTBOX",
        "RecipientsError",
        "check_recipients",
        "notify_settings",
        "open_channel",
        "open_outbox",
        "retries_of",
        "the_channel",
    ),
    "policypress.app.comparing": (
        "compare",
        "history",
        "in_format",
        "in_languages",
    ),
    "policypress.app.finding": ("find_workspace",),
    "policypress.app.gating": ("place_in_repository",),
    "policypress.app.ledgers": (
        "release",
        "timeline",
        "verify",
        "withdraw",
    ),
    "policypress.app.mailing": (
        "Mailing",
        "ways",
    ),
    "policypress.app.notes": ("draft_notes",),
    "policypress.app.previewing": (
        "Preview",
        "preview",
    ),
    "policypress.app.sending": (
        "Job",
        "Pace",
        "Report",
        "send",
    ),
    "policypress.app.versions": ("Versions",),
    "policypress.app.workspaces": (
        "CheckReport",
        "check",
        "init",
        "instant",
        "the_policy",
        "write_schemas",
        "zone_of",
    ),
    "policypress.core.layout": (
        "CONFIG",
        "SITE",
    ),
    "policypress.write.outbox": ("Outbox",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A use case by its name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


__all__ = [
    "CONFIG",
    "OUTBOX",
    "SITE",
    "Announcing",
    "CheckReport",
    "Job",
    "Mailing",
    "Outbox",
    "Pace",
    "Preview",
    "RecipientsError",
    "Report",
    "Versions",
    "build",
    "check",
    "check_recipients",
    "compare",
    "draft_notes",
    "email_of",
    "find_workspace",
    "forms",
    "history",
    "in_format",
    "in_languages",
    "init",
    "instant",
    "known_outbox",
    "notify_settings",
    "open_channel",
    "open_outbox",
    "place_in_repository",
    "preview",
    "refuse_unapproved",
    "release",
    "rendered",
    "retries_of",
    "send",
    "site_url",
    "the_channel",
    "the_policy",
    "timeline",
    "verify",
    "ways",
    "withdraw",
    "write_preview",
    "write_schemas",
    "zone_of",
]
