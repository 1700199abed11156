"""Session routes: carry on in another browser, leave this one, erase everything.

A GET never changes anything (mail programs open links); it asks, and the POST does.
"""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.errors import CourseError
from course.web.plain import confirm, error, plain
from course.web.signing import sign_out
from course.web.visits import Visit, asked, done, shown

_OF_ITS_OWN = "This browser has progress of its own. It is kept, but you will no longer see it here; make a resume link for it first."


def routes(process: Process) -> list[BaseRoute]:
    """`/session/...` and the resume link `/join/resume`."""
    return [
        Route("/join/resume", shown(process, resume_page), methods=["GET"]),
        Route("/session/resume", done(process, resume, resume_page), methods=["POST"]),
        *asked(process, "/session/leave", sign_out, leave_page),
        *asked(process, "/session/erase", erase, erase_page),
    ]


def resume_page(visit: Visit, refused: str) -> Response:
    has_own = visit.process.people.visitor(visit.token).learner is not None
    return plain(
        "Carry on in this browser?",
        "This link opens the progress that was made in another browser. It works once.",
        *([_OF_ITS_OWN] if has_own else []),
        form=confirm("/session/resume", "Carry on here", token=visit.asked("token")),
    )


def resume(visit: Visit) -> Response:
    try:
        visit.process.people.redeem(visit.asked("token"), visit.fresh)
    except CourseError as failure:
        return error(410, "This link does not work any more", failure.message)
    return visit.into("/")


def leave_page(visit: Visit, refused: str) -> Response:
    return plain(
        "Leave, and forget me here?",
        "This browser will no longer know who you are. Your progress stays stored, and only a resume link that you made before opens it again.",
        form=confirm("/session/leave", "Leave and forget me here"),
    )


def erase_page(visit: Visit, refused: str) -> Response:
    return plain(
        "Erase everything about you?",
        "Your answers, scores, progress and name are removed for good. Nobody can bring them back.",
        form=confirm("/session/erase", "Erase everything"),
    )


def erase(visit: Visit) -> Response:
    visit.process.people.erase(visit.token)
    return visit.into("/", signed_in=False)
