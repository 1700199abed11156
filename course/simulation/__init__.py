"""Simulations: pure functions of numpy. One is a file in this folder and a line in `SIMULATIONS`; it is imported when it is used."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from course.diagnostics import did_you_mean
from course.errors import NotFound

if TYPE_CHECKING:
    from course.simulation.base import Simulation


@dataclass(frozen=True, slots=True)
class Listed:
    """A simulation's name, which is also that of its file, and the class in it."""

    name: str
    holds: str


SIMULATIONS: Final[tuple[Listed, ...]] = (
    Listed("iv_infusion", "IvInfusion"),
    Listed("relative_curves", "RelativeCurves"),
    Listed("nasal_esketamine", "NasalEsketamine"),
    Listed("occupancy", "Occupancy"),
    Listed("magnesium_block", "MagnesiumBlock"),
    Listed("trapping", "Trapping"),
    Listed("disinhibition", "Disinhibition"),
    Listed("tolerance", "Tolerance"),
    Listed("urinary_symptoms", "UrinarySymptoms"),
    Listed("criteria", "Criteria"),
    Listed("relapse", "Relapse"),
)


@lru_cache(maxsize=len(SIMULATIONS))
def simulation(name: str) -> Simulation[Any]:
    """The simulation with this name. Raises NotFound with the nearest name."""
    found = next((listed for listed in SIMULATIONS if listed.name == name), None)
    if found is None:
        hint = did_you_mean(name, names())
        raise NotFound(f"There is no simulation `{name[:40]}`; {hint}" if hint.endswith("?") else f"There is no simulation `{name[:40]}`.")
    made: Simulation[Any] = getattr(importlib.import_module(f"course.simulation.{found.name}"), found.holds)()
    return made


def names() -> tuple[str, ...]:
    """Every simulation's name, in order."""
    return tuple(listed.name for listed in SIMULATIONS)
