"""Which Chromium, and how it is started: nothing that phones home, and nothing that needs a screen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.e2e.rest import WATCH

# A window without a screen needs no suggestions under its address bar: they are two pages of their own in each window and
# cost as much as the course. The browser obeys only the last such list, so what Playwright turns off is turned off again.
TURNED_OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(TURNED_OFF)}",
    "--js-flags=--no-opt --no-maglev",  # no page lives long enough to earn back what compiling its scripts twice costs
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS, headless=True)


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A cookie jar whose pages can be waited for, without movement."""
    context = browser.new_context(reduced_motion="reduce", **options)
    context.add_init_script(WATCH)
    return context


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
