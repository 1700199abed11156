"""What the launcher hands to Streamlit's server: routes, middleware, lifespan and error pages."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from course.bootstrap import Process
from course.errors import CourseError
from course.web import class_files, downloads, health, joining, lead_downloads, session, signing
from course.web.assets import CompressedAssets, address_of, course_page
from course.web.failures import CaughtFailures, log, logged, show_course_error, show_failure
from course.web.origin import SameOrigin
from course.web.page import CoursePage
from course.web.promptness import send_at_once
from course.web.security import SecurityHeaders, content_security_policy

ROUTE_FILES = (health, session, signing, joining, downloads, class_files, lead_downloads)
OURS = ("/session/", "/download/", "/join/", "/calendar/", "/healthz")
SWEEP_SECONDS = 60.0
CALIBRATE_SECONDS = 3600.0
REFRESH_SECONDS = 2.0


def routes(process: Process) -> list[BaseRoute]:
    return [route for file in ROUTE_FILES for route in file.routes(process)]


def middleware(process: Process, *, streamlit_static: Path, app_static: Path) -> list[Middleware]:
    """Outermost first: headers on everything, then the checks, then what is answered without Streamlit."""
    course = process.catalogue().course
    title = course.neutral_title if process.settings.discreet else course.title
    page = course_page(streamlit_static, title=title, language=course.language, stylesheet=address_of(app_static / "style.css"))
    secure = process.settings.secure_cookies
    answered = tuple(route.path_regex for route in routes(process) if isinstance(route, Route))
    return [
        Middleware(SecurityHeaders, policy=content_security_policy(page.script_hashes), https=secure),
        Middleware(CaughtFailures),
        Middleware(SameOrigin, prefixes=OURS),
        Middleware(CompressedAssets, streamlit_static=streamlit_static, app_static=app_static),
        Middleware(CoursePage, page=page, secret=process.secret, secure=secure, ours=answered),
    ]


def exception_handlers() -> dict[Any, Any]:
    return {CourseError: show_course_error, Exception: show_failure}


def lifespan(process: Process) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """While the server runs: send small messages at once, sweep overdue attempts, estimate how hard questions are (at most once a
    day), load content again when its files change.

    What is in memory when it starts (modules, the content) lives to the end: the garbage collector, which would look through
    all of it while somebody waits, leaves it alone.
    """

    @contextlib.asynccontextmanager
    async def run(_app: Any) -> AsyncIterator[None]:
        send_at_once()
        gc.collect()
        gc.freeze()
        work = [
            asyncio.create_task(_every(SWEEP_SECONDS, process.study.sweep, "the sweep of overdue attempts")),
            asyncio.create_task(_every(CALIBRATE_SECONDS, process.teach.calibrate_when_due, "estimating how hard questions are")),
            asyncio.create_task(_every(REFRESH_SECONDS, process.catalogue.refresh, "loading changed content")),
        ]
        try:
            yield
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    return run


async def _every(seconds: float, act: Callable[[], object], what: str) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(act)
        except CourseError as failure:
            log.warning("%s will be tried again: %s", what, failure.message)
        except Exception as failure:  # noqa: BLE001 one failure must not end the work for good
            logged(failure)
