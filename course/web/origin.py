"""Refuse a POST that another site sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from course.web.plain import error


class SameOrigin:
    """ASGI middleware: every POST to our routes needs an Origin (or Referer) equal to the host, else 403."""

    def __init__(self, app: ASGIApp, *, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(self.prefixes):
            request = Request(scope)
            source = request.headers.get("origin") or request.headers.get("referer") or ""
            if urlsplit(source).netloc != request.headers.get("host", ""):
                await error(403, "This request did not come from the course", "Nothing was changed. Open the course and try again from there.")(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)
