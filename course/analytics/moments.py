"""Spread, shape and association of one or two columns of numbers; variances use n - 1.

Source: k-statistics, Fisher R.A. (1930) Proc London Math Soc 2(30):199-238, as Moodle's quiz statistics use them.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from course.analytics.intervals import fisher
from course.analytics.statistic import Statistic, found, missing

Floats = npt.NDArray[np.float64]
_FLAT = 1e-12
"""A spread so small beside the values is rounding."""


def covariance(x: Floats, y: Floats) -> float:
    """At least two pairs."""
    return inner(x - x.mean(), y - y.mean()) / (len(x) - 1)


def inner(x: Floats, y: Floats) -> float:
    """Sum of products, in this thread alone: for long columns BLAS would start others, which costs more than it gains."""
    return float(np.einsum("i,i->", x, y))


def constant(x: Floats) -> bool:
    """Whether all values are the same, but for rounding."""
    return len(x) == 0 or float(np.ptp(x)) <= _FLAT * max(1.0, float(np.abs(x).max()))


def correlation(x: Floats, y: Floats, *, x_is: str, y_is: str) -> Statistic:
    """Pearson's r with Fisher's interval. `x_is`, `y_is`: what the columns are, for the reason it may be missing."""
    n = len(x)
    if n < 3:
        return missing(n, "It needs at least three people.")
    for column, name in ((x, x_is), (y, y_is)):
        if constant(column):
            return missing(n, f"Everybody has the same {name}, so there is nothing to compare.")
    dx, dy = x - x.mean(), y - y.mean()
    r = inner(dx, dy) / math.sqrt(inner(dx, dx) * inner(dy, dy))
    r = min(1.0, max(-1.0, r))
    return found(r, n, fisher(r, n))


def standard_deviation(x: Floats) -> Statistic:
    if len(x) < 2:
        return missing(len(x), "It needs at least two people.")
    return found(0.0 if constant(x) else float(x.std(ddof=1)), len(x))


def skewness(x: Floats) -> Statistic:
    """k3 / k2^1.5."""
    n = len(x)
    if n < 3 or constant(x):
        return missing(n, "It needs three people whose scores differ.")
    d = x - x.mean()
    k3 = n / ((n - 1) * (n - 2)) * float((d**3).sum())
    return found(k3 / float(x.var(ddof=1)) ** 1.5, n)


def kurtosis(x: Floats) -> Statistic:
    """k4 / k2^2: 0 for a normal distribution."""
    n = len(x)
    if n < 4 or constant(x):
        return missing(n, "It needs four people whose scores differ.")
    d = x - x.mean()
    m2, m4 = float((d**2).mean()), float((d**4).mean())
    k4 = n * n / ((n - 1) * (n - 2) * (n - 3)) * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)
    return found(k4 / float(x.var(ddof=1)) ** 2, n)
