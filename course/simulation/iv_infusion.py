"""A slow infusion into a vein, in five published models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, grid
from course.simulation.compartments import System, flows, micro_rates
from course.simulation.parameters import choice, number

_ROWS: Final = 241


@dataclass(frozen=True, slots=True)
class Kinetics:
    """A published model: rates per minute, central volume in litres per kilogram of body weight or in litres.

    `metabolite` is the compartment that stands for norketamine, and its volume in litres.
    """

    label: str
    source: str
    volume: float
    rates: Floats
    per_kg: bool = True
    metabolite: tuple[int, float] | None = None


def _fanta() -> Floats:
    """Three rooms for S-ketamine and two for norketamine, per minute; all that is cleared becomes norketamine."""
    rates = np.zeros((5, 5))
    rates[:3, :3] = flows(133, 95.2, [(187, 23.2), (98.8, 157)])
    rates[3:, 3:] = flows(98.6, 57.7, [(160, 42.8)])
    rates[3, 0] = 95.2 / 133
    return rates / 60


KINETICS: Final[Mapping[str, Kinetics]] = {
    "clements1981": Kinetics("Clements and Nimmo 1981: venous blood", "clements1981", 1.7522, micro_rates(0.0109, [(0.0186, 0.0137)])),
    "domino1982": Kinetics("Domino 1982", "domino1982", 0.063, micro_rates(0.4381, [(0.5921, 0.2470), (0.5900, 0.0146)])),
    "fanta2015": Kinetics("Fanta 2015: S-ketamine and norketamine", "fanta2015", 133, _fanta(), per_kg=False, metabolite=(3, 98.6)),
    "simons2022": Kinetics(
        "Simons 2022: S-ketamine, arterial blood", "simons2022", 11.6, flows(11.6, 1.48, [(39.0, 2.43), (174, 1.21)]), per_kg=False
    ),
    "hijazi2003": Kinetics("Hijazi 2003: intensive care", "hijazi2003", 1.08, micro_rates(0.0333, [(0.0088, 0.0030)])),
}


@dataclass(frozen=True, slots=True)
class Infusion:
    """What is given and to whom."""

    dose_mg_per_kg: float = number(0.5, "Dose", 0.1, 0.5, 0.05, "mg/kg", "of the substance that the model describes")
    minutes: float = number(40, "Length of the infusion", 2, 100, 1, "min")
    weight_kg: float = number(70, "Body weight", 45, 120, 1, "kg", "changes the level only in models whose volumes do not scale with it")
    model: str = choice(
        "clements1981", "Which study?", {name: k.label for name, k in KINETICS.items()}, "each is drawn alone; they are never averaged"
    )
    hours: float = number(6, "Hours shown", 1, 72, 1, "h")


class IvInfusion(Simulation[Infusion]):
    """Plasma levels during and after an infusion, by one of five published compartment models.

    dx/dt = A x + u with a constant inflow; the level is the amount in the central room over its volume. Exact, by
    eigendecomposition. `cmax_ng_per_ml` is the level at the end of the infusion.
    """

    name = "iv_infusion"
    title = "An infusion, in five studies"
    audience = Audience.CLINICIAN
    basis = Basis.LITERATURE
    sources = ("clements1981", "domino1982", "fanta2015", "simons2022", "hijazi2003", "kamp2020")
    checked = (
        "The peaks lie in or near the range published for this infusion, 100 to 250 ng/mL; Simons 2022, in arterial blood, lies above it. "
        "A meta-analysis (Kamp 2020) gives 200 to 304 L for the volume and 69 to 90 L/h for the clearance."
    )
    leaves_out = (
        "How people differ: each curve is the typical person of one study, and arterial and venous blood do not read the same. Effects, safety, "
        "illness and other medicines are not in it. What is cleared counts as the same weight of norketamine. It is no guide to dosing."
    )
    parameters: ClassVar[type[Infusion]] = Infusion
    columns = (
        Column("time_min", "Minutes after the start", "min"),
        Column("ketamine_ng_per_ml", "Ketamine", "ng/mL"),
        Column("norketamine_ng_per_ml", "Norketamine", "ng/mL"),
    )
    measures = (
        Measure("cmax_ng_per_ml", "Highest level of ketamine", "ng/mL", 0, 500, "ketamine_ng_per_ml"),
        Measure("tmax_min", "Minute of the highest level", "min", 0, 360, "time_min"),
    )
    chart = Chart.LINES

    def run(self, given: Infusion) -> Outcome:
        model = KINETICS[given.model]
        times = grid(0, 60 * given.hours, _ROWS, given.minutes)
        columns = {"time_min": times, **levels(given, times)}
        peak = levels(given, np.array([float(given.minutes)]))["ketamine_ng_per_ml"][0]
        assert model.metabolite is None or "norketamine_ng_per_ml" in columns
        return Outcome(columns, {"cmax_ng_per_ml": float(peak), "tmax_min": float(given.minutes)})

    def words(self, given: Infusion, outcome: Outcome) -> str:
        level = outcome.columns["ketamine_ng_per_ml"]
        peak = float(outcome.summary["cmax_ng_per_ml"])
        told = f"Ketamine rises to {peak:.0f} ng/mL at minute {given.minutes:g}, when the infusion ends"
        later = outcome.columns["time_min"][(outcome.columns["time_min"] > given.minutes) & (level <= peak / 2)]
        told += f", and has fallen to half of that by minute {later[0]:.0f}" if later.size else ""
        told += f"; after {given.hours:g} hours it is {level[-1]:.0f} ng/mL." if 60 * given.hours >= given.minutes else "."
        if "norketamine_ng_per_ml" in outcome.columns:
            other = outcome.columns["norketamine_ng_per_ml"]
            told += (
                f" Norketamine is highest at minute {outcome.columns['time_min'][int(other.argmax())]:.0f}, with {other.max():.0f} ng/mL."
            )
        return told


def levels(given: Infusion, times: Floats) -> dict[str, Floats]:
    """Plasma levels (ng/mL) at these minutes: ketamine, and norketamine where the model has it."""
    model = KINETICS[given.model]
    system = _system(given.model)
    milligrams = given.dose_mg_per_kg * given.weight_kg
    inflow = np.zeros(len(model.rates))
    inflow[0] = milligrams / given.minutes
    amounts = system.infusion(times, inflow, given.minutes)
    litres = model.volume * (given.weight_kg if model.per_kg else 1.0)
    found = {"ketamine_ng_per_ml": 1000 * amounts[:, 0] / litres}
    if model.metabolite is not None:
        room, volume = model.metabolite
        found["norketamine_ng_per_ml"] = 1000 * amounts[:, room] / volume
    return found


@lru_cache(maxsize=len(KINETICS))
def _system(model: str) -> System:
    return System.of(KINETICS[model].rates)
