"""`/download/...` of a class and `/calendar/...`: the gradebook, the answers behind it, one learner's; a person's own dates.

Each asks the table of permissions as the person of the cookie, who must be signed in: an address alone opens nothing. A calendar
program has no cookie: its address holds a token of its own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.web.files import CSV, file, large_file, plain_name
from course.web.visits import signed_in


def routes(process: Process) -> list[BaseRoute]:
    def gradebook(request: Request) -> Response:
        form, name, body = process.classes.export(signed_in(process, request), request.path_params["cohort"], request.path_params["form"])
        kind = "" if form.id == form.ending else f"-{form.id}"
        return file(body, f"{plain_name(name)}-grades{kind}.{form.ending}", form.media_type)

    def answers(request: Request) -> Response:
        person, cohort = signed_in(process, request), request.path_params["cohort"]
        return large_file(lambda write: f"{plain_name(process.classes.long_form(person, cohort, write))}-answers.csv", CSV)

    def learner(request: Request) -> Response:
        person, cohort, one = signed_in(process, request), request.path_params["cohort"], request.path_params["learner"]
        return large_file(lambda write: f"{plain_name(process.classes.learner_answers(person, cohort, one, write))}-answers.csv", CSV)

    def calendar(request: Request) -> Response:
        body = process.study.calendar(request.path_params["token"], urlsplit(process.settings.base_url).hostname or "course")
        return Response(body, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, max-age=900"})

    return [
        Route("/download/gradebook/{cohort}/{form}.{ending}", gradebook, methods=["GET"]),
        Route("/download/answers/{cohort}.csv", answers, methods=["GET"]),
        Route("/download/learner/{cohort}/{learner}.csv", learner, methods=["GET"]),
        Route("/calendar/{token}.ics", calendar, methods=["GET"]),
    ]
