"""Session routes: carry on in another browser, leave this one, erase everything.

A GET never changes anything (mail programs open links); it asks, and the POST does.
"""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.errors import CourseError
from course.web import cookie
from course.web.plain import confirm, error, plain


def routes(process: Process) -> list[BaseRoute]:
    """`/session/...` and the resume link `/join/resume`."""
    people = process.people
    settings = process.settings

    def token(request: Request) -> str | None:
        return cookie.token_of(request.cookies.get(cookie.NAME), process.secret)

    def home(new_token: str | None) -> Response:
        response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
        value = (
            cookie.header(cookie.signed(new_token, process.secret), secure=settings.secure_cookies)
            if new_token
            else cookie.header("", secure=settings.secure_cookies, max_age=0)
        )
        response.headers["Set-Cookie"] = value
        return response

    def ask_resume(request: Request) -> Response:
        link = request.query_params.get("token", "")
        warning = people.visitor(token(request)).learner is not None
        return plain(
            "Carry on in this browser?",
            "This link opens the progress that was made in another browser. It works once.",
            *(
                ["This browser has progress of its own. It is kept, but you will no longer see it here; make a resume link for it first."]
                if warning
                else []
            ),
            form=confirm("/session/resume", "Carry on here", token=link),
        )

    async def resume(request: Request) -> Response:
        form = await request.form()
        new = secrets.token_urlsafe(32)
        try:
            people.redeem(str(form.get("token", "")), new)
        except CourseError as failure:
            return error(410, "This link does not work any more", failure.message)
        return home(new)

    def ask_leave(request: Request) -> Response:
        return plain(
            "Leave, and forget me here?",
            "This browser will no longer know who you are. Your progress stays stored, and only a resume link that you made before opens it again.",
            form=confirm("/session/leave", "Leave and forget me here"),
        )

    def leave(request: Request) -> Response:
        people.leave(token(request))
        return home(None)

    def ask_erase(request: Request) -> Response:
        return plain(
            "Erase everything about you?",
            "Your answers, scores, progress and name are removed for good. Nobody can bring them back.",
            form=confirm("/session/erase", "Erase everything"),
        )

    def erase(request: Request) -> Response:
        people.erase(token(request))
        return home(None)

    return [
        Route("/join/resume", ask_resume, methods=["GET"]),
        Route("/session/resume", resume, methods=["POST"]),
        Route("/session/leave", ask_leave, methods=["GET"]),
        Route("/session/leave", leave, methods=["POST"]),
        Route("/session/erase", ask_erase, methods=["GET"]),
        Route("/session/erase", erase, methods=["POST"]),
    ]
