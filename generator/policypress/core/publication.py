"""What a published site owes the ledger: which of its files never change, and what is wrong with one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from policypress.core import ids, instants
from policypress.core.codes import CODES
from policypress.core.diagnostics import Diagnostic

INDEX = "api/v1/index.json"
_KEPT = ("versions", "changes", "outlines")


def versions_path(policy: str) -> str:
    """Where a site lists the versions of a policy."""
    return f"api/v1/policies/{policy}/versions.json"


def is_kept(name: str) -> bool:
    """Whether a file belongs to one version: it is published once, and never changes.

    >>> is_kept("en/privacy/1.0.0/index.html"), is_kept("api/v1/policies/privacy/versions/1.0.0.en.json")
    (True, True)
    >>> is_kept("en/privacy/index.html"), is_kept("api/v1/policies/privacy/since/1.0.0.en.json")
    (False, False)
    """
    *folders, last = name.split("/")
    if folders[:1] == ["api"]:
        return folders[-1] in _KEPT and ids.is_version(".".join(last.split(".")[:3]))
    return any(map(ids.is_version, folders))


def compared(name: str, wanted: bytes, found: bytes | None) -> Diagnostic | None:
    """What is wrong with a published file, beside what the ledger makes of it now."""
    if found == wanted:
        return None
    if not is_kept(name):
        return _said("R904", name, "is not there" if found is None else "is not what a build makes now")
    if found is None:
        return _said("R903", name, "is not there: publish the site again")
    return _said("R902", name, "is not what the ledger says: publish the site again")


def passed(index: bytes, now: datetime) -> Iterator[Diagnostic]:
    """Whether a text took effect since the site was built."""
    try:
        at = instants.parse(json.loads(index)["next_transition"], now.tzinfo or UTC)
    except (ValueError, LookupError, TypeError, instants.InstantError):
        return
    if at <= now:
        yield _said("R904", INDEX, f"does not show what took effect at {at.isoformat()}: build and publish")


def unknown(name: str, versions: bytes, known: Collection[str]) -> Iterator[Diagnostic]:
    """The versions that a site lists and the ledger does not have."""
    try:
        listed = [str(one["version"]) for one in json.loads(versions)["versions"]]
    except (ValueError, LookupError, TypeError):
        return  # that it is another file is said already
    for version in listed:
        if ids.is_version(version) and version not in known:
            yield _said("R905", name, f"lists {version}, which is not in the ledger here")


def record_path(policy: str, version: str) -> str:
    """Where a site has the record of a release, to the byte."""
    return f"api/v1/policies/{policy}/versions/{version}.json"


def is_withdrawn(versions: bytes, version: str) -> bool:
    """Whether a site's list says that a version was withdrawn."""
    try:
        listed = {one["version"]: one for one in json.loads(versions)["versions"]}
    except (ValueError, LookupError, TypeError):
        return False
    return "withdrawn" in listed.get(version, {})


def _said(code: str, name: str, message: str) -> Diagnostic:
    found = CODES[code]
    return Diagnostic(name, 1, 1, code, found.level, message, found.hint)
