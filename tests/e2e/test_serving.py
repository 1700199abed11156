"""What the server sends: headers, cookie, sizes, health."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page
from streamlit import file_util

from course.settings import ROOT
from tests.e2e.acts import open_page
from tests.e2e.browsers import new_context
from tests.e2e.servers import Answer, Server, fetch

GZIP = {"Accept-Encoding": "gzip"}
KINDS = [
    "page",
    "another page",
    "script",
    "our stylesheet",
    "our font",
    "health",
    "no such file",
    "no such page",
    "nothing to download",
    "refused post",
]


def answer(server: Server, kind: str) -> Answer:
    if kind == "refused post":
        return fetch(f"{server.url}/session/leave", method="POST", headers={"Origin": "https://elsewhere.example"}, body=b"")
    paths = {
        "page": "/",
        "another page": "/help",
        "script": script("index"),
        "our stylesheet": "/app/static/style.css",
        "our font": "/app/static/fonts/newsreader-latin-opsz-normal.woff2",
        "health": "/healthz",
        "no such file": "/static/js/none.js",
        "no such page": "/deeper/nonsense",
        "nothing to download": "/download/my-data.json",
    }
    return server.get(paths[kind], **GZIP)


@pytest.mark.parametrize("kind", KINDS)
def test_every_response_carries_the_security_headers(server: Server, kind: str) -> None:
    got = answer(server, kind)
    assert got.status == {"no such file": 404, "no such page": 404, "nothing to download": 404, "refused post": 403}.get(kind, 200)
    policy = got.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "same-origin"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server: Server) -> None:
    (header,) = server.get("/").cookies
    morsel = SimpleCookie(header)["course_session"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["max-age"] == str(365 * 24 * 3600)
    assert not morsel["secure"], "the base URL is http here"


def test_static_files_and_health_set_no_cookie(server: Server) -> None:
    for kind in ("script", "our stylesheet", "our font", "health", "no such file"):
        assert answer(server, kind).cookies == (), kind


def test_over_https_the_cookie_is_secure_and_https_is_promised(fresh_server: Callable[..., Server]) -> None:
    got = fresh_server(COURSE_BASE_URL="https://course.example.org").get("/")
    assert SimpleCookie(got.cookies[0])["course_session"]["secure"]
    assert got.headers["strict-transport-security"].startswith("max-age=")


def test_the_charts_script_is_sent_compressed(server: Server) -> None:
    got = server.get(script("PlotlyChart"), **GZIP)
    assert got.headers["content-encoding"] == "gzip"
    assert len(got.body) < 1_600_000
    assert len(gzip.decompress(got.body)) > 3_000_000
    assert "immutable" in got.headers["cache-control"]


def test_a_browser_is_given_no_more_than_it_needs_to_start(server: Server) -> None:
    page = gzip.decompress(server.get("/", **GZIP).body).decode()
    named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    total = sum(len(server.get(path, **GZIP).body) for path in named)
    assert total < 1_500_000, f"{len(named)} files, {total} bytes"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "http://localhost:1"}, {"Referer": "https://elsewhere.example/"}]
)
@pytest.mark.parametrize("path", ["/session/leave", "/session/erase", "/session/resume"])
def test_a_post_from_elsewhere_is_refused(server: Server, path: str, headers: dict[str, str]) -> None:
    assert fetch(server.url + path, method="POST", headers=headers, body=b"").status == 403


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null"])
def test_a_page_elsewhere_cannot_listen_in(server: Server, origin: str) -> None:
    assert knock(server, origin) == 403


def test_the_courses_own_page_can(server: Server) -> None:
    assert knock(server, server.url) == 101


def test_the_agent_interface_is_off(server: Server) -> None:
    got = fetch(f"{server.url}/_stcore/agent/interact", method="POST", headers={"Content-Type": "application/json"}, body=b"{}")
    assert got.status in (403, 404, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../app.py",
        "/app/static/%2e%2e/app.py",
        "/app/static/..%2fapp.py",
        "/static/..%2f..%2f__init__.py",
        "/app/static/%00.css",
        "/app/static/" + "x" * 3000 + ".css",
    ],
)
def test_no_source_file_can_be_fetched_as_static(server: Server, path: str) -> None:
    got = server.get(path, **GZIP)
    assert got.status in (400, 403, 404)


def test_health_says_what_it_serves_and_nothing_private(server: Server) -> None:
    got = server.get("/healthz")
    assert got.status == 200
    assert got.json()["status"] == "ok"
    assert got.json()["content"] == {"modules": 5, "quizzes": len(list((ROOT / "quizzes").glob("*.yaml")))}
    assert got.headers["cache-control"] == "no-store"
    assert str(server.data) not in got.body.decode()
    assert str(ROOT) not in got.body.decode()


def test_health_fails_when_the_database_is_gone(fresh_server: Callable[..., Server]) -> None:
    server = fresh_server()
    for file in server.data.glob("course.db*"):
        file.unlink()
    got = server.get("/healthz")
    assert got.status == 503
    assert got.json()["status"] == "unavailable"
    assert "content-security-policy" in got.headers


def test_the_browser_finds_nothing_to_complain_about(server: Server, page: Page) -> None:
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    page.on("response", lambda response: failed.append(f"{response.status} {response.url}") if response.status >= 400 else None)
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    open_page(page, server.url)
    assert failed == []


def test_the_page_talks_to_nobody_else(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, server.url)
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


def test_the_policy_stops_what_somebody_smuggled_in(server: Server, browser: Browser) -> None:
    with new_context(browser) as context:
        page = open_page(context.new_page(), server.url)
        with pytest.raises(Error, match="Content Security Policy"):
            page.add_script_tag(content="window.smuggled = true")
        with pytest.raises(Error):
            page.add_script_tag(url="https://elsewhere.example/x.js")
        assert page.evaluate("() => window.smuggled === undefined")


def script(word: str) -> str:
    """The address of Streamlit's script called `word`; the largest, when several are."""
    found = Path(file_util.get_static_dir()).glob(f"static/js/{word}.*.js")
    return f"/static/js/{max(found, key=lambda p: p.stat().st_size).name}"


def knock(server: Server, origin: str) -> int:
    """The status of a websocket handshake that says it comes from a page at `origin`."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": origin,
    }
    try:
        connection.request("GET", "/_stcore/stream", headers=handshake)
        return connection.getresponse().status
    finally:
        connection.close()
