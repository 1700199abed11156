from __future__ import annotations

import gzip
import re
from http.cookies import SimpleCookie

import pytest

from course.web import cookie
from course.web.assets import Page
from course.web.page import CoursePage
from tests.unit.web.asgi import behind, call

SECRET = "p" * 40
HTML = b"<!doctype html><title>The course</title>"
APP = CoursePage(
    behind,
    page=Page(HTML, ()),
    secret=SECRET,
    secure=False,
    ours=(re.compile("^/session/leave$"), re.compile("^/download/(?P<name>[^/]+)$")),
)


def cookie_of(headers: dict[str, str]) -> str:
    return SimpleCookie(headers["set-cookie"])[cookie.NAME].value


@pytest.mark.parametrize("path", ["/", "/module", "/help", "/insight-question"])
def test_a_page_address_gets_the_document_and_a_cookie(path: str) -> None:
    got = call(APP, path)
    assert got.status == 200
    assert got.body == HTML
    assert got.headers["content-type"].startswith("text/html")
    assert cookie.token_of(cookie_of(got.headers), SECRET)


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/oauth2callback",
        "/auth/login",
        "/favicon.png",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/stream",
        "/_stcore/bidi-components/x/y.js",
        "/media/a.png",
        "/component/x/index.html",
        "/static/js/x.js",
        "/app/static/style.css",
        "/session/leave",
        "/download/my-data.json",
    ],
)
def test_addresses_of_others_are_left_alone(path: str) -> None:
    assert call(APP, path).passed_on


@pytest.mark.parametrize(
    "path",
    [
        "/Module",
        "/moduel",
        "/module/",
        "/module/receptor",
        "/robots.txt",
        "/index.html",
        "/wp-login.php",
        "/healthz/",
        "//",
        "/.env",
        "/session/nothing",
        "/download/a/b",
    ],
)
def test_an_address_that_does_not_exist_says_so(path: str) -> None:
    got = call(APP, path)
    assert got.status == 404
    assert b"no such page" in got.body
    assert "set-cookie" not in got.headers


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize(
    "path", ["metrics", "agent/openapi.json", "agent/interact", "script-health-check", "upload_file/a/b", "healthy", ""]
)
def test_what_no_page_needs_of_streamlits_inside_does_not_exist(path: str, method: str) -> None:
    assert call(APP, f"/_stcore/{path}", method=method).status == 404


def test_a_post_is_left_alone() -> None:
    assert call(APP, "/", method="POST").passed_on


def test_a_known_browser_keeps_its_token() -> None:
    value = cookie.signed("B" * 43, SECRET)
    got = call(APP, headers={"cookie": f"{cookie.NAME}={value}"})
    assert cookie_of(got.headers) == value


@pytest.mark.parametrize("value", ["", "x", "B" * 43, "B" * 43 + "." + "0" * 32])
def test_a_forged_cookie_is_replaced(value: str) -> None:
    found = cookie_of(call(APP, headers={"cookie": f"{cookie.NAME}={value}"}).headers)
    assert found != value
    assert cookie.token_of(found, SECRET) not in (None, "B" * 43)


def test_two_visitors_get_two_tokens() -> None:
    assert cookie_of(call(APP).headers) != cookie_of(call(APP).headers)


def test_nobody_keeps_the_page_with_its_cookie() -> None:
    got = call(APP)
    assert got.headers["cache-control"] == "no-store"
    assert "Cookie" in got.headers["vary"]


def test_it_is_compressed_for_those_who_ask() -> None:
    got = call(APP, headers={"accept-encoding": "br, gzip"})
    assert got.headers["content-encoding"] == "gzip"
    assert gzip.decompress(got.body) == HTML


def test_asking_for_the_head_sends_no_body() -> None:
    got = call(APP, method="HEAD")
    assert got.status == 200
    assert got.headers["content-length"] == str(len(HTML))
