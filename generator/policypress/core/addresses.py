"""What stands in a recipient file: ids that are no addresses, addresses that every server takes."""

from __future__ import annotations

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"^{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+$"

_ADDRESS = re.compile(ADDRESS)
_ID = re.compile("[!-?A-~]{1,100}")  # printable ASCII without a space or `@`
_MAX_LOCAL, _MAX = 64, 254

# What the outbox itself calls those that are told something, and whom nobody shall know any more.
CHANNEL, FORGOTTEN = "channel/", "forgotten/"


def is_address(text: str) -> bool:
    """Whether this is a mailbox in ASCII, `name@example.com`: no quotes, comments, routes or literals."""
    return len(text) <= _MAX and _ADDRESS.fullmatch(text) is not None and text.rindex("@") <= _MAX_LOCAL


def is_recipient_id(text: str) -> bool:
    """Whether this can name a recipient in reports without being their address."""
    return _ID.fullmatch(text) is not None and not text.startswith((CHANNEL, FORGOTTEN))
