"""Somebody whom another site knows, sealed for the short way from the page that learned of them to the route that signs them in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

GOOD_FOR: Final = timedelta(minutes=10)
_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as an OpenID provider names them: `subject` never changes at `issuer`; `email` only when the provider checked it."""

    issuer: str
    subject: str
    email: str = ""
    name: str = ""


def sealed(one: Identity, secret: str, now: datetime, browser: str) -> str:
    """The identity as text for an address, with the time it ends and a signature. It opens in this browser (its token) alone:
    nobody can hand their own to somebody else."""
    until = int((now + GOOD_FOR).timestamp())
    body = base64.urlsafe_b64encode(json.dumps({**asdict(one), "until": until}).encode()).decode().rstrip("=")
    return f"{body}.{_signature(body, secret, browser)}"


def opened(text: str, secret: str, now: datetime, browser: str) -> Identity | None:
    """The identity in a seal; None when it is malformed, too old, of another browser or signed with another secret."""
    body, _, signature = text[:_LONGEST].partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(body, secret, browser).encode()):
        return None
    try:
        found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, binascii.Error):
        return None
    return Identity(**found) if found.pop("until") > now.timestamp() else None


def _signature(body: str, secret: str, browser: str) -> str:
    return hmac.new(secret.encode(), f"passport:{browser}:{body}".encode(), hashlib.sha256).hexdigest()
