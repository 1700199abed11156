"""What every simulation offers: parameters in, a table and a summary out, and all that must be said beside its figure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from course.simulation.parameters import Spec, read, specs

P = TypeVar("P")
Floats = NDArray[np.float64]

SHARES: Final = frozenset({"share", "people"})
"""Units of fractions of 1."""
MOST_ROWS: Final = 300
"""No table is longer."""


class Audience(StrEnum):
    """Who may see it. Whatever has a dose, a route or a body weight is for clinicians."""

    LAY = "lay"
    CLINICIAN = "clinician"


class Basis(StrEnum):
    """Where the constants come from; the badge beside the figure."""

    LITERATURE = "model from the literature"
    PARTLY = "partly illustrative"
    ILLUSTRATIVE = "illustrative"


class Chart(StrEnum):
    """How a result is drawn."""

    LINES = "lines"
    POINTS = "points"
    """As lines, with a mark for every row: things that happen one at a time."""
    PEOPLE = "people"
    """One hundred people a row, as many of them filled as the share in the summary says."""
    TALLY = "tally"
    """A count in words; there is no curve."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. The first one of a simulation is the horizontal axis.

    `unit` "share" is a fraction of 1, shown as a percentage, and "people" one that is shown as so many of 100. `top` is where the axis ends, the same for all parameters.
    """

    name: str
    title: str
    unit: str
    top: float | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the summary. With `high` it can be predicted, from `low` to `high`; `along` is the column on whose axis it lies."""

    name: str
    title: str
    unit: str
    low: float = 0.0
    high: float | None = None
    along: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result: columns of one length (at most 300 rows), and exact values that are not read off them.

    `bands` holds lower and upper ends for columns that are drawn with their uncertainty.
    """

    columns: Mapping[str, Floats]
    summary: Mapping[str, float | int | bool | str]
    bands: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)


class Simulation(ABC, Generic[P]):
    """A pure function with its words. The docstring of each says what is computed, from what, and is published."""

    name: ClassVar[str]
    title: ClassVar[str]
    audience: ClassVar[Audience]
    basis: ClassVar[Basis]
    sources: ClassVar[tuple[str, ...]]
    """Keys of `modules/references.yaml`."""
    checked: ClassVar[str]
    """How far the model was checked against what is published, in one or two sentences."""
    leaves_out: ClassVar[str]
    """What this model leaves out, in plain sentences."""
    parameters: ClassVar[type[Any]]
    """A frozen dataclass whose fields are declared with `course.simulation.parameters`."""
    columns: ClassVar[tuple[Column, ...]] = ()
    measures: ClassVar[tuple[Measure, ...]] = ()
    chart: ClassVar[Chart] = Chart.LINES
    cursor: ClassVar[str] = ""
    """The parameter that says where along the axis the summary is read; "" where none does."""
    named_person: ClassVar[bool] = False
    """It speaks of one fictional person by name and never stands alone."""

    @abstractmethod
    def run(self, given: P) -> Outcome:
        """The result for these parameters. The same ones give the same result."""

    @abstractmethod
    def words(self, given: P, outcome: Outcome) -> str:
        """The result in one to three sentences, for those who do not see the chart."""

    def read(self, given: Mapping[str, object]) -> P:
        """Parameters from text or numbers. Raises BadParameter with one sentence."""
        found: P = read(self.parameters, given)
        return found

    @property
    def specs(self) -> Mapping[str, Spec]:
        return specs(self.parameters)

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)

    def measure(self, name: str) -> Measure | None:
        return next((m for m in self.measures if m.name == name), None)


def grid(low: float, high: float, rows: int, *also: float) -> Floats:
    """`rows` evenly spaced values from `low` to `high`, and `also` the given ones between them."""
    points = np.linspace(low, high, rows)
    return np.union1d(points, [x for x in also if low <= x <= high])


def percent(share: float) -> str:
    """A share in words: whole percentages, with "under 1%" and "over 99%" at the ends."""
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"
