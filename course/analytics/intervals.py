"""95 % intervals, each by the method that holds for small groups.

Sources: Wilson E.B. (1927) J Am Stat Assoc 22:209-212; Fisher R.A. (1921) Metron 1:3-32; Feldt L.S. (1965) Psychometrika
30:357-370; Welch B.L. (1947) Biometrika 34:28-35; Hedges L.V. (1981) J Educ Stat 6:107-128; Cumming G. and Finch S. (2001)
Educ Psychol Meas 61:532-574 (interval of a standardised difference by the noncentral t).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from course.analytics.distributions import f_quantile, noncentrality, normal_quantile, t_quantile
from course.analytics.statistic import LEVEL, Statistic, found, missing

Floats = npt.NDArray[np.float64]
_UPPER: Final = 0.5 + LEVEL / 2


def wilson(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Of a share of `n` people; for partial credit it is a little too wide. Share in 0..1, n > 0."""
    z = normal_quantile(0.5 + level / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def fisher(r: float, n: int) -> tuple[float, float] | None:
    """Of a correlation of `n` pairs; None below four pairs, where the method has no spread."""
    if n < 4:
        return None
    if abs(r) >= 1:
        return r, r
    half = normal_quantile(_UPPER) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def feldt(alpha: float, n: int, k: int) -> tuple[float, float]:
    """Of Cronbach's alpha of `k` questions and `n` people, both at least 2."""
    d1, d2 = n - 1, (n - 1) * (k - 1)
    return 1 - (1 - alpha) * f_quantile(_UPPER, d1, d2), 1 - (1 - alpha) * f_quantile(1 - _UPPER, d1, d2)


def of_answers(right: npt.NDArray[np.int64], answers: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Of the share right, when some people gave several answers, which go together: Wilson's, from the effective number of answers.

    One row a person, each with an answer; with one answer each it is Wilson's. Korn E.L. and Graubard B.I. (1998) Surv Methodol 24:193-201.
    """
    n, people = int(answers.sum()), len(answers)
    share = float(right.sum()) / n
    apart = float(((right - share * answers) ** 2).sum())
    effective = min(n, max(people, share * (1 - share) * n**2 / apart)) if apart > 0 else people
    if 1 < people < n:
        effective *= (t_quantile(_UPPER, n - 1) / t_quantile(_UPPER, people - 1)) ** 2
    return wilson(share, effective)


def mean_share(shares: Floats) -> Statistic:
    """Mean of shares with its t interval, cut at 0 and 1 (where points are taken off: at the least there is)."""
    plain = mean(shares)
    if plain.low is None or plain.high is None:
        return plain
    return replace(plain, low=max(plain.low, min(0.0, float(shares.min()))), high=min(plain.high, max(1.0, float(shares.max()))))


def mean(values: Floats) -> Statistic:
    """Mean with its t interval; without one where nobody differs, for no spread is no certainty."""
    n = len(values)
    if n == 0:
        return missing(0, "Nobody has this value.")
    middle = float(values.mean())
    if n == 1 or float(np.ptp(values)) <= 1e-12 * max(1.0, abs(middle)):
        return found(middle, n)
    half = t_quantile(_UPPER, n - 1) * float(values.std(ddof=1)) / math.sqrt(n)
    return found(middle, n, (middle - half, middle + half))


def mean_difference(one: Floats, other: Floats) -> Statistic:
    """Mean of `one` less mean of `other`, two separate groups, with Welch's interval. `n`: people in both."""
    n = len(one) + len(other)
    if min(len(one), len(other)) < 2:
        return missing(n, "Each group needs at least two people.")
    spreads = np.array([one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)])
    middle, spread = float(one.mean() - other.mean()), float(spreads.sum())
    if spread <= 0:
        return missing(n, "Everybody in a group has the same score, so there is no spread to compare with.")
    df = spread**2 / float((spreads**2 / (np.array([len(one), len(other)]) - 1)).sum())
    half = t_quantile(_UPPER, round(df, 6)) * math.sqrt(spread)
    return found(middle, n, (middle - half, middle + half))


def hedges(mean_change: float, sd: float, n: int) -> Statistic:
    """Hedges' g_z of paired changes: their mean over their SD, corrected for small groups, with its exact interval."""
    if n < 2:
        return missing(n, "It needs at least two people with both scores.")
    if sd <= 0:
        return missing(n, "Everybody changed by the same amount, so there is no spread to compare with.")
    df, size = n - 1, mean_change / sd
    correction = math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2) if df > 1 else 0.0
    if correction == 0:
        return missing(n, "It needs at least three people with both scores.")
    t = size * math.sqrt(n)
    low, high = (noncentrality(t, df, p) * correction / math.sqrt(n) for p in (_UPPER, 1 - _UPPER))
    return found(size * correction, n, (low, high))
