"""`/download/insight/...`: a lead's tables as files, the report to print, the way to a question's file. Permissions are asked in the services, on every request."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from course.access.permissions import NOT_THERE
from course.analytics.responses import Attempts
from course.bootstrap import Process
from course.errors import NotFound
from course.interop import report_pdf
from course.interop.tables import TABLE_FORMATS
from course.services.insight import Lens
from course.services.insight.details import DETAILS
from course.settings import ROOT
from course.web.lead_report import page
from course.web.visits import signed_in

_PRINT = ROOT / "course/ui/script/static/fonts/print"
FONTS = report_pdf.Fonts(_PRINT / "atkinson-regular.ttf", _PRINT / "atkinson-bold.ttf", _PRINT / "atkinson-regular-ext.ttf")
"""The course's type as files that a PDF can hold; its pages use the same as web fonts."""


def routes(process: Process) -> list[BaseRoute]:
    def table(request: Request) -> Response:
        found = next((f for f in TABLE_FORMATS if f.id == request.path_params["ending"]), None)
        name = request.path_params["name"]
        if found is None:
            raise NotFound(NOT_THERE)
        lens, insight, person = _lens(request), process.insight, signed_in(process, request)
        kind = next((k for k in DETAILS if k.id == name), None)
        if kind is not None:
            made = insight.detail(person, lens, name, request.query_params.get(kind.of, ""))
        elif name == "compare":
            made = insight.compared(person, lens, request.query_params.get("other", ""))
        else:
            made = insight.table(person, lens, name)
        headers = {"Content-Disposition": f'attachment; filename="{made.id}.{found.id}"', "Cache-Control": "no-store"}
        return Response(found.write(made), media_type=found.media_type, headers=headers)

    def printed(request: Request) -> Response:
        language = process.catalogue().course.language
        made = process.insight.report(signed_in(process, request), _lens(request))
        if not request.url.path.endswith(".pdf"):
            pdf = f"report.pdf?{request.url.query}" if request.url.query else "report.pdf"
            return HTMLResponse(page(made, language, pdf), headers={"Cache-Control": "no-store"})
        headers = {"Content-Disposition": 'attachment; filename="report.pdf"', "Cache-Control": "no-store"}
        return Response(report_pdf.write(made, FONTS, language), media_type="application/pdf", headers=headers)

    def written(request: Request) -> Response:
        cohort, question = request.path_params["cohort"], request.path_params["question"]
        place = process.insight.source(signed_in(process, request), cohort, question)
        address = process.settings.source_of(place.path, place.line or 1)
        if not address:
            raise NotFound(NOT_THERE)
        return RedirectResponse(address, status_code=302, headers={"Cache-Control": "no-store"})

    return [
        Route("/download/insight/{cohort}/source/{question}", written, methods=["GET"]),
        Route("/download/insight/{cohort}/report", printed, methods=["GET"]),
        Route("/download/insight/{cohort}/report.pdf", printed, methods=["GET"]),
        Route("/download/insight/{cohort}/{name}.{ending}", table, methods=["GET"]),
    ]


def _lens(request: Request) -> Lens:
    """The filters of the page as its address has them; what cannot be read is left out."""
    asked = request.query_params
    return Lens(
        cohort=request.path_params["cohort"],
        quiz=asked.get("quiz", ""),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        which=next((w for w in Attempts if w.value == asked.get("tries")), Attempts.FIRST),
        group=asked.get("group", ""),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
