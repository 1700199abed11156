"""Mail, when the site can send any: plain text, neutral subject lines, nothing about anybody's results."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

log = logging.getLogger("course")

Post: TypeAlias = Callable[[str, str, str], bool]
"""To, subject, text -> whether it was handed over to the mail server."""

_SECONDS = 10


def by_smtp(url: str, sender: str) -> Post:
    """A way to send mail. `url`: `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://...` (TLS from the start)."""
    parts = urlsplit(url)

    def post(to: str, subject: str, text: str) -> bool:
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = sender, Address(addr_spec=to), subject
            message.set_content(text)
            with _connected(parts.scheme, parts.hostname or "", parts.port) as server:
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError, MessageError) as failure:
            log.warning("a mail could not be sent: %s", type(failure).__name__)
            return False
        return True

    return post


def _connected(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(host, port or 587, timeout=_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    return server
