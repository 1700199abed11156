"""Staying well after treatment has worked: a teaching curve through a published median."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, percent
from course.simulation.parameters import choice, number

MEDIAN: Final = 273.0
"""Days until half of the stable remitters on placebo had relapsed (SUSTAIN-1)."""
HAZARD_RATIO: Final = 0.49
INTERVAL: Final = (0.29, 0.84)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whom, and how long after."""

    group: str = choice("remitters", "Group", {"remitters": "Stable remitters"})
    days: float = number(273, "Days of follow-up", 0, 730, 1, "days")


class Relapse(Simulation[FollowUp]):
    """Share still well by days of follow-up, with esketamine carried on and with placebo.

    Exponential through the published placebo median of 273 days for stable remitters (SUSTAIN-1); the other curve is that one
    to the power of the hazard ratio .49 (.29-.84). A teaching curve, not the trial's Kaplan-Meier.
    """

    name = "relapse"
    title = "Staying well: a ratio drawn as a curve"
    audience = Audience.LAY
    basis = Basis.PARTLY
    sources = ("daly2019",)
    checked = "The median of 273 days and the ratio of .49 (.29 to .84) are as an abstract of the trial gives them. The shape between is an assumption."
    leaves_out = (
        "The trial's own curve, with its steps and the people who left: the smooth shape is an assumption. It shows only people who were "
        "already stably well on esketamine, which is not everybody who begins, and no harms."
    )
    parameters: ClassVar[type[FollowUp]] = FollowUp
    columns = (
        Column("days", "Days of follow-up", "days"),
        Column("esketamine", "Esketamine carried on", "share", 1.0),
        Column("placebo", "Placebo", "share", 1.0),
    )
    measures = (
        Measure("esketamine", "Still well with esketamine", "share", 0, 1, "esketamine"),
        Measure("placebo", "Still well with placebo", "share", 0, 1, "placebo"),
    )
    chart = Chart.LINES
    cursor = "days"

    def run(self, given: FollowUp) -> Outcome:
        days = np.linspace(0, 730, 147)
        here = np.array([float(given.days)])
        high, low = (well(days, ratio) for ratio in INTERVAL)
        return Outcome(
            {"days": days, "esketamine": well(days, HAZARD_RATIO), "placebo": well(days, 1.0)},
            {"esketamine": float(well(here, HAZARD_RATIO)[0]), "placebo": float(well(here, 1.0)[0])},
            {"esketamine": (low, high)},
        )

    def words(self, given: FollowUp, outcome: Outcome) -> str:
        here = np.array([float(given.days)])
        low, high = (float(well(here, ratio)[0]) for ratio in reversed(INTERVAL))
        return (
            f"After {given.days:g} days the curve has {percent(float(outcome.summary['placebo']))} still well with placebo and "
            f"{percent(float(outcome.summary['esketamine']))} with esketamine carried on; with the interval of the ratio, "
            f"{percent(low)} to {percent(high)}."
        )


def well(days: Floats, ratio: float) -> Floats:
    """Share still well after these days, at this ratio of hazards to placebo."""
    return np.exp(-math.log(2) / MEDIAN * ratio * days)
