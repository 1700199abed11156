"""`/download/...`: a learner's own data. Each route looks at the cookie's person, never at an id in the address."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.services.people import Visitor
from course.web import cookie
from course.web.plain import error


def routes(process: Process) -> list[BaseRoute]:
    def visitor(request: Request) -> Visitor:
        return process.people.visitor(cookie.token_of(request.cookies.get(cookie.NAME), process.secret))

    def my_data(request: Request) -> Response:
        learner = visitor(request).learner
        if learner is None:
            return _nothing()
        body = json.dumps(process.people.export(learner.id), ensure_ascii=False, indent=2)
        return _file(body.encode(), "my-course-data.json", "application/json")

    def attempts(request: Request) -> Response:
        learner = visitor(request).learner
        if learner is None:
            return _nothing()
        return _file(process.study.attempts_csv(learner.id), "my-attempts.csv", "text/csv; charset=utf-8")

    return [
        Route("/download/my-data.json", my_data, methods=["GET"]),
        Route("/download/attempts.csv", attempts, methods=["GET"]),
    ]


def _file(body: bytes, name: str, media_type: str) -> Response:
    return Response(
        body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    )


def _nothing() -> Response:
    return error(
        404,
        "Nothing is stored about you",
        "This browser has no progress yet. It begins with the first cell you open or the first answer you give.",
    )
