"""The use cases, one function each: the only place that wires reading, the core, rendering and writing."""

from policypress.app.building import build, rendered
from policypress.app.gating import place_in_repository
from policypress.app.ledgers import release, timeline, verify, withdraw
from policypress.app.previewing import Preview, preview
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
    "SITE",
    "CheckReport",
    "Preview",
    "Versions",
    "build",
    "check",
    "find_workspace",
    "init",
    "instant",
    "place_in_repository",
    "preview",
    "release",
    "rendered",
    "the_policy",
    "timeline",
    "verify",
    "withdraw",
    "write_schemas",
    "zone_of",
]
