"""Taking a picture of a page: at a desk and on a phone, light and dark, kept small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Page

from course.settings import ROOT
from tests.e2e.acts import PATIENCE, open_page, settled, switch_to
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.servers import Server

OUT: Final = ROOT / "docs" / "screens"
Scheme = Literal["light", "dark"]
View = tuple[dict[str, int], Scheme]
ALL_VIEWS: Final[tuple[View, ...]] = ((DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark"))
TWO_VIEWS: Final[tuple[View, ...]] = ((DESK, "light"), (PHONE, "dark"))
COLOURS: Final = 128
"""Of a picture's palette: enough for flat colour and the edges of letters."""


@dataclass(frozen=True, slots=True)
class Shot:
    """`go` brings the page there, at the size that is set."""

    name: str
    go: Callable[[Page, Server], object]


def at(address: str) -> Callable[[Page, Server], object]:
    return lambda page, server: open_page(page, f"{server.url}/{address}")


def take(page: Page, server: Server, shots: Iterable[Shot], names: Sequence[str], views: Sequence[View] = ALL_VIEWS) -> None:
    """Take these shots, or those of them that are named."""
    for shot in shots:
        if names and shot.name not in names:
            continue
        for size, scheme in views:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            shot.go(page, server)
            switch_to(page, scheme)
            page.locator(f"#k-page.k-{scheme}").wait_for(state="attached", timeout=PATIENCE)
            settled(page)
            page.mouse.move(0, 0)
            page.wait_for_timeout(300)
            path = OUT / f"{shot.name}-{size['width']}-{scheme}.png"
            page.screenshot(path=path)
            shrink(path)
            print(path.name, flush=True)
        switch_to(page, "light")


def shrink(path: Path) -> None:
    """Keep a palette only. Without Pillow the picture stays as it is."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        flat = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)
