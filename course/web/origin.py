"""Refuse a change that another site sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from course.web.plain import error

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SIGN_OUT = "/auth/logout"


class SameOrigin:
    """ASGI middleware: every POST to our routes (and every other method that changes things) needs an Origin, or Referer,
    equal to the host; else 403. A page elsewhere cannot open the course's websocket either, nor end an institution's sign-in by
    a link or a picture: Streamlit's `/auth/logout` forgets it on a GET."""

    def __init__(self, app: ASGIApp, *, prefixes: tuple[str, ...]) -> None:
        self.app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changing = scope["type"] == "http" and scope["method"] not in _READING and scope["path"].startswith(self.prefixes)
        ending = scope["type"] == "http" and scope["path"].rstrip("/") == _SIGN_OUT and _was_sent_from_elsewhere(Headers(scope=scope))
        if ending or (changing and not _from_here(Headers(scope=scope))):
            refusal = error(
                403, "This request did not come from the course", "Nothing was changed. Open the course and try again from there."
            )
            await refusal(scope, receive, send)
            return
        # Streamlit would let any port of localhost in, and ask an outside service who it is itself before it refuses others.
        if scope["type"] == "websocket" and _is_elsewhere(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    source = headers.get("origin") or headers.get("referer") or ""
    host = headers.get("host", "")
    try:
        return bool(host) and urlsplit(source).netloc == host
    except ValueError:
        return False


def _is_elsewhere(headers: Headers) -> bool:
    """Programs that are no browsers send no Origin, and carry nobody's cookie."""
    return "origin" in headers and not _from_here(headers)


def _was_sent_from_elsewhere(headers: Headers) -> bool:
    """Whether the browser says that another site led here. A typed address is the reader's own."""
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
