"""How much of the NMDA receptor a level in blood would occupy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, percent
from course.simulation.parameters import choice, number

KI_S: Final = 0.3
KI_R: Final = 1.4
"""Affinities of the two forms, micromolar (Ebert 1997, rat, in vitro)."""
MOLAR_MASS: Final = 237.73
"""Grams a mole."""
UNBOUND: Final = 0.56
"""Share in plasma that is not bound to protein."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level in blood, and of what."""

    ng_per_ml: float = number(185, "Level in plasma", 0, 2400, 5, "ng/mL")
    form: str = choice("racemic", "Form", {"racemic": "Racemic: half S, half R", "s": "S-ketamine alone"})


class Occupancy(Simulation[Level]):
    """Share of NMDA receptors occupied, by competition of the two forms for one site.

    (S/KS + R/KR) / (1 + S/KS + R/KR) with Ki of .3 and 1.4 micromolar for S and R (Ebert 1997, rat, in vitro), molar mass
    237.73 g/mol. `total` counts all ketamine in plasma, `free` only the unbound .56 of it.
    """

    name = "occupancy"
    title = "From a level in blood to the receptor"
    audience = Audience.CLINICIAN
    basis = Basis.LITERATURE
    sources = ("ebert1997",)
    checked = "The affinities are those of the paper's abstract; they were measured in rat tissue in a dish."
    leaves_out = (
        "The brain: plasma is not the fluid around a receptor. It leaves out that ketamine enters only open channels, the differences "
        "between rat and human receptors and between their subtypes, and every other target. Occupancy is not effect."
    )
    parameters: ClassVar[type[Level]] = Level
    columns = (
        Column("ng_per_ml", "Level in plasma, ng/mL", "ng/mL"),
        Column("total", "All of it counts", "share", 1.0),
        Column("free", "Only the unbound part", "share", 1.0),
    )
    measures = (
        Measure("total", "Occupied, if all counts", "share", 0, 1, "total"),
        Measure("free", "Occupied, if only the unbound part counts", "share", 0, 1, "free"),
    )
    chart = Chart.LINES
    cursor = "ng_per_ml"

    def run(self, given: Level) -> Outcome:
        levels = np.linspace(0, 2400, 241)
        here = np.array([float(given.ng_per_ml)])
        return Outcome(
            {"ng_per_ml": levels, "total": occupied(levels, given.form), "free": occupied(UNBOUND * levels, given.form)},
            {"total": float(occupied(here, given.form)[0]), "free": float(occupied(UNBOUND * here, given.form)[0])},
        )

    def words(self, given: Level, outcome: Outcome) -> str:
        total, free = float(outcome.summary["total"]), float(outcome.summary["free"])
        kind = "racemic ketamine" if given.form == "racemic" else "S-ketamine"
        return (
            f"At {given.ng_per_ml:g} ng/mL of {kind} the model has {percent(total)} of receptors occupied if all of it counts, "
            f"and {percent(free)} if only the unbound part does."
        )


def occupied(ng_per_ml: Floats, form: str) -> Floats:
    """Share of receptors occupied at these levels of what can bind."""
    micromolar = ng_per_ml / MOLAR_MASS
    s, r = (micromolar / 2, micromolar / 2) if form == "racemic" else (micromolar, 0.0 * micromolar)
    bound = s / KI_S + r / KI_R
    return bound / (1 + bound)
