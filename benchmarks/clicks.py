"""What a click costs the server, as a multiple of a click on a page with one button.

Both run as servers of their own with the same config.toml and middleware; visitors speak the websocket protocol. What counts
is the processor time of the server process, its idle ticking taken off. A round clicks every scene and the bare page.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import BARE, OURS, Server, serving
from benchmarks.driving.visitor import Visitor
from benchmarks.measurement import Measurement, ratio

ROUNDS: Final = 15
WARM_UP: Final = 2
CLICKS: Final = 4
RERUN: Final = 6.0
"""A click that draws the whole page again may cost so many bare clicks."""
FRAGMENT: Final = 3.0
"""A click that draws only its part of the page."""

MODULE: Final = ("module", "m=pharmacology")
QUESTION: Final = "check-busy-channels"
ORDER: Final = "check-dopamine-steps"
Click = Callable[[], None]


def measure() -> Iterator[Measurement]:
    with (
        TemporaryDirectory() as folder,
        serving(BARE, Path(folder) / "bare") as bare,
        serving(OURS, Path(folder) / "ours") as ours,
        Visitor(bare) as stranger,
    ):
        stranger.visit()
        costs = _rounds(bare, stranger, ours)
    for name, limit in LIMITS.items():
        yield ratio(name, costs[name], costs["bare"], limit)


LIMITS: Final[Mapping[str, float | None]] = {
    "home, drawn again": RERUN,
    "module, next cell at the start": RERUN,
    "module, next cell with all open": RERUN,
    "module, opened where all cells are open": None,
    "notebook question, answer checked": RERUN,
    "notebook question, answer again": FRAGMENT,
    "notebook question, item moved": FRAGMENT,
    "quiz, answer saved": FRAGMENT,
    "quiz, next question": FRAGMENT,
}


def _rounds(bare: Server, stranger: Visitor, ours: Server) -> dict[str, list[float]]:
    costs: dict[str, list[float]] = defaultdict(list)
    idle = {server.pid: _idle(server) for server in (bare, ours)}
    for number in range(WARM_UP + ROUNDS):
        found = {"bare": _cost(bare, idle[bare.pid], [lambda: stranger.press("click")] * CLICKS)}
        for name, clicks in _scenes(ours):
            found[name] = _cost(ours, idle[ours.pid], clicks)
        if number >= WARM_UP:
            for name, cost in found.items():
                costs[name].append(cost)
    return costs


def _scenes(ours: Server) -> Iterator[tuple[str, list[Click]]]:
    """A new visitor goes through the course; what is yielded is clicked and counted, what stands between is not."""
    with Visitor(ours) as v:
        v.visit()
        v.visit(*MODULE)
        yield "module, next cell at the start", [lambda: v.press("next")] * CLICKS
        for _ in range(60):
            if not v.has("to_checkpoint"):
                v.press("next")
        yield "module, next cell with all open", [lambda: v.press("next")] * CLICKS
        yield "module, opened where all cells are open", [lambda: v.visit(*MODULE)]
        yield "notebook question, item moved", [lambda: v.press(f"q_{ORDER}_0_down_0")] * CLICKS
        v.mark(v.id(f"q_{QUESTION}_0"), 1)
        yield "notebook question, answer checked", [lambda: v.press(f"check_{QUESTION}")]
        yield "notebook question, answer again", [lambda: v.press(f"again_{QUESTION}")]
        v.visit()
        yield "home, drawn again", [v.visit] * CLICKS
        v.visit("quiz", "q=pharmacology")
        v.press("begin")
        yield "quiz, next question", [lambda: v.press("nextq")] * CLICKS
        radio = _first_radio(v)
        yield "quiz, answer saved", [partial(v.choose, radio, n % 2) for n in range(CLICKS)]


def _first_radio(v: Visitor) -> str:
    """Go to the first question with radio buttons; which one it is was drawn."""
    for _ in range(CLICKS):
        v.press("back")
    for _ in range(40):
        if found := v.shown(r"a\d+_\d+_0", "radio"):
            return found[0]
        v.press("nextq")
    raise LookupError("no question of the quiz has radio buttons")


def _cost(server: Server, idle: float, clicks: list[Click]) -> float:
    """Milliseconds of processor time a click."""
    began, before = time.monotonic(), server.cpu()
    for click in clicks:
        click()
    time.sleep(0.05)  # The script's thread ends after its last message.
    spent = server.cpu() - before - idle * (time.monotonic() - began)
    return spent * 1000 / len(clicks)


def _idle(server: Server) -> float:
    """Processor seconds a second with nobody clicking."""
    time.sleep(0.5)
    before = server.cpu()
    time.sleep(1.5)
    return (server.cpu() - before) / 1.5
