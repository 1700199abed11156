"""Refuse a change that another site sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from course.web.plain import error

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """ASGI middleware: every POST to our routes (and every other method that changes things) needs an Origin, or Referer,
    equal to the host; else 403."""

    def __init__(self, app: ASGIApp, *, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changing = scope["type"] == "http" and scope["method"] not in _READING and scope["path"].startswith(self.prefixes)
        if changing and not _from_here(Request(scope)):
            refusal = error(
                403, "This request did not come from the course", "Nothing was changed. Open the course and try again from there."
            )
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _from_here(request: Request) -> bool:
    source = request.headers.get("origin") or request.headers.get("referer") or ""
    host = request.headers.get("host", "")
    try:
        return bool(host) and urlsplit(source).netloc == host
    except ValueError:
        return False
