"""How urinary symptoms go with the number of days of use, in 100 people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation
from course.simulation.parameters import number

ODDS: Final[Mapping[str, float]] = {"frequency": 1.016, "urgency": 1.014, "dysuria": 1.017, "haematuria": 1.019}
"""By how much the odds multiply for each further day of use in 180 (Pal 2013)."""
DATA_END: Final = 90
"""Beyond so many days the data are few."""


@dataclass(frozen=True, slots=True)
class Days:
    """Use in half a year, and where the curve begins."""

    days: float = number(30, "Days of use in 180", 0, 180, 1, "days")
    baseline: float = number(
        0.10, "Share with the symptom without use", 0.01, 0.5, 0.01, "share", "illustrative, one for all four symptoms"
    )


class UrinarySymptoms(Simulation[Days]):
    """Share of people with each of four urinary symptoms, by days of use in the last 180.

    The odds multiply for each further day by 1.016 (frequency), 1.014 (urgency), 1.017 (dysuria) and 1.019 (haematuria), as
    found in 18,802 people (Pal 2013). The share without use is illustrative. `beyond_data` warns above 90 days.
    """

    name = "urinary_symptoms"
    title = "Days of use and the bladder, in 100 people"
    audience = Audience.LAY
    basis = Basis.PARTLY
    sources = ("pal2013", "winst2012")
    checked = "The four ratios are those of the paper's abstract, from a survey of 18,802 people. The starting share is chosen."
    leaves_out = (
        "Anybody in particular: it speaks of 100 people, and is no forecast for one. The people answered a survey, so it cannot tell cause "
        "from company. The starting share is chosen, not measured; how long somebody has used, and what stopping does, are not in it."
    )
    parameters: ClassVar[type[Days]] = Days
    columns = (
        Column("days", "Days of use in 180", "days"),
        Column("frequency", "Going often", "share", 1.0),
        Column("urgency", "Urgency", "share", 1.0),
        Column("dysuria", "Pain on passing urine", "share", 1.0),
        Column("haematuria", "Blood in the urine", "share", 1.0),
    )
    measures = tuple(Measure(c.name, c.title, "people", 0, 1, c.name) for c in columns[1:])
    chart = Chart.PEOPLE

    def run(self, given: Days) -> Outcome:
        days = np.arange(0.0, 181.0)
        here = np.array([float(given.days)])
        summary: dict[str, float | bool] = {name: float(share(here, given.baseline, ratio)[0]) for name, ratio in ODDS.items()}
        return Outcome(
            {"days": days, **{name: share(days, given.baseline, ratio) for name, ratio in ODDS.items()}},
            {**summary, "beyond_data": given.days > DATA_END},
        )

    def words(self, given: Days, outcome: Outcome) -> str:
        told = ", ".join(f"{100 * float(outcome.summary[c.name]):.0f} with {_SPOKEN[c.name]}" for c in self.columns[1:])
        end = " That is further than most of the data reach." if outcome.summary["beyond_data"] else ""
        return f"Of 100 people who used on {given.days:g} days in 180, the model expects {told}.{end}"


_SPOKEN: Final = {
    "frequency": "frequent passing of urine",
    "urgency": "urgency",
    "dysuria": "pain on passing urine",
    "haematuria": "blood in the urine",
}


def share(days: Floats, baseline: float, ratio: float) -> Floats:
    """The share with the symptom after these days, when the odds grow by `ratio` a day from those of `baseline`."""
    odds = baseline / (1 - baseline) * ratio**days
    return odds / (1 + odds)
