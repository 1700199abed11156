"""The browser's cookie: a random token and its signature. The database knows only the token's hash."""

from __future__ import annotations

import hashlib
import hmac
import re

NAME = "course_session"
YEAR = 365 * 24 * 3600
_FORM = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{32})\Z")


def signed(token: str, secret: str) -> str:
    """The cookie's value for a token."""
    return f"{token}.{_signature(token, secret)}"


def token_of(value: str | None, secret: str) -> str | None:
    """The token in a cookie, or None when it is absent, malformed or signed with another secret."""
    found = _FORM.match(value or "")
    if found is None or not hmac.compare_digest(found[2], _signature(found[1], secret)):
        return None
    return found[1]


def header(value: str, *, secure: bool, max_age: int = YEAR) -> str:
    """The Set-Cookie header: HttpOnly, SameSite=Lax, for the whole site; `max_age` 0 deletes it."""
    return f"{NAME}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def _signature(token: str, secret: str) -> str:
    return hmac.new(secret.encode(), b"session:" + token.encode(), hashlib.sha256).hexdigest()[:32]
