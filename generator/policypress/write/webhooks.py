"""Webhooks, signed as Standard Webhooks asks: who sent it, when, and whether it came before."""

from __future__ import annotations

import base64
import binascii
import hmac
import http.client
import math
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from policypress.core.notices import Answer, ChannelError, Commit, Message, State, plain_reason, reference

_PREFIX = "whsec_"
_MIN_KEY, _MAX_KEY = 24, 64
_GONE = 410
_LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a webhook goes. Several keys sign side by side while one replaces another."""

    url: str = field(repr=False)
    keys: tuple[bytes, ...] = field(repr=False)
    timeout: float = 20.0


def keys(secret: str, name: str) -> tuple[bytes, ...]:
    """The keys in a secret: `whsec_` and base64, several with spaces between. `name` is for complaints."""
    found = tuple(_key(part, name) for part in secret.split())
    if not found:
        raise ChannelError(
            f"{name} is empty", f"Put a secret there: {_PREFIX} and 32 bytes in base64.", lasting=True
        )
    return found


def _key(part: str, name: str) -> bytes:
    try:
        key = base64.b64decode(part.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not part.startswith(_PREFIX) or not _MIN_KEY <= len(key) <= _MAX_KEY:
        raise ChannelError(
            f"{name} holds no webhook secret",
            f"It is {_PREFIX} and {_MIN_KEY} to {_MAX_KEY} bytes in base64.",
            lasting=True,
        )
    return key


def signed(hook: Hook, name: str, at: int, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows the message, its time and its sender."""
    content = b".".join((name.encode(), str(at).encode(), body))
    signatures = [base64.b64encode(hmac.digest(key, content, "sha256")).decode() for key in hook.keys]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


class WebhookChannel:
    """One receiver. A message that comes twice has the same `webhook-id`: doubt is settled by repeating."""

    def __init__(self, hook: Hook, now: Callable[[], datetime]) -> None:
        self._hook = hook
        self._now = now

    def send(self, message: Message, commit: Commit) -> Answer:  # see the class
        """Post one message. Anything but success is tried again, except that the receiver says it is gone."""
        try:
            status, reason, wait = self._post(message)
        except (OSError, http.client.HTTPException) as error:
            return Answer(State.DEFERRED, plain_reason(_why(error), self._hook.url))
        said = plain_reason(f"{status} {reason}", self._hook.url)
        if 200 <= status < 300:
            return Answer(State.ACCEPTED, said)
        if status == _GONE:
            return Answer(State.REFUSED, said)
        return Answer(State.DEFERRED, said, wait)

    def close(self) -> None:
        """Every message has a connection of its own."""

    def _post(self, message: Message) -> tuple[int, str, float]:
        body = message.text.encode()
        at = int(self._now().timestamp())
        name = f"msg_{reference(message.event, message.recipient)}"
        headers = {"Content-Type": "application/json", "User-Agent": "policypress"}
        parts = urlsplit(self._hook.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with closing(_connection(self._hook)) as connection:
            connection.request("POST", target, body, headers | signed(self._hook, name, at, body))
            response = connection.getresponse()
            return response.status, response.reason, _wait(response.getheader("Retry-After", ""))


def _connection(hook: Hook) -> http.client.HTTPConnection:
    parts = urlsplit(hook.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=hook.timeout)


def _wait(retry_after: str) -> float:
    """The seconds that a receiver asks for; a date is left to our own back-off."""
    seconds = float(retry_after) if retry_after.strip().isdecimal() else 0.0
    return min(seconds, _LONGEST_WAIT) if math.isfinite(seconds) else 0.0


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
