"""What a person sees when something broke: an id to quote, no trace. The trace goes to the log under the same id."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from course.bootstrap import Process
from course.errors import CourseError, NotAllowed, NotFound, StorageUnavailable
from course.web.plain import error

log = logging.getLogger("course")
_REFUSED: Final[Mapping[type[CourseError], tuple[int, str]]] = {
    NotFound: (404, "There is nothing here"),
    NotAllowed: (403, "Not open to you"),
    StorageUnavailable: (503, "That did not work"),
}


class CaughtFailures:
    """ASGI middleware: answers what broke anywhere below with a page, so that it carries the same headers as the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noticing(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noticing)
        except Exception as failure:
            if scope["type"] != "http" or begun:
                raise
            await show_failure(Request(scope), failure)(scope, receive, send)


def started(make: Callable[[], Process]) -> Process:
    """A process whose settings, content and database are fit to serve.

    Raises:
        SystemExit: they are not; the sentence says what to mend. An operator needs no trace for that.
    """
    try:
        process = make()
        process.catalogue()
        process.prepare()
    except CourseError as failure:
        raise SystemExit(f"The course cannot start. {failure.message}") from None
    _tell_first_admin(process)
    return process


def _tell_first_admin(process: Process) -> None:
    """While there is no admin, print where one is made: standard error is the log of whoever starts the course."""
    with suppress(StorageUnavailable):
        link = process.people.first_admin_link()
        if link is None:
            return
        where = f"{process.settings.base_url}/join/first?token={link}"
        print(f"There is no admin yet. This link makes one, once and within 24 hours: {where}", file=sys.stderr, flush=True)


def logged(failure: BaseException) -> str:
    """Write the failure to the log and return its id."""
    error_id = secrets.token_hex(4)
    log.error("failure %s", error_id, exc_info=failure)
    return error_id


def show_course_error(request: Request, failure: CourseError) -> Response:
    status, title = _REFUSED.get(type(failure), (400, "That did not work"))
    return error(status, title, " ".join(filter(None, (failure.message, failure.kept))))


def show_failure(request: Request, failure: Exception) -> Response:
    return error(500, "Something broke on our side", "What was shown as saved is saved. Try again in a moment.", error_id=logged(failure))
