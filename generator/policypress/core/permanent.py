"""Names of feeds and of what is in them, which stay the same for ever.

A reader's program knows an entry by its name alone: under another name it shows the same entry once more, to
everybody. So a name is made only of what can never change: the ledger's first record, and the entry's own
place. Where the site is, and who is to be contacted today, may change and are no part of it.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
_MAIL = re.compile(rf"(?<![\w.+-])[A-Za-z0-9._-]+@{_HOST}")
_WEB = re.compile(rf"https?://({_HOST})", re.IGNORECASE)


def authority(contact: str, recorded: datetime) -> str:
    """Who gives the names (RFC 4151): an address of the publisher, and a day on which it was theirs.

    >>> authority("Write to privacy@example.com.", datetime(2026, 1, 5, tzinfo=UTC))
    'privacy@example.com,2026-01-05'
    """
    found = _MAIL.search(contact)
    web = _WEB.search(contact)
    name = found[0] if found else web[1] if web else ""
    return f"{name.lower()},{recorded.astimezone(UTC).date().isoformat()}" if name else ""


def name(authority: str, ledger: str, *place: str) -> str:
    """A `tag:` of the authority; without one a UUID, made of the digest of the ledger's first record.

    >>> name("example.com,2026-01-05", "", "privacy", "1.0.0", "en")
    'tag:example.com,2026-01-05:privacy/1.0.0/en'
    """
    where = "/".join(place)
    if authority:
        return f"tag:{authority}:{where}"
    return uuid.uuid5(uuid.UUID(ledger[:32]), where).urn
