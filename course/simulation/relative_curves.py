"""The lay view of how the body handles ketamine: shares of the peak, without any amount."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Measure, Outcome, Simulation, grid, percent
from course.simulation.iv_infusion import Infusion, levels
from course.simulation.parameters import number

HOURS: Final = 12
_ROWS: Final = 241
_FIXED: Final = Infusion(model="fanta2015", hours=HOURS)
"""One course of events; its size cancels out in the shares."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When to look."""

    minute: float = number(120, "Minutes after the start", 0, 60 * HOURS, 5, "min")


class RelativeCurves(Simulation[Moment]):
    """Ketamine and its product norketamine in blood after one slow dose under care, each as a share of its own peak.

    The model of Fanta 2015 with fixed parameters. It is linear, so the shares would be the same for any amount.
    """

    name = "relative_curves"
    title = "Ketamine and what it becomes"
    audience = Audience.LAY
    basis = Basis.LITERATURE
    sources = ("fanta2015",)
    checked = "The parameters are as cited elsewhere; computed again, the peak for the infusion of the trials lies in the published range."
    leaves_out = (
        "Feelings and safety: a low level in the blood does not mean that somebody may drive. It leaves out how people differ and what "
        "other substances do. Each curve is a share of its own peak, so the two cannot be compared in amount."
    )
    parameters: ClassVar[type[Moment]] = Moment
    columns = (
        Column("time_min", "Minutes after the start", "min"),
        Column("ketamine", "Ketamine", "share", 1.0),
        Column("norketamine", "Norketamine", "share", 1.0),
    )
    measures = (
        Measure("ketamine", "Ketamine left at this minute", "share", 0, 1, "ketamine"),
        Measure("norketamine", "Norketamine at this minute", "share", 0, 1, "norketamine"),
        Measure("ketamine_peak_min", "Minute of ketamine's peak", "min", 0, 60 * HOURS, "time_min"),
        Measure("norketamine_peak_min", "Minute of norketamine's peak", "min", 0, 60 * HOURS, "time_min"),
    )
    chart = Chart.LINES
    cursor = "minute"

    def run(self, given: Moment) -> Outcome:
        times = grid(0, 60 * HOURS, _ROWS, _FIXED.minutes)
        tops, late = _peaks()
        curves, here = levels(_FIXED, times), levels(_FIXED, np.array([float(given.minute)]))
        columns = {"time_min": times, **{name.removesuffix("_ng_per_ml"): curve / tops[name] for name, curve in curves.items()}}
        now = {name.removesuffix("_ng_per_ml"): float(level[0] / tops[name]) for name, level in here.items()}
        return Outcome(columns, {**now, "ketamine_peak_min": float(_FIXED.minutes), "norketamine_peak_min": late})

    def words(self, given: Moment, outcome: Outcome) -> str:
        ketamine, product = float(outcome.summary["ketamine"]), float(outcome.summary["norketamine"])
        return (
            f"Ketamine peaks at minute {outcome.summary['ketamine_peak_min']:.0f} and norketamine later, at minute "
            f"{outcome.summary['norketamine_peak_min']:.0f}. At minute {given.minute:g} ketamine stands at {percent(ketamine)} of its peak "
            f"and norketamine at {percent(product)} of its own."
        )


@lru_cache(maxsize=1)
def _peaks() -> tuple[dict[str, float], float]:
    """The highest level of each, and the minute of norketamine's, to a thousandth of a minute."""
    low, high = 0.0, 60.0 * HOURS
    for _ in range(5):
        times = np.linspace(low, high, 101)
        top = int(levels(_FIXED, times)["norketamine_ng_per_ml"].argmax())
        low, high = times[max(0, top - 1)], times[min(100, top + 1)]
    late = (low + high) / 2
    ends = {float(_FIXED.minutes): "ketamine_ng_per_ml", late: "norketamine_ng_per_ml"}
    return {name: float(levels(_FIXED, np.array([at]))[name][0]) for at, name in ends.items()}, float(late)
