"""One request to an ASGI application, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    await PlainTextResponse(BEHIND)(scope, receive, send)


def call(app: ASGIApp, path: str = "/", *, method: str = "GET", headers: Mapping[str, str] | None = None, query: str = "") -> Got:
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
        "headers": [(name.lower().encode(), value.encode()) for name, value in {"host": "course.test", **(headers or {})}.items()],
        "server": ("course.test", 80),
        "client": ("127.0.0.1", 1),
    }
    return asyncio.run(_call(app, scope))


async def _call(app: ASGIApp, scope: Scope) -> Got:
    got = Got()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            got.status = message["status"]
            got.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            got.body += message.get("body", b"")

    await app(scope, receive, send)
    return got
