"""Releasing a brake: how blocking an inhibitory cell can make another one fire more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation
from course.simulation.parameters import number


@dataclass(frozen=True, slots=True)
class Blocked:
    """How far the drug has gone."""

    occupancy: float = number(0.5, "Receptors blocked", 0, 1, 0.05, "share")


class Disinhibition(Simulation[Blocked]):
    """Firing of a driving cell and of the inhibitory cell that brakes it, at rest and relative to no drug.

    dE = -E + max(0, e (1 + .36 E) - 1.1 I), dI = -I + max(0, i (.35 + 1.2 E)), with i = 1 - .75 min(1, 1.6 occ) and
    e = 1 - .35 occ^2: the brake is more sensitive than the drive. At its steady state, in closed form. The constants are
    illustrative; the idea was studied in rats (Homayoun and Moghaddam 2007).
    """

    name = "disinhibition"
    title = "Releasing a brake"
    audience = Audience.LAY
    basis = Basis.ILLUSTRATIVE
    sources = ("homayoun2007", "disinh2023")
    checked = "Nothing to check: the constants are chosen. The idea is from the sources, and it is a hypothesis."
    leaves_out = (
        "A brain: it has two cells, no time and no place. It leaves out dopamine and the sensors that end its bursts. The numbers are "
        "chosen to show how a brake that lets go first can raise activity."
    )
    parameters: ClassVar[type[Blocked]] = Blocked
    columns = (
        Column("occupancy", "Receptors blocked", "share", 1.0),
        Column("pyramidal", "Driving cell", "times", 2.5, 1),
        Column("interneuron", "Braking cell", "times", 2.5, 1),
    )
    measures = (
        Measure("pyramidal", "Driving cell, compared with no drug", "times", 0, 2.5, "pyramidal", 1),
        Measure("interneuron", "Braking cell, compared with no drug", "times", 0, 2.5, "interneuron", 1),
    )
    chart = Chart.LINES
    cursor = "occupancy"

    def run(self, given: Blocked) -> Outcome:
        shares = np.linspace(0, 1, 101)
        drive, brake = _relative(shares)
        here = _relative(np.array([float(given.occupancy)]))
        return Outcome(
            {"occupancy": shares, "pyramidal": drive, "interneuron": brake},
            {"pyramidal": float(here[0][0]), "interneuron": float(here[1][0])},
        )

    def words(self, given: Blocked, outcome: Outcome) -> str:
        drive, brake = outcome.summary["pyramidal"], outcome.summary["interneuron"]
        top = outcome.columns["occupancy"][int(outcome.columns["pyramidal"].argmax())]
        return (
            f"With {100 * given.occupancy:.0f}% of receptors blocked, the braking cell fires {brake:.1f} times and the driving cell "
            f"{drive:.1f} times as much as without the drug. The driving cell is fastest at {100 * top:.0f}% and slower beyond."
        )


def steady_state(occupancy: Floats) -> tuple[Floats, Floats]:
    """Rates of the driving and the braking cell, in arbitrary units, where neither changes any more."""
    brake = 1 - 0.75 * np.minimum(1, 1.6 * occupancy)
    drive = 1 - 0.35 * occupancy**2
    pyramidal = (drive - 1.1 * 0.35 * brake) / (1 - 0.36 * drive + 1.1 * 1.2 * brake)
    return pyramidal, brake * (0.35 + 1.2 * pyramidal)


def _relative(occupancy: Floats) -> tuple[Floats, Floats]:
    (drive, brake), (drive_before, brake_before) = steady_state(occupancy), steady_state(np.zeros(1))
    return drive / drive_before, brake / brake_before
