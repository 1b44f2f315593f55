"""A message as an e-mail: headers that nothing can break out of, bodies that every server can carry."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from policypress.core.notices import Message, reference

# Bodies in 7 bits: no server has to convert them, and no line is too long for one.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=76)
_PLAIN = re.compile("[A-Za-z0-9]+(?:[ ,.:-]{1,2}[A-Za-z0-9]+)*[.]?")
_PLAIN_NAME = re.compile("[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_LONGEST_PLAIN = 60
_WORD_BYTES = 39  # base64 makes 52 characters of it, and a line stays below 78


def letter(message: Message, sender: str, at: datetime, *, reply_to: str = "") -> bytes:
    """The whole e-mail. Sent twice it has the same Message-ID, so that the receiver can tell.

    The headers are written here: the standard library decodes what looks like an encoded word in a title,
    line breaks and all.
    """
    name = reference(message.event, message.recipient)
    headers = {
        "From": f"{_written(message.sender, _PLAIN_NAME)} <{sender}>",
        "To": message.recipient.address,
        "Reply-To": reply_to,
        "Subject": _written(message.subject, _PLAIN),
        "Date": format_datetime(at),
        "Message-ID": f"<{name}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in headers.items() if value)
    return head.encode("ascii") + _body(message, name)


def _body(message: Message, name: str) -> bytes:
    """The content with its own headers: plain text, and HTML beside it."""
    made = EmailMessage(policy=_POLICY)
    made.set_content(message.text)
    if message.html:
        made.add_alternative(message.html, subtype="html")
        made.set_boundary(f"=_{hashlib.sha256(name.encode()).hexdigest()[:24]}")
    return made.as_bytes()


def _written(text: str, plain: re.Pattern[str]) -> str:
    """A text as it stands in a header: as it is where that is safe, else in encoded words (RFC 2047)."""
    if len(text) <= _LONGEST_PLAIN and plain.fullmatch(text):
        return text
    words = (base64.b64encode(piece).decode() for piece in _pieces(text))
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)


def _pieces(text: str) -> Iterator[bytes]:
    """The text in UTF-8, cut between characters."""
    piece = b""
    for character in text:
        encoded = character.encode()
        if len(piece) + len(encoded) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += encoded
    yield piece
