"""Start-up and the first load of the start page, against the page with one button through the same middleware.

Bytes are what a fresh Chromium received, by its own account: `raw` after decompression, `sent` over the wire.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import BARE, OURS, Server, serving
from benchmarks.measurement import Measurement

BYTES: Final = 1.4
"""The first load may be so many times that of the bare page, fonts included, where no chart is on screen."""
FLAGS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder, serving(BARE, Path(folder) / "bare") as bare, serving(OURS, Path(folder) / "ours") as ours:
        yield Measurement("time to ready, processor", ours.ready_cpu / bare.ready_cpu, "x", None, _seconds(ours.ready_cpu, bare.ready_cpu))
        yield Measurement(
            "time to ready, on the clock", ours.ready_wall / bare.ready_wall, "x", None, _seconds(ours.ready_wall, bare.ready_wall)
        )
        mine, theirs = _first_load(ours), _first_load(bare)
    for name, index, limit in (("first load, sent", 1, BYTES), ("first load, raw", 0, None)):
        yield Measurement(
            name, mine[index] / theirs[index], "x", limit, f"{mine[index] / 1000:,.0f} against {theirs[index] / 1000:,.0f} kB"
        )


def _seconds(ours: float, bare: float) -> str:
    return f"{ours:.2f} against {bare:.2f} s"


def _first_load(server: Server) -> tuple[int, int]:
    """Bytes of everything a new browser fetches until the page rests: after decompression, and as sent."""
    from playwright.sync_api import sync_playwright

    raw = sent = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(FLAGS))
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")

        def data(event: dict[str, int]) -> None:
            nonlocal raw
            raw += event["dataLength"]

        def finished(event: dict[str, int]) -> None:
            nonlocal sent
            sent += event["encodedDataLength"]

        session.on("Network.dataReceived", data)
        session.on("Network.loadingFinished", finished)
        page.goto(server.url, wait_until="networkidle", timeout=60_000)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        page.wait_for_timeout(1500)
        browser.close()
    return raw, sent


def _chromium() -> str | None:
    """The browser of the tests; None lets playwright use its own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
