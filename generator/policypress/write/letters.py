"""A message as an e-mail: headers that nothing can break out of, bodies that every server can carry."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from policypress.core.notices import Message, reference

# Bodies in 7 bits: no server has to convert them, and no line is too long for one.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=76)


def letter(message: Message, sender: str, at: datetime, *, reply_to: str = "") -> EmailMessage:
    """The whole e-mail. Sent twice it has the same Message-ID, so that the receiver can tell."""
    name = reference(message.event, message.recipient)
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(message.sender, addr_spec=sender)
    made["To"] = Address(addr_spec=message.recipient.address)
    if reply_to:
        made["Reply-To"] = Address(addr_spec=reply_to)
    made["Subject"] = message.subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.text)
    if message.html:
        made.add_alternative(message.html, subtype="html")
        made.set_boundary(f"=_{hashlib.sha256(name.encode()).hexdigest()[:24]}")
    made["Content-Language"] = message.language  # last: setting the content removes it
    return made
