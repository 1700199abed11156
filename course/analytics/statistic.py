"""A number with what must stand beside it: from how many, how sure, and why it is missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

LEVEL: Final = 0.95
"""Of every interval here, unless its name says another."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """`value` None has a `reason`: one sentence for whoever reads the page. `n`: answers (or people) it is from.

    `low` and `high`: the 95 % interval, None where there is none.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    reason: str = ""

    @property
    def interval(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


def found(value: float, n: int, interval: tuple[float, float] | None = None) -> Statistic:
    """A statistic that could be computed; one that is not finite becomes missing."""
    if not math.isfinite(value):
        return missing(n, "The numbers are too large or too small to compute it.")
    low, high = interval or (None, None)
    return Statistic(float(value), n, low, high)


def missing(n: int, reason: str) -> Statistic:
    return Statistic(None, n, reason=reason)
