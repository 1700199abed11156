"""What the routes that sign people in and out share: who asks, from where, and the answer that sets the cookie."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from course.bootstrap import Process
from course.errors import CourseError
from course.web import cookie
from course.web.browsers import family
from course.web.forms import Tick, sent
from course.web.plain import plain

_NEXT: Final = re.compile(r"/join/invitation\?token=[A-Za-z0-9_-]{1,64}\Z")


def token(process: Process, request: Request) -> str | None:
    """What the browser's cookie holds, when it is signed by us."""
    return cookie.token_of(request.cookies.get(cookie.NAME), process.secret)


def signed_in(process: Process, request: Request) -> str | None:
    """The id of the person of an account; None for a guest."""
    who = process.people.visitor(token(process, request))
    return who.learner.id if who.learner is not None and who.signed_in else None


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to one of these routes. `fresh` is a token that no browser had before."""

    process: Process
    request: Request
    fields: Mapping[str, str]
    fresh: str

    @property
    def token(self) -> str | None:
        return token(self.process, self.request)

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    @property
    def agent(self) -> str:
        return family(self.request.headers.get("user-agent", ""))

    @property
    def brings(self) -> bool:
        return self.fields.get("bring") == "yes"

    @property
    def signed_in(self) -> str | None:
        """The id of the person of an account; None for a guest."""
        return signed_in(self.process, self.request)

    def asked(self, name: str) -> str:
        """A field of the form, else of the address."""
        return self.fields.get(name, self.request.query_params.get(name, ""))

    @property
    def onward(self) -> str:
        """Where to go afterwards: an invitation that waits, else the start page."""
        wanted = self.asked("next")
        return wanted if _NEXT.match(wanted) else "/"

    def bring_box(self) -> tuple[Tick, ...]:
        """The question whether what a guest did in this browser comes along; nothing when there is nothing."""
        found = self.process.people.guest_here(self.token)
        if found is None:
            return ()
        whose = f" by {found[0].name}" if found[0].name else ""
        return (Tick("bring", f"Bring along the progress made in this browser{whose}", self.brings or not self.fields),)

    def into(self, address: str, *, signed_in: bool = True) -> Response:
        """Go there, under the fresh cookie; or (`signed_in` False) without any."""
        secure = self.process.settings.secure_cookies
        header = (
            cookie.header(cookie.signed(self.fresh, self.process.secret), secure=secure)
            if signed_in
            else cookie.header("", secure=secure, max_age=0)
        )
        response = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
        response.headers["Set-Cookie"] = header
        return response


Draw = Callable[[Visit, str], Response]
"""Draws a page; the second argument says why the last try did not work."""


def shown(process: Process, draw: Draw) -> Callable[[Request], Response]:
    """A GET: it changes nothing."""

    def answer(request: Request) -> Response:
        return _drawn(Visit(process, request, {}, ""), draw, "")

    return answer


def asked(process: Process, path: str, act: Callable[[Visit], Response], draw: Draw) -> tuple[Route, Route]:
    """A page with a form: the GET that draws it and the POST that acts."""
    return Route(path, shown(process, draw), methods=["GET"]), Route(path, done(process, act, draw), methods=["POST"])


def done(process: Process, act: Callable[[Visit], Response], draw: Draw) -> Callable[[Request], Awaitable[Response]]:
    """A POST: acts in a worker thread; a refusal draws the page again with its sentence."""

    def tried(visit: Visit) -> Response:
        try:
            return act(visit)
        except CourseError as refusal:
            return _drawn(visit, draw, " ".join(filter(None, (refusal.message, refusal.kept))))

    async def answer(request: Request) -> Response:
        fields = await sent(request)
        return await run_in_threadpool(tried, Visit(process, request, fields, secrets.token_urlsafe(32)))

    return answer


def _drawn(visit: Visit, draw: Draw, refused: str) -> Response:
    try:
        page = draw(visit, refused)
    except CourseError as refusal:
        return plain("This does not work", refused or refusal.message, status=410)
    if refused:
        page.status_code = 422
    return page
