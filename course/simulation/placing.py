"""How a notebook places a simulation: where its parameters begin, which of them the reader may move, what is predicted first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.simulation.base import Simulation


class Kind(StrEnum):
    """What is predicted; the word an author writes."""

    NUMBER = "number"
    """A value of the summary."""
    POINT = "point"
    """Where a curve is highest: how far along, and how high."""
    CURVE = "curve"
    """The height of a curve at three places."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is predicted about which measure (number) or column (point, curve)."""

    kind: Kind
    about: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A parameter that the reader may move; a number between `low` and `high`."""

    name: str
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A simulation in a cell. `begin` holds the parameters that do not begin at their defaults.

    `asked` is what the reader commits first; None where a question does that, or nothing.
    """

    name: str
    begin: Mapping[str, str]
    offered: tuple[Offered, ...]
    asked: Asked | None


def problem(model: Simulation[Any], asked: Asked) -> str:
    """Why this cannot be asked of the simulation; "" when it can."""
    if asked.kind is Kind.NUMBER:
        measure = model.measure(asked.about)
        if measure is None:
            return f"`{model.name}` has no number `{asked.about}` in its summary"
        return "" if measure.high is not None else f"`{asked.about}` is no number that can be predicted"
    column = model.column(asked.about)
    if column is None or column is model.columns[0]:
        return f"`{model.name}` has no curve `{asked.about}`"
    return "" if column.top is not None else f"`{asked.about}` has no fixed axis to draw on"
