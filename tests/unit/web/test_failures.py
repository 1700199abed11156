from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from course.errors import NotAllowed, NotFound, Refused, SettingsError, StorageUnavailable
from course.web.failures import CaughtFailures, show_course_error, started
from course.web.security import SecurityHeaders
from tests.unit.web.asgi import call


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("the password is hunter2")


async def broken_half_way(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError("half way")


def test_what_broke_is_a_page_with_an_id_and_the_usual_headers(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="course"):
        got = call(SecurityHeaders(CaughtFailures(broken), policy="default-src 'self'", https=False))
    assert got.status == 500
    assert got.headers["content-security-policy"] == "default-src 'self'"
    assert b"hunter2" not in got.body
    (record,) = caplog.records
    error_id = record.getMessage().split()[-1]
    assert error_id in got.body.decode()
    assert record.exc_info is not None


def test_a_response_that_has_begun_cannot_be_replaced() -> None:
    with pytest.raises(RuntimeError, match="half way"):
        call(CaughtFailures(broken_half_way))


def test_what_works_is_left_alone() -> None:
    assert call(CaughtFailures(PlainTextResponse("fine"))).body == b"fine"


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (NotFound("It is gone."), 404),
        (NotAllowed("No."), 403),
        (StorageUnavailable("Busy.", kept="All is kept."), 503),
        (Refused("Closed."), 400),
    ],
)
def test_each_failure_has_its_status_and_its_sentence(failure: Any, status: int) -> None:
    response = show_course_error(SimpleNamespace(), failure)  # type: ignore[arg-type]
    assert response.status_code == status
    assert failure.message in bytes(response.body).decode()
    assert failure.kept in bytes(response.body).decode()


def test_a_start_that_cannot_be_ends_with_one_sentence() -> None:
    def make() -> Any:
        raise SettingsError("COURSE_ENV is `x`; it must be one of development, production.")

    with pytest.raises(SystemExit, match=r"The course cannot start\. COURSE_ENV is `x`"):
        started(make)


def _busy() -> str:
    raise StorageUnavailable("Busy.")


@pytest.mark.parametrize(
    ("link", "printed"),
    [(lambda: "token", "http://course.test/join/first?token=token\n"), (lambda: None, ""), (_busy, "")],
    ids=["no admin yet", "an admin", "a database that takes nothing in"],
)
def test_a_start_looks_at_content_and_database_then_prints_a_link_for_the_first_admin(
    link: Any, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    looked: list[str] = []
    process: Any = SimpleNamespace(
        catalogue=lambda: looked.append("content"),
        prepare=lambda: looked.append("database"),
        people=SimpleNamespace(first_admin_link=link),
        settings=SimpleNamespace(base_url="http://course.test"),
    )
    assert started(lambda: process) is process
    assert looked == ["content", "database"]
    assert capsys.readouterr().err.endswith(printed) if printed else capsys.readouterr().err == ""
