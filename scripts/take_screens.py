"""Takes the pictures of docs/screens/ from a course that is started for it: `python scripts/take_screens.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.e2e.acts import open_page  # noqa: E402
from tests.e2e.browsers import launch  # noqa: E402
from tests.e2e.servers import Server  # noqa: E402

SCREENS = ROOT / "docs" / "screens"
PICTURES = {"home-1280-light": ("", 1280, 900, "light"), "module-1280-light": ("module?m=pharmacology", 1280, 900, "light")}


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        server = Server(Path(folder) / "data").start()
        try:
            for name, (address, width, height, scheme) in PICTURES.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
                open_page(page, f"{server.url}/{address}").screenshot(path=SCREENS / f"{name}.png")
        finally:
            server.stop()
            browser.close()


if __name__ == "__main__":
    main()
