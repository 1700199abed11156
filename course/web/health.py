"""`/healthz`: whether the process can serve, with no secret and no path."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.web.failures import log


def routes(process: Process) -> list[BaseRoute]:
    def healthz(request: Request) -> Response:
        try:
            process.ping()
        except Exception as failure:  # noqa: BLE001 whatever hinders the database, the answer is the same
            log.warning("the database does not answer: %s", str(failure).partition("\n")[0])
            return JSONResponse({"status": "unavailable", "database": "no answer"}, status_code=503, headers={"Cache-Control": "no-store"})
        course = process.catalogue().course
        content = {"modules": len(course.modules), "quizzes": len(course.quizzes)}
        return JSONResponse({"status": "ok", "database": "ok", "content": content}, headers={"Cache-Control": "no-store"})

    return [Route("/healthz", healthz, methods=["GET"])]
