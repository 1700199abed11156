"""Which Chromium, and how it is started: nothing that phones home, and nothing that needs a screen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS, headless=True)


def chromium(playwright: Playwright) -> str:
    """The path of a browser.

    Raises:
        RuntimeError: there is none; `make test` and `make e2e` install one.
    """
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    raise RuntimeError("No Chromium found. `make e2e` installs one; CHROMIUM=/path names one.")
