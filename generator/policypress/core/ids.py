"""The grammar of permanent ids."""

from __future__ import annotations

import re

_WORD = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
POLICY_ID = rf"^{_WORD}$"
CLAUSE_ID = rf"^{_WORD}(?:\.{_WORD})*$"
VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
MAX_ID_LENGTH = 80

_CLAUSE_ID = re.compile(CLAUSE_ID)
_POLICY_ID = re.compile(POLICY_ID)
_VERSION = re.compile(VERSION)


def is_version(text: str) -> bool:
    """Whether this is a version of a policy: MAJOR.MINOR.PATCH."""
    return _VERSION.fullmatch(text) is not None


def is_clause_id(text: str) -> bool:
    """Whether this can name a clause for ever: `use`, `use.security`, `third-party.links`."""
    return len(text) <= MAX_ID_LENGTH and _CLAUSE_ID.fullmatch(text) is not None


def is_policy_id(text: str) -> bool:
    """Whether this can name a policy and its folder: `privacy`, `user-agreement`."""
    return len(text) <= MAX_ID_LENGTH and _POLICY_ID.fullmatch(text) is not None
