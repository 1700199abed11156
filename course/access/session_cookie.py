"""What a browser's cookie holds: a random token and its signature. The database knows only the token's hash."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

NAME: Final = "course_session"
_FORM: Final = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{32})\Z")


def signed(token: str, secret: str) -> str:
    """The cookie's value for a token of 43 URL-safe characters."""
    return f"{token}.{_signature(token, secret)}"


def token_of(value: str | None, secret: str) -> str | None:
    """The token in a cookie, or None when it is absent, malformed or signed with another secret."""
    found = _FORM.match(value or "")
    if found is None or not hmac.compare_digest(found[2], _signature(found[1], secret)):
        return None
    return found[1]


def digest(token: str) -> str:
    """What is stored of a token (session or resume link): its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _signature(token: str, secret: str) -> str:
    return hmac.new(secret.encode(), b"session:" + token.encode(), hashlib.sha256).hexdigest()[:32]
