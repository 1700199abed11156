"""The magnesium ion that plugs a resting NMDA receptor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from course.simulation.base import Audience, Basis, Chart, Column, Floats, Measure, Outcome, Simulation, percent
from course.simulation.parameters import number


@dataclass(frozen=True, slots=True)
class Membrane:
    """The voltage across the cell's wall, and magnesium around it."""

    voltage_mv: float = number(-70, "Voltage of the cell", -100, 60, 5, "mV", "about -70 at rest, higher when the cell is active")
    magnesium_mm: float = number(1, "Magnesium around the cell", 0, 2, 0.1, "mM")


class MagnesiumBlock(Simulation[Membrane]):
    """Share of NMDA channels that magnesium leaves open at a voltage.

    B(V) = 1 / (1 + [Mg] / 3.57 x exp(-0.062 V)), V in mV and magnesium in mM (Jahr and Stevens 1990).
    """

    name = "magnesium_block"
    title = "The plug that is there before any drug"
    audience = Audience.LAY
    basis = Basis.LITERATURE
    sources = ("jahr1990",)
    checked = "The equation is as it is commonly cited; at -70 mV and 1 mM it gives 4.4%."
    leaves_out = (
        "Time: the plug is taken to settle at once. It leaves out ketamine, glutamate and glycine, the receptor's subtypes, and "
        "everything else that a nerve cell does with its voltage."
    )
    parameters: ClassVar[type[Membrane]] = Membrane
    columns = (Column("voltage_mv", "Voltage of the cell, mV", "mV"), Column("unblocked", "Channels free of magnesium", "share", 1.0))
    measures = (Measure("unblocked", "Channels free of magnesium", "share", 0, 1, "unblocked"),)
    chart = Chart.LINES
    cursor = "voltage_mv"

    def run(self, given: Membrane) -> Outcome:
        voltages = np.linspace(-100, 60, 161)
        here = unblocked(np.array([float(given.voltage_mv)]), given.magnesium_mm)
        return Outcome({"voltage_mv": voltages, "unblocked": unblocked(voltages, given.magnesium_mm)}, {"unblocked": float(here[0])})

    def words(self, given: Membrane, outcome: Outcome) -> str:
        curve = outcome.columns["unblocked"]
        here = float(outcome.summary["unblocked"])
        return (
            f"At {given.voltage_mv:g} mV, {percent(here)} of the channels are free of magnesium. "
            f"The share rises from {percent(float(curve[0]))} at -100 mV to {percent(float(curve[-1]))} at 60 mV."
        )


def unblocked(voltages_mv: Floats, magnesium_mm: float) -> Floats:
    """Share of channels free of magnesium at these voltages."""
    return 1 / (1 + magnesium_mm / 3.57 * np.exp(-0.062 * voltages_mv))
