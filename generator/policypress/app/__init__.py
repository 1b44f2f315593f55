"""The use cases, one function each: the only place that wires reading, the core, rendering and writing."""

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
from policypress.app.gating import place_in_repository
from policypress.app.ledgers import release, timeline, verify, withdraw
from policypress.app.notes import draft_notes
from policypress.app.previewing import Preview, preview
from policypress.app.sending import Job, Pace, Report, send
from policypress.app.versions import Versions
from policypress.app.workspaces import (
    CONFIG,
    SITE,
    CheckReport,
    check,
    find_workspace,
    init,
    instant,
    the_policy,
    write_schemas,
    zone_of,
)

__all__ = [
    "CONFIG",
    "OUTBOX",
    "SITE",
    "CheckReport",
    "Job",
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
    "find_workspace",
    "history",
    "in_format",
    "in_languages",
    "init",
    "instant",
    "notify_settings",
    "open_channel",
    "open_outbox",
    "place_in_repository",
    "preview",
    "release",
    "rendered",
    "retries_of",
    "send",
    "the_channel",
    "the_policy",
    "timeline",
    "verify",
    "withdraw",
    "write_schemas",
    "zone_of",
]
