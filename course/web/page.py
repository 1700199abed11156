"""GET of a page: the course's document and, for a browser without one, its cookie."""

from __future__ import annotations

import gzip
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from course.web import cookie
from course.web.assets import Page, takes_gzip

_PAGE = re.compile(r"/[a-z-]{0,40}\Z")
_NOT_PAGES = frozenset({"/healthz", "/oauth2callback"})


class CoursePage:
    """ASGI middleware that answers page addresses (`/`, `/module`, ...) with the course's own document."""

    def __init__(self, app: ASGIApp, *, page: Page, secret: str, secure: bool) -> None:
        self.app = app
        self.secret = secret
        self.secure = secure
        self._plain = page.html
        self._gzipped = gzip.compress(page.html, 9, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not _PAGE.match(scope["path"])
            or scope["path"] in _NOT_PAGES
        ):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        await self._document(request)(scope, receive, send)

    def _document(self, request: Request) -> Response:
        zipped = takes_gzip(request.headers.get("accept-encoding", ""))
        token = cookie.token_of(request.cookies.get(cookie.NAME), self.secret) or secrets.token_urlsafe(32)
        return Response(
            self._gzipped if zipped else self._plain,
            media_type="text/html",
            headers={
                "Cache-Control": "no-store",
                "Vary": "Accept-Encoding, Cookie",
                "Set-Cookie": cookie.header(cookie.signed(token, self.secret), secure=self.secure),
                **({"Content-Encoding": "gzip"} if zipped else {}),
            },
        )
