"""The course as a server runs it: what goes on in the background begins and ends with it."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.types import Message
from streamlit import file_util

from course.bootstrap import build
from course.settings import ROOT
from course.web import application
from tests.unit.web.asgi import until_it_stops


def test_the_background_work_is_reached_through_everything_that_stands_before_it(tmp_path: Path) -> None:
    """Servers take an application that fails here for one without background work, and say nothing."""
    process = build({"COURSE_DATA_DIR": str(tmp_path)})
    static = ROOT / "course" / "ui" / "script" / "static"
    app = Starlette(
        middleware=application.middleware(process, streamlit_static=Path(file_util.get_static_dir()), app_static=static),
        lifespan=application.lifespan(process),
    )
    said: list[Message] = until_it_stops(app)
    assert [message["type"] for message in said] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
