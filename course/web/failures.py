"""What a person sees when something broke: an id to quote, no trace. The trace goes to the log under the same id."""

from __future__ import annotations

import logging
import secrets

from starlette.requests import Request
from starlette.responses import Response

from course.errors import CourseError, NotAllowed, NotFound, StorageUnavailable
from course.web.plain import error

log = logging.getLogger("course")


def logged(failure: BaseException) -> str:
    """Write the failure to the log and return its id."""
    error_id = secrets.token_hex(4)
    log.error("failure %s", error_id, exc_info=failure)
    return error_id


def show_course_error(request: Request, failure: CourseError) -> Response:
    status = {NotFound: 404, NotAllowed: 403, StorageUnavailable: 503}.get(type(failure), 400)
    return error(status, "That did not work", " ".join(filter(None, (failure.message, failure.kept))))


def show_failure(request: Request, failure: Exception) -> Response:
    return error(500, "Something broke on our side", "What was shown as saved is saved. Try again in a moment.", error_id=logged(failure))
