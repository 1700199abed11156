"""`/download/...`: a learner's own data. Each route looks at the cookie's person, never at an id in the address."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.services.people import Visitor
from course.web.files import CSV, Write, file, large_file
from course.web.plain import error
from course.web.visits import token


def routes(process: Process) -> list[BaseRoute]:
    def visitor(request: Request) -> Visitor:
        return process.people.visitor(token(process, request))

    def my_data(request: Request) -> Response:
        learner = visitor(request).learner
        if learner is None:
            return _nothing()

        def fill(write: Write) -> str:
            process.people.export_file(learner.id, write)
            return "my-course-data.json"

        return large_file(fill, "application/json")

    def attempts(request: Request) -> Response:
        learner = visitor(request).learner
        if learner is None:
            return _nothing()
        return file(process.study.attempts_csv(learner.id), "my-attempts.csv", CSV)

    return [
        Route("/download/my-data.json", my_data, methods=["GET"]),
        Route("/download/attempts.csv", attempts, methods=["GET"]),
    ]


def _nothing() -> Response:
    return error(
        404,
        "Nothing is stored about you",
        "This browser has no progress yet. It begins with the first cell you open or the first answer you give.",
    )
