"""What it costs the server when a slider of a simulation is moved: the model, its words, the figure, the message.

What counts is the processor time of the server process, its idle ticking taken off, for each simulation that everybody sees.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.driving.server import OURS, Server, serving
from benchmarks.driving.visitor import Visitor
from benchmarks.measurement import Measurement

MILLISECONDS: Final = 8.0
"""A redraw may cost so much, the figure included."""
ROUNDS: Final = 5
MOVES: Final = 10
SLIDERS: Final = (
    ("pharmacology", "sim-relative-curves", "minute", (60, 600, 5)),
    ("pharmacology", "sim-trapping", "pulses", (10, 60, 1)),
    ("use-contexts", "sim-relapse", "days", (0, 730, 1)),
    ("recognition", "sim-tolerance", "days", (7, 175, 7)),
    ("chronic-consequences", "sim-urinary", "days", (0, 180, 1)),
)
"""Module, cell, parameter, and where its slider goes: from, to, step."""


def measure() -> Iterator[Measurement]:
    with TemporaryDirectory() as folder, serving(OURS, Path(folder)) as server, Visitor(server) as visitor:
        visitor.visit()
        for module, cell, parameter, (low, high, step) in SLIDERS:
            visitor.visit("module", f"m={module}&cell={cell}")
            visitor.press(f"commit_{cell}")
            places = [low + (7 * step * n) % (high - low) for n in range(MOVES)]
            costs = [_cost(server, visitor, f"sim_{cell}_{parameter}", places) for _ in range(ROUNDS + 1)][1:]
            note = f"{visitor.bytes_received / 1000:.1f} kB in {visitor.messages} messages"
            yield Measurement(f"redraw, {cell.removeprefix('sim-')}", statistics.median(costs), "ms", MILLISECONDS, note)


def _cost(server: Server, visitor: Visitor, slider: str, places: list[int]) -> float:
    """Milliseconds of processor time a move."""
    idle = _idle(server)
    began, before = time.monotonic(), server.cpu()
    for place in places:
        visitor.slide(slider, place)
    time.sleep(0.05)  # The script's thread ends after its last message.
    return (server.cpu() - before - idle * (time.monotonic() - began)) * 1000 / len(places)


def _idle(server: Server) -> float:
    """Processor seconds a second with nobody clicking."""
    before = server.cpu()
    time.sleep(0.5)
    return (server.cpu() - before) / 0.5
