"""Use-dependent block: a drug that gets in, and out, only through an open channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, percent
from course.simulation.compartments import System
from course.simulation.parameters import number

OPENING: Final = 46.5
CLOSING: Final = 91.6
BLOCKING: Final = 3.0
"""Per micromolar and second."""
UNBLOCKING: Final = 2.0
PULSE: Final = 0.05
"""Seconds for which glutamate is present."""
_CLOSED, _OPEN, _OPEN_BLOCKED, _CLOSED_BLOCKED = range(4)


@dataclass(frozen=True, slots=True)
class Activity:
    """How much drug is there, and how often the channel is called upon."""

    micromolar: float = number(1, "Drug around the channel", 0, 10, 0.5, "µM")
    pulses: int = number(30, "Number of pulses", 1, 60, 1, whole=True)
    rate_hz: float = number(0.1, "Pulses a second", 0.05, 1, 0.05)


class Trapping(Simulation[Activity]):
    """Current through a channel, pulse by pulse, relative to no drug.

    States: closed, open, open and blocked, closed and blocked. Opening 46.5/s while glutamate is present and 0 between
    pulses, closing 91.6/s, block 3 per micromolar and second, unblock 2/s; the gate moves alike on the blocked channel.
    Pulses of 50 ms; the current is the mean share of open channels in the pulse. The constants are illustrative.
    """

    name = "trapping"
    title = "Block that needs activity"
    audience = Audience.LAY
    basis = Basis.ILLUSTRATIVE
    sources = ("trap2020",)
    checked = "Nothing to check: the constants are chosen. That ketamine is a trapping blocker is from the source."
    leaves_out = (
        "Real receptors, which have more states than four, and magnesium. The rates are chosen to show the principle: between pulses "
        "the gate is shut, so nothing gets in and nothing washes out."
    )
    parameters: ClassVar[type[Activity]] = Activity
    columns = (Column("pulse", "Pulse", "pulse"), Column("relative_current", "Current", "share", 1.0))
    measures = (
        Measure("first", "Current at the first pulse", "share", 0, 1, "relative_current"),
        Measure("last", "Current at the last pulse", "share", 0, 1, "relative_current"),
    )
    chart = Chart.POINTS

    def run(self, given: Activity) -> Outcome:
        relative = currents(given) / currents(Activity(0.0, given.pulses, given.rate_hz))
        return Outcome(
            {"pulse": np.arange(1.0, given.pulses + 1), "relative_current": relative},
            {"first": float(relative[0]), "last": float(relative[-1])},
        )

    def words(self, given: Activity, outcome: Outcome) -> str:
        first, last = float(outcome.summary["first"]), float(outcome.summary["last"])
        return f"At the first pulse {percent(first)} of the current is left, and at pulse {given.pulses} it is {percent(last)}."


def currents(given: Activity) -> Floats:
    """Mean share of open channels in each pulse."""
    during, between = System.of(rates(OPENING, given.micromolar)), System.of(rates(0.0, given.micromolar))
    mean, over = during.mean(PULSE)[_OPEN], between.step(1 / given.rate_hz - PULSE) @ during.step(PULSE)
    state = np.zeros(4)
    state[_CLOSED] = 1.0
    found = np.empty(given.pulses)
    for pulse in range(given.pulses):
        found[pulse] = mean @ state
        state = over @ state
    return found


def rates(opening: float, micromolar: float) -> Floats:
    """Transitions per second; each column sums to 0, as channels are neither made nor lost."""
    out = np.zeros((4, 4))
    for start, end, rate in (
        (_CLOSED, _OPEN, opening),
        (_OPEN, _CLOSED, CLOSING),
        (_OPEN, _OPEN_BLOCKED, BLOCKING * micromolar),
        (_OPEN_BLOCKED, _OPEN, UNBLOCKING),
        (_OPEN_BLOCKED, _CLOSED_BLOCKED, CLOSING),
        (_CLOSED_BLOCKED, _OPEN_BLOCKED, opening),
    ):
        out[end, start] += rate
        out[start, start] -= rate
    return out
