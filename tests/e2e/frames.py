"""What passed between a page and the server: every websocket frame and every request, to prove that something did not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, WebSocket

LONG_ENOUGH = 24
"""Characters that make a piece of an authored text its own."""


@dataclass
class Traffic:
    """Everything sent and received since `listen`, across reloads."""

    sent: list[bytes] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    @classmethod
    def listen(cls, page: Page) -> Traffic:
        """Start before the page is opened."""
        found = cls()
        page.on("websocket", found._opened)
        page.on("request", found._asked)
        return found

    def reached_the_server(self, text: str) -> bool:
        return _in(self.sent, text)

    def reached_the_browser(self, text: str) -> bool:
        """Whether these words came by websocket, whatever markup stood between them."""
        return _in(self.received, text)

    def leaked(self, texts: dict[str, str]) -> list[str]:
        """Names of those authored texts of which a piece of its own came to the browser."""
        everything = b"\n".join(self.received)
        return [name for name, text in texts.items() if any(p.encode() in everything for p in pieces(text))]

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(_bytes(frame)))
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def _asked(self, request: Request) -> None:
        self.sent.append(request.url.encode() + b"\n" + (request.post_data_buffer or b""))


def pieces(text: str) -> list[str]:
    """The stretches of an authored text without markup, quotes or line ends: what every way of rendering it leaves alone."""
    return [p.strip() for p in re.split(r"[^\w ,.;:()-]+", text) if len(p.strip()) >= LONG_ENOUGH]


def _in(frames: list[bytes], text: str) -> bool:
    return any(text.encode() in frame for frame in frames)


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
