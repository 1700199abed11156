"""The Set-Cookie header of the browser's session."""

from __future__ import annotations

from course.access.session_cookie import NAME, signed, token_of

__all__ = ["NAME", "YEAR", "header", "signed", "token_of"]

YEAR = 365 * 24 * 3600


def header(value: str, *, secure: bool, max_age: int = YEAR) -> str:
    """HttpOnly, SameSite=Lax, for the whole site; `max_age` 0 deletes it."""
    return f"{NAME}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
