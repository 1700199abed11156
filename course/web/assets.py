"""Streamlit's page and scripts, sent compressed and once.

Streamlit leaves its static files uncompressed (Plotly's script alone is 4.7 MB). Each file is compressed on first use,
in a worker thread, and kept; names carry a content hash, so a browser asks once a year. The HTML page is Streamlit's own
with the course's title, icon and language, without the preload of a font the course does not use.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from threading import Lock

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json"}
NO_SCRIPT = "<h1>This course needs JavaScript</h1><p>Your browser has it switched off. Allow it for this page and load the page again.</p>"
_INLINE = re.compile(r"<script>(.*?)</script>", re.S)


@dataclass(frozen=True, slots=True)
class Page:
    """The one HTML document and the hashes its inline scripts need in the policy."""

    html: bytes
    script_hashes: tuple[str, ...]


def course_page(static: Path, *, title: str, language: str, stylesheet: str = "") -> Page:
    """Make the course's page from Streamlit's index.html. The stylesheet, an address, comes last, so that it has the last word.

    Raises:
        FileNotFoundError: Streamlit's static folder is not where it was.
    """
    html = (static / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<title>.*?</title>", f"<title>{escape(title)}</title>", html, count=1, flags=re.S)
    html = re.sub(r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*>", "", html, flags=re.S)
    html = re.sub(r"<link\s+rel=\"service-desc\"[^>]*>", "", html, flags=re.S)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    html = re.sub(r"<noscript>.*?</noscript>", f"<noscript>{NO_SCRIPT}</noscript>", html, flags=re.S)
    html = html.replace('href="./favicon.png"', 'type="image/svg+xml" href="./app/static/mark.svg"')
    html = html.replace('<html lang="en">', f'<html lang="{escape(language)}">')
    html = html.replace('href="./', 'href="/').replace('src="./', 'src="/')
    if stylesheet:
        html = html.replace("</body>", f'<link rel="stylesheet" href="{escape(stylesheet)}"></body>')
    hashes = tuple("sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in _INLINE.findall(html))
    return Page(html.encode(), hashes)


def address_of(file: Path) -> str:
    """Where a file of the app's own static folder is found; another content has another address, so that no browser shows an old one."""
    return f"/app/static/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client that sends this Accept-Encoding can unpack gzip (RFC 9110, section 12.5.3)."""
    for offer in accept_encoding.lower().split(","):
        coding, _, quality = offer.partition(";")
        if coding.strip() == "gzip":
            return not re.fullmatch(r"q=0(\.0*)?", quality.strip())
    return False


class CompressedAssets:
    """ASGI middleware: answers GET of Streamlit's scripts and the app's own static text, gzipped, from memory."""

    def __init__(self, app: ASGIApp, *, streamlit_static: Path, app_static: Path) -> None:
        self.app = app
        self.folders = {"/static/": streamlit_static / "static", "/app/static/": app_static}
        self._kept: dict[str, tuple[float, bytes]] = {}
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = next((p for p in self.folders if scope["path"].startswith(p)), None) if scope["type"] == "http" else None
        if prefix is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        found = _file(self.folders[prefix], scope["path"].removeprefix(prefix))
        if found is None:
            # Streamlit would answer a script of an older version with its HTML page.
            await PlainTextResponse("No such file", status_code=404)(scope, receive, send)
        elif found.suffix in _TYPES and takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            body = await anyio.to_thread.run_sync(self._compressed, found)
            await _response(found, scope["path"], body, head=scope["method"] == "HEAD")(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _compressed(self, file: Path) -> bytes:
        changed = file.stat().st_mtime
        kept = self._kept.get(str(file))
        if kept is not None and kept[0] == changed:
            return kept[1]
        with self._lock:
            kept = self._kept.get(str(file))
            if kept is not None and kept[0] == changed:
                return kept[1]
            body = gzip.compress(file.read_bytes(), 8, mtime=0)
            self._kept[str(file)] = (changed, body)
            return body


def _file(folder: Path, name: str) -> Path | None:
    try:
        file = (folder / name).resolve()
        return file if file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # a name too long, or with a null character in it
        return None


def _response(file: Path, path: str, body: bytes, *, head: bool) -> Response:
    hashed = path.startswith("/static/")
    return Response(
        b"" if head else body,
        media_type=_TYPES[file.suffix],
        headers={
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": "public, immutable, max-age=31536000" if hashed else "public, max-age=3600",
            **({"Content-Length": str(len(body))} if head else {}),
        },
    )
