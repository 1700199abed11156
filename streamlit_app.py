"""Launcher: `streamlit run streamlit_app.py` serves the course."""

from pathlib import Path

import streamlit as st
from streamlit import file_util

from course.bootstrap import process
from course.ui.failure import on_script_error
from course.web import application
from course.web.failures import started

ROOT = Path(__file__).parent
PROCESS = started(process)

app = st.App(
    str(ROOT / "course" / "ui" / "script" / "app.py"),
    routes=application.routes(PROCESS),
    middleware=application.middleware(
        PROCESS, streamlit_static=Path(file_util.get_static_dir()), app_static=ROOT / "course" / "ui" / "script" / "static"
    ),
    lifespan=application.lifespan(PROCESS),
    exception_handlers=application.exception_handlers(),
    on_script_error=on_script_error,
)
