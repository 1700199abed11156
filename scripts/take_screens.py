"""Take pictures of the pages as somebody in the middle of the course sees them: `python scripts/take_screens.py`.

Starts a server on a temporary folder, walks through it as a learner and writes `docs/screens/PAGE-WIDTH-THEME.png`, at a
desk and on a phone, light and dark. Names of pages as arguments take only those.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from course.learning.outline import CellKind  # noqa: E402
from tests.e2e.acts import PATIENCE, open_page, settled, switch_to  # noqa: E402
from tests.e2e.answering import content, question_shown, samples  # noqa: E402
from tests.e2e.browsers import launch  # noqa: E402
from tests.e2e.conftest import DESK, PHONE  # noqa: E402
from tests.e2e.notebook import answer_here, cell, open_module, position  # noqa: E402
from tests.e2e.quiz import begin, flag, give, hand_in, look_through, on_question, open_quiz, to_next  # noqa: E402
from tests.e2e.servers import Server  # noqa: E402

OUT: Final = ROOT / "docs" / "screens"
SIZES: Final = (DESK, PHONE)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
COLOURS: Final = 128
"""Of a picture's palette: enough for flat colour and the edges of letters."""


@dataclass(frozen=True, slots=True)
class Shot:
    """`go` brings the page there, at the size and in the theme that are set."""

    name: str
    go: Callable[[Page, Server], object]


def main(names: Sequence[str]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data").start()
        browser = launch(playwright)
        context = browser.new_context(viewport=DESK, reduced_motion="reduce")
        page = context.new_page()
        try:
            take(page, server, [shot for shot in BEFORE if not names or shot.name in names])
            results = study(page, server)
            take(page, server, [shot for shot in during(results) if not names or shot.name in names])
        finally:
            browser.close()
            server.stop()
    print(f"{sum(path.stat().st_size for path in OUT.glob('*.png')) / 1e6:.1f} MB in {OUT}")
    return 0


def take(page: Page, server: Server, shots: Sequence[Shot]) -> None:
    for shot in shots:
        for size in SIZES:
            page.set_viewport_size(size)
            shot.go(page, server)
            for scheme in SCHEMES:
                switch_to(page, scheme)
                page.locator(f"#k-page.k-{scheme}").wait_for(state="attached", timeout=PATIENCE)
                settled(page)
                page.mouse.move(0, 0)
                page.wait_for_timeout(300)
                path = OUT / f"{shot.name}-{size['width']}-{scheme}.png"
                page.screenshot(path=path)
                shrink(path)
                print(path.name)
            switch_to(page, "light")


def study(page: Page, server: Server) -> str:
    """Read module 1 and pass its checkpoint with slips, take the opening test, begin module 2. The address of the result."""
    page.set_viewport_size(DESK)
    first, second = content().course.modules[:2]
    begin(page, server, "pretest")
    for number in range(1, 21):
        give(page, lambda question, number=number: samples(question).wrong[0] if number % 3 else samples(question).right[0])  # type: ignore[misc]
        if number < on_question(page)[1]:
            to_next(page)
    look_through(page)
    hand_in(page)
    read(page, server, first.id, slips={1}, until=99)
    begin(page, server, first.id)
    total = on_question(page)[1]
    for number in range(1, total + 1):
        give(page, lambda question, number=number: samples(question).wrong[0] if number in (2, 5) else samples(question).right[0])  # type: ignore[misc]
        if number == 5:
            flag(page)
        if number < total:
            to_next(page)
    look_through(page)
    hand_in(page)
    result = page.url
    read(page, server, second.id, slips={2}, until=9)
    begin(page, server, "recognition")
    for _ in range(4):
        give(page)
        to_next(page)
    flag(page)
    return result.removeprefix(server.url)


def read(page: Page, server: Server, module: str, *, slips: set[int], until: int) -> None:
    """Go through a module with its questions; the nth question is answered wrong for every n in `slips`."""
    open_module(page, server, module)
    asked = 0
    while True:
        at, total = position(page)
        if cell(page, at).get_by_role("button", name="Check the answer").count():
            asked += 1
            question = question_shown(cell(page, at))
            answer_here(page, at, samples(question).wrong[0] if asked in slips else None, right=asked not in slips)
        if at >= min(total, until):
            return
        page.locator(".st-key-next button").click()
        expect(page.locator(".k-pos")).to_contain_text(f"Cell {at + 1} of", timeout=PATIENCE)
        settled(page)


def at(address: str) -> Callable[[Page, Server], object]:
    return lambda page, server: open_page(page, f"{server.url}/{address}")


def opened(button: str) -> Callable[[Page, Server], object]:
    """The notebook with a panel open."""

    def go(page: Page, server: Server) -> None:
        open_module(page, server, content().course.modules[1].id)
        page.get_by_role("button", name=button, exact=True).click()
        settled(page)

    return go


def handing_in(page: Page, server: Server) -> None:
    open_quiz(page, server, "recognition")
    if page.get_by_role("button", name="Hand in", exact=True).count():
        look_through(page)


BEFORE: Final = (Shot("home-guest", at("")), Shot("progress-guest", at("progress")), Shot("quiz-before", at("quiz?q=recognition")))


def during(result: str) -> tuple[Shot, ...]:
    first, second = content().course.modules[:2]
    figure = next(c.id for c in first.cells if c.figure and not c.clinician)
    asked = [c.id for c in first.cells if c.question]
    case = next(c.id for c in first.cells if c.kind is CellKind.CASE)
    drawn = {c.figure.kind: f"module?m={m.id}&cell={c.id}" for m in content().course.modules for c in m.cells if c.figure}
    return (
        Shot("home", at("")),
        Shot("module", at(f"module?m={second.id}")),
        Shot("module-figure", at(f"module?m={first.id}&cell={figure}")),
        Shot("module-answered", at(f"module?m={first.id}&cell={asked[0]}")),
        Shot("module-case", at(f"module?m={first.id}&cell={case}")),
        Shot("module-timeline", at(drawn["timeline"])),
        Shot("module-body", at(drawn["body"])),
        Shot("module-contents", opened("Contents")),
        Shot("help-open", opened("Help")),
        Shot("quiz", at("quiz?q=recognition")),
        Shot("quiz-handing-in", handing_in),
        Shot("result", at(result.lstrip("/"))),
        Shot("progress", at("progress")),
        Shot("search", at("search?q=bladder")),
        Shot("glossary", at("glossary")),
        Shot("references", at("references")),
        Shot("about", at("about")),
        Shot("you", at("you")),
        Shot("help", at("help")),
    )


def shrink(path: Path) -> None:
    """Keep a palette only. Without Pillow the picture stays as it is."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        flat = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
