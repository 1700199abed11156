"""Distribution functions and quantiles that intervals need, to about ten digits.

Written here so that a server needs no SciPy (some 100 MB on the disk and in each process); the tests compare with it.
Sources: continued fraction of the incomplete beta function, Press et al., Numerical Recipes (3rd ed., 2007), section 6.4;
noncentral t, Lenth R.V. (1989) Algorithm AS 243, Applied Statistics 38:185-189.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_NORMAL: Final = NormalDist()
_TINY: Final = 1e-300
_STEPS: Final = 100_000


def normal_cdf(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def normal_quantile(p: float) -> float:
    """The z with P(Z <= z) = p, 0 < p < 1."""
    return _NORMAL.inv_cdf(p)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b); a, b > 0."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    return math.exp(_log_front(x, a, b)) * _fraction(x, a, b) / a


def t_cdf(t: float, df: float) -> float:
    if t * t < df:  # near the middle the tail is all but half, and a difference of two such numbers would lose its digits
        return 0.5 + math.copysign(0.5 * beta_cdf(t * t / (df + t * t), 0.5, df / 2), t)
    tail = 0.5 * beta_cdf(df / (df + t * t), df / 2, 0.5)
    return 1 - tail if t > 0 else tail


def f_cdf(f: float, d1: float, d2: float) -> float:
    return beta_cdf(d1 * f / (d1 * f + d2), d1 / 2, d2 / 2) if f > 0 else 0.0


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The t with P(T <= t) = p, 0 < p < 1, df > 0."""
    if p < 0.5:
        return -t_quantile(1 - p, df)
    return increasing_root(lambda t: t_cdf(t, df) - p, 0.0, 4.0)


@lru_cache(maxsize=1024)
def f_quantile(p: float, d1: float, d2: float) -> float:
    """The f with P(F <= f) = p, 0 < p < 1."""
    return increasing_root(lambda f: f_cdf(f, d1, d2) - p, 0.0, 2.0)


def noncentral_t_cdf(t: float, df: float, shift: float) -> float:
    """P(T <= t) for Student's t with `df` degrees of freedom and noncentrality `shift`."""
    if t < 0:
        return 1 - noncentral_t_cdf(-t, df, -shift)
    x, rate = t * t / (t * t + df), shift * shift / 2
    below = normal_cdf(-shift)
    if x == 0:
        return below
    if rate == 0:
        return t_cdf(t, df)
    first, last = max(0, int(rate - 9 * math.sqrt(rate) - 30)), int(rate + 9 * math.sqrt(rate) + 60)
    j = np.arange(first, last + 1, dtype=np.float64)
    even = beta_cdf(x, last + 0.5, df / 2) + _sums_above(_steps_down(x, j - 0.5, df / 2))
    odd = beta_cdf(x, last + 1.0, df / 2) + _sums_above(_steps_down(x, j, df / 2))
    weight = -rate + j * math.log(rate)
    total = float((np.exp(weight - _log_gamma(j + 1)) * even).sum())
    total += math.copysign(float((np.exp(weight + 0.5 * math.log(rate) - _log_gamma(j + 1.5)) * odd).sum()), shift)
    return min(1.0, max(0.0, below + total / 2))


def noncentrality(t: float, df: float, p: float) -> float:
    """The shift at which a noncentral t is at most `t` with probability p (it falls as the shift grows)."""
    reach = 6 + abs(t) / math.sqrt(2 * df) * 8
    return increasing_root(lambda shift: p - noncentral_t_cdf(t, df, shift), t - reach, t + reach)


def increasing_root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses zero: bisection with the Illinois secant, `high` doubled until it is above."""
    at_low, at_high = rising(low), rising(high)
    while at_high < 0:
        low, at_low, high = high, at_high, 2 * high
        at_high = rising(high)
    for _ in range(200):
        if high - low <= 1e-14 * max(1.0, abs(low)) or at_low == 0 or at_high == 0:
            break
        middle = (low + high) / 2
        secant = (low * at_high - high * at_low) / (at_high - at_low) if at_high > at_low else middle
        for guess in (secant, middle):
            if low < guess < high:
                value = rising(guess)
                low, at_low, high, at_high = (guess, value, high, at_high) if value < 0 else (low, at_low, guess, value)
    return low if abs(at_low) < abs(at_high) else high


def _log_front(x: float, a: float, b: float) -> float:
    return math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)


def _steps_down(x: float, a: _Floats, b: float) -> _Floats:
    """I_x(a, b) - I_x(a + 1, b) for each a, rising by one; nothing at or below a = 0."""
    positive = a[a > 0]
    logs = _log_gamma(positive + b) - _log_gamma(positive + 1) - math.lgamma(b) + positive * math.log(x) + b * math.log1p(-x)
    steps: _Floats = np.r_[np.zeros(len(a) - len(positive)), np.exp(logs)]
    return steps


def _sums_above(steps: _Floats) -> _Floats:
    """For each place, the sum of all steps after it, from the smallest on."""
    sums: _Floats = np.r_[np.cumsum(steps[:0:-1])[::-1], 0.0]
    return sums


def _log_gamma(values: _Floats) -> _Floats:
    return np.fromiter(map(math.lgamma, values.tolist()), dtype=np.float64, count=len(values))


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's evaluation of the continued fraction of I_x(a, b)."""
    c, d = 1.0, 1 / _safe(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        up = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _safe(1 + up * d), _safe(1 + up / c)
        value *= d * c
        down = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _safe(1 + down * d), _safe(1 + down / c)
        value *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return value


def _safe(x: float) -> float:
    return x if abs(x) > _TINY else _TINY
