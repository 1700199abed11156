from __future__ import annotations

import pytest

from course.web.origin import SameOrigin
from tests.unit.web.asgi import behind, call, knock

APP = SameOrigin(behind, prefixes=("/session/", "/join/"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://[course.test"},
        {"origin": ""},
        {"referer": "https://elsewhere.example/?http://course.test/"},
        {"origin": "http://course.test.elsewhere.example"},
        {"origin": "http://course.test@elsewhere.example"},
        {"origin": "http://course.test:81"},
        {"origin": "https://elsewhere.example", "referer": "http://course.test/"},
    ],
)
def test_a_post_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    got = call(APP, "/session/leave", method="POST", headers=headers)
    assert got.status == 403
    assert not got.passed_on
    assert b"Nothing was changed" in got.body


@pytest.mark.parametrize("headers", [{"origin": "http://course.test"}, {"referer": "http://course.test/module?id=x"}])
def test_a_post_from_the_course_goes_through(headers: dict[str, str]) -> None:
    assert call(APP, "/session/leave", method="POST", headers=headers).passed_on


def test_other_methods_that_change_things_are_held_to_the_same() -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        assert call(APP, "/session/leave", method=method).status == 403, method


def test_reading_needs_no_origin() -> None:
    assert call(APP, "/session/leave").passed_on
    assert call(APP, "/session/leave", method="HEAD").passed_on


def test_what_is_streamlits_own_is_left_to_streamlit() -> None:
    assert call(APP, "/_stcore/upload_file/x", method="POST").passed_on


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/auth/logout", "/auth/logout/"])
def test_a_page_elsewhere_cannot_end_an_institutions_sign_in(path: str, site: str) -> None:
    assert call(APP, path, headers={"sec-fetch-site": site}).status == 403
    assert call(APP, "/auth/login", headers={"sec-fetch-site": site}).passed_on


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {}])
def test_the_reader_can(headers: dict[str, str]) -> None:
    assert call(APP, "/auth/logout", headers=headers).passed_on


def test_without_a_host_nothing_matches() -> None:
    assert call(APP, "/session/leave", method="POST", headers={"host": "", "origin": ""}).status == 403


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null"])
def test_a_page_elsewhere_cannot_open_the_websocket(origin: str) -> None:
    assert knock(APP, {"origin": origin}) == ["websocket.close"]


@pytest.mark.parametrize("headers", [{"origin": "http://course.test"}, {}])
def test_the_courses_own_page_can(headers: dict[str, str]) -> None:
    assert knock(APP, headers) == ["websocket.accept"]
