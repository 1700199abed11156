"""One request to an ASGI application, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

T = TypeVar("T")
BEHIND = "from behind the middleware"


@dataclass
class Got:
    """What came back. Header names are lower case; a header sent twice keeps its last value here."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def passed_on(self) -> bool:
        return self.body == BEHIND.encode()


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """The application that a middleware under test wraps."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await PlainTextResponse(BEHIND)(scope, receive, send)


def call(
    app: ASGIApp, path: str = "/", *, method: str = "GET", headers: Mapping[str, str] | None = None, query: str = "", body: bytes = b""
) -> Got:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": _raw({"host": "course.test", **(headers or {})}),
        "server": ("course.test", 80),
        "client": ("127.0.0.1", 1),
    }
    return _outside_any_loop(_call(app, scope, body))


def knock(app: ASGIApp, headers: Mapping[str, str]) -> list[str]:
    """Ask for a websocket; the kinds of messages that came back."""
    said: list[str] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message["type"])

    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": _raw({"host": "course.test", **headers})}
    _outside_any_loop(_run(app(scope, receive, send)))
    return said


def until_it_stops(app: ASGIApp) -> list[Message]:
    """Start the application as a server does and stop it again; what it said."""
    asked = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said: list[Message] = []

    async def receive() -> Message:
        return next(asked)

    async def send(message: Message) -> None:
        said.append(message)

    _outside_any_loop(_run(app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)))
    return said


async def _call(app: ASGIApp, scope: Scope, body: bytes) -> Got:
    got = Got()
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        for message in asked:
            return message
        await asyncio.Event().wait()  # nobody goes away before the answer
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            got.status = message["status"]
            got.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            got.body += message.get("body", b"")

    await app(scope, receive, send)
    return got


def _outside_any_loop(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser tests keep an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _run(work: Awaitable[None]) -> None:
    await work


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
