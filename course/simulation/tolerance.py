"""How the same thing does less when it comes often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, percent
from course.simulation.parameters import number

HALF: Final = 0.5
LOSS: Final = 2.0
SPEED: Final = 0.12
"""How fast the body follows, a day."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How often, and for how long."""

    every_days: int = number(7, "Use every so many days", 1, 14, 1, doc="1 is daily, 7 weekly", whole=True)
    days: int = number(84, "Days shown", 7, 180, 7, "days", whole=True)


class Tolerance(Simulation[Pattern]):
    """The effect of the same exposure, day by day, in relative units.

    Each day E = C / (C + .5 (1 + 2 M)) and then M += .12 (E - M), with C = 1 on days of use (day 0 first) and else 0. The effect
    is 0 on other days. The constants are illustrative.
    """

    name = "tolerance"
    title = "The same, and less of it"
    audience = Audience.LAY
    basis = Basis.ILLUSTRATIVE
    sources = ("dsmpcp",)
    checked = "Nothing to check: the constants are chosen. That needing more is one of the criteria is from the source."
    leaves_out = (
        "Amounts, people and the reasons for using. Real tolerance has several causes with speeds of their own; this has one, chosen to show "
        "why frequency matters. Harm to the body is not in this model: a weaker effect protects from none of it."
    )
    parameters: ClassVar[type[Pattern]] = Pattern
    columns = (Column("day", "Day", "days"), Column("effect", "Effect", "share", 1.0))
    measures = (
        Measure("first", "Effect on the first day of use", "share", 0, 1, "effect"),
        Measure("last", "Effect on the last day of use", "share", 0, 1, "effect"),
    )
    chart = Chart.POINTS

    def run(self, given: Pattern) -> Outcome:
        found = effects(given.every_days, given.days)
        last = (given.days - 1) // given.every_days * given.every_days
        return Outcome({"day": np.arange(float(given.days)), "effect": found}, {"first": float(found[0]), "last": float(found[last])})

    def words(self, given: Pattern, outcome: Outcome) -> str:
        first, last = float(outcome.summary["first"]), float(outcome.summary["last"])
        often = "every day" if given.every_days == 1 else f"every {given.every_days} days"
        return (
            f"With use {often}, the effect goes from {percent(first)} of the most possible on the first day to {percent(last)} on the last."
        )


def effects(every_days: int, days: int) -> Floats:
    """The effect on each day; 0 on days without use."""
    found = np.zeros(days)
    adapted = 0.0
    for day in range(days):
        if day % every_days == 0:
            found[day] = 1 / (1 + HALF * (1 + LOSS * adapted))
        adapted += SPEED * (found[day] - adapted)
    return found
