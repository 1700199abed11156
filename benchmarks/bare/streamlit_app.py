"""Launcher of the bare page: as the course's own, without settings, content, storage and services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import file_util

from course.web.assets import CompressedAssets, course_page
from course.web.page import CoursePage
from course.web.promptness import send_at_once
from course.web.security import SecurityHeaders, content_security_policy

STATIC = Path(file_util.get_static_dir())
OURS = Path(__file__).resolve().parents[2] / "course" / "ui" / "script" / "static"
PAGE = course_page(STATIC, title="A page with one button", language="en")


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    send_at_once()
    yield


def healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


app = st.App(
    str(Path(__file__).parent / "script" / "app.py"),
    lifespan=lifespan,
    routes=[Route("/healthz", healthz)],
    middleware=[
        Middleware(SecurityHeaders, policy=content_security_policy(PAGE.script_hashes), https=False),
        Middleware(CompressedAssets, streamlit_static=STATIC, app_static=OURS),
        Middleware(CoursePage, page=PAGE, secret="0" * 48, secure=False),
    ],
)
