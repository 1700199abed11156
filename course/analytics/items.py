"""One question by classical test theory.

Sources: Wilson (1927) and Fisher (1921) for intervals (`intervals.py`); discrimination index, discriminative efficiency
and weights as in Moodle's quiz statistics (docs.moodle.org/dev/Quiz_statistics_calculations); groups of 27 % from Kelley
T.L. (1939) J Educ Psychol 30:17-24; a distractor that works, Haladyna T.M. and Downing S.M. (1993) Educ Psychol Meas 53:999-1010.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from course.analytics.columns import QuestionColumns
from course.analytics.gates import GATES, Gates, too_few
from course.analytics.intervals import wilson
from course.analytics.moments import Floats, constant, correlation, covariance, standard_deviation
from course.analytics.options import Option, option_table
from course.analytics.statistic import Statistic, found, missing

TAIL: Final = 0.27
NO_POINTS: Final = "The question carries no points."
SAME: Final = "Everybody has the same score on it, so there is nothing to compare."
ALONE: Final = "Everybody has the same score on the other questions, so there is nothing to compare."


@dataclass(frozen=True, slots=True)
class Item:
    """A question's statistics. `n`: answers that count, omitted ones among them. Percentages (0 to 100) where Moodle has them."""

    question: str
    n: int
    omitted: int
    rapid: int
    max: float
    facility: Statistic
    """Share of the points, 0 to 1."""
    sd: Statistic
    """Points."""
    item_rest: Statistic
    discrimination_index: Statistic
    discriminative_efficiency: Statistic
    intended_weight: Statistic
    effective_weight: Statistic
    d27: Statistic
    guess: Statistic
    """Share of the points that choosing blindly earns."""
    options: tuple[Option, ...]


def item(
    columns: QuestionColumns,
    name: str,
    options: tuple[str, ...],
    *,
    weight_sum: float,
    max_sum: float,
    rapid: int = 0,
    guess: float | None = None,
    keys: frozenset[str] | None = None,
    gates: Gates = GATES,
) -> Item:
    """`weight_sum`: of `root_covariance` over the quiz; `max_sum`: of the questions' points; `guess`, `keys`: from the question itself."""
    n = len(columns.points)
    enough = n >= gates.statistics and n > 0
    reason = too_few(n, gates.statistics)

    def gated(statistic: Statistic) -> Statistic:
        return statistic if enough else missing(n, reason)

    item_rest = gated(_item_rest(columns))
    return Item(
        question=name,
        n=n,
        omitted=columns.omitted,
        rapid=rapid,
        max=columns.max,
        facility=gated(_facility(columns)),
        sd=gated(_sd(columns)),
        item_rest=item_rest,
        discrimination_index=_percent(item_rest),
        discriminative_efficiency=gated(_efficiency(columns)),
        intended_weight=_intended(columns, max_sum),
        effective_weight=gated(_effective(columns, weight_sum)),
        d27=gated(_upper_lower(columns)),
        guess=missing(n, "The question is not one of choices that can be guessed.") if guess is None else found(guess, n),
        options=option_table(columns, options, keys, gates),
    )


def root_covariance(columns: QuestionColumns) -> float | None:
    """The root of the covariance with the total; None when negative or from fewer than two people."""
    if len(columns.points) < 2:
        return None
    shared = 0.0 if constant(columns.points) else covariance(columns.points, columns.total)
    return math.sqrt(shared) if shared >= 0 else None


def _facility(columns: QuestionColumns) -> Statistic:
    n = len(columns.points)
    if columns.max <= 0:
        return missing(n, NO_POINTS)
    share = float(columns.points.mean()) / columns.max
    return found(share, n, wilson(share, n) if 0 <= share <= 1 else None)


def _sd(columns: QuestionColumns) -> Statistic:
    return standard_deviation(columns.points) if columns.max > 0 else missing(len(columns.points), NO_POINTS)


def _item_rest(columns: QuestionColumns) -> Statistic:
    if columns.max <= 0:
        return missing(len(columns.points), NO_POINTS)
    return correlation(columns.points, columns.rest, x_is="score on it", y_is="score on the other questions")


def _percent(r: Statistic) -> Statistic:
    """100 times a correlation: Moodle's discrimination index."""
    if r.value is None:
        return r
    return found(100 * r.value, r.n, None if r.interval is None else (100 * r.interval[0], 100 * r.interval[1]))


def _efficiency(columns: QuestionColumns) -> Statistic:
    n = len(columns.points)
    if columns.max <= 0 or n < 2 or constant(columns.points) or constant(columns.rest):
        reason = (
            NO_POINTS if columns.max <= 0 else "It needs at least two people." if n < 2 else SAME if constant(columns.points) else ALONE
        )
        return missing(n, reason)
    most = covariance(np.sort(columns.points), np.sort(columns.rest))
    return found(100 * covariance(columns.points, columns.rest) / most, n)


def _intended(columns: QuestionColumns, max_sum: float) -> Statistic:
    n = len(columns.points)
    return found(100 * columns.max / max_sum, n) if max_sum > 0 else missing(n, "No question carries points.")


def _effective(columns: QuestionColumns, weight_sum: float) -> Statistic:
    n, root = len(columns.points), root_covariance(columns)
    if root is None:
        return missing(n, "It falls as the total rises, so it has no share of it." if n >= 2 else "It needs at least two people.")
    return found(100 * root / weight_sum, n) if weight_sum > 0 else missing(n, "Everybody has the same total.")


def _upper_lower(columns: QuestionColumns) -> Statistic:
    """Share of the points in the best 27 % by total, less that in the weakest 27 %."""
    n = len(columns.points)
    if columns.max <= 0:
        return missing(n, NO_POINTS)
    if constant(columns.total):
        return missing(n, "Everybody has the same total, so there is no upper and no lower group.")
    size = TAIL * n
    upper = _tail_mean(columns.points, -columns.total, size)
    lower = _tail_mean(columns.points, columns.total, size)
    return found((upper - lower) / columns.max, n)


def _tail_mean(points: Floats, by: Floats, size: float) -> float:
    """Mean points of the `size` lowest in `by`. Those tied at the border enter with equal fractions of a person."""
    place = max(math.ceil(size) - 1, 0)
    border = float(np.partition(by, place)[place])
    slack = 1e-9 * max(1.0, abs(border))
    inside, tied = by < border - slack, np.abs(by - border) <= slack
    share = (size - int(inside.sum())) / int(tied.sum())
    return float(points[inside].sum() + share * points[tied].sum()) / size
