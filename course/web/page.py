"""GET of a page: the course's document and, for a browser without one, its cookie. No such address: a page that says so."""

from __future__ import annotations

import gzip
import re
import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from course.web import cookie
from course.web.assets import Page, takes_gzip
from course.web.plain import error

PAGES: Final = frozenset(
    [
        "/",
        "/module",
        "/quiz",
        "/result",
        "/progress",
        "/problem",
        "/search",
        "/glossary",
        "/references",
        "/about",
        "/teach",
        "/assign",
        "/assignment",
        "/gradebook",
        "/learner",
        "/attempt",
        "/marking",
        "/mark",
        "/corrections",
        "/cohorts",
        "/cohort",
        "/preview",
        "/insight",
        "/insight-questions",
        "/insight-question",
        "/insight-objectives",
        "/insight-objective",
        "/insight-gain",
        "/insight-certainty",
        "/insight-support",
        "/insight-compare",
        "/audit",
        "/site",
        "/you",
        "/help",
    ]
)
"""The addresses of `course.ui.pages.PAGES`, which can only be imported once Streamlit runs; a test compares the two."""
_ROUTES = re.compile(r"/(healthz|oauth2callback|favicon\.png|manifest\.json)\Z|/(_stcore|media|component|static|app/static|auth)/")
"""What Streamlit answers itself, and ours without a prefix. Streamlit would send its own document for every other address."""
_CORE = re.compile(r"/_stcore/((health|host-config|stream)\Z|bidi-components/)")
"""What a page needs of Streamlit's inside. The rest does not exist here: counts of sessions and of memory are nobody's business, the
interface for programs is off, and no page takes files by the route for uploads, which would keep whatever a stranger sends in memory."""


class CoursePage:
    """ASGI middleware that answers page addresses (`PAGES`) with the course's own document.

    `ours` are the addresses that the course's other routes answer; what is in no list does not exist.
    """

    def __init__(self, app: ASGIApp, *, page: Page, secret: str, secure: bool, ours: tuple[re.Pattern[str], ...] = ()) -> None:
        self.app = app
        self.ours = ours
        self.secret = secret
        self.secure = secure
        self._plain = page.html
        self._gzipped = gzip.compress(page.html, 9, mtime=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        hidden = path.startswith("/_stcore/") and _CORE.match(path) is None
        if not hidden and (scope["method"] not in ("GET", "HEAD") or self._is_route(path)):
            await self.app(scope, receive, send)
            return
        if hidden or path not in PAGES:
            await error(404, "There is no such page", "The address may be mistyped, or the page has moved.")(scope, receive, send)
            return
        request = Request(scope)
        await self._document(request)(scope, receive, send)

    def _is_route(self, path: str) -> bool:
        return _ROUTES.match(path) is not None or any(one.match(path) for one in self.ours)

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
