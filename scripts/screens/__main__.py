"""Take pictures of the pages: `python -m scripts.screens`, or with names of pages after it only those.

Starts servers on temporary folders, walks through the course as a learner, and through a demo as those who teach, lead and
administer; writes `docs/screens/PAGE-WIDTH-THEME.png`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.screens import learner, staff
from scripts.screens.camera import OUT
from tests.e2e.browsers import launch
from tests.e2e.servers import Server


def main(names: Sequence[str]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if not names or set(names) - set(staff.NAMES):
            served(learner.pictures, browser, names)
        if not names or set(names) & set(staff.NAMES):
            served(staff.pictures, browser, names)
        browser.close()
    print(f"{sum(path.stat().st_size for path in OUT.glob('*.png')) / 1e6:.1f} MB in {OUT}")
    return 0


def served(pictures: Callable[[Server, Browser, Sequence[str]], None], browser: Browser, names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            pictures(server, browser, names)
        finally:
            server.stop()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
