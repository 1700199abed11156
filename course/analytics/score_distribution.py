"""Scores of a quiz as they are drawn: a histogram with quantile dots, and means by week.

Quantile dots: twenty points, each standing for a twentieth of the people, at the quantiles 1/40, 3/40 ... 39/40 (Kay M. et al.
2016, CHI, "When (ish) is my bus?": counting dots is read more rightly than a curve).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from course.analytics import intervals
from course.analytics.intervals import wilson
from course.analytics.responses import Attempts, Codes, Floats, Mask
from course.analytics.statistic import Statistic, found, missing

STEP: Final = 0.1
DOTS: Final = 20
FEWEST: Final = 5
"""People below which no distribution is shown."""
WEEK: Final = 7 * 86_400


@dataclass(frozen=True, slots=True)
class ScoreDistribution:
    """Shares of the points, 0 to 1. `counts[i]`: people from `edges[i]` up to below `edges[i + 1]`, the last one to 1 itself."""

    n: int
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    dots: tuple[float, ...]
    mean: Statistic
    median: Statistic
    passed: Statistic


@dataclass(frozen=True, slots=True)
class Week:
    """`begins`: seconds since 1970."""

    begins: float
    n: int
    mean: Statistic


def score_distribution(fractions: Floats, passed: Codes, fewest: int = FEWEST) -> ScoreDistribution:
    """One row an attempt; NaN is not graded yet. `passed`: 1, 0, or -1 where nothing can be passed."""
    kept = ~np.isnan(fractions)
    scores, verdicts = np.clip(fractions[kept], 0, 1), passed[kept]
    n = len(scores)
    if n < fewest:
        none = missing(n, f"{n} of the {fewest} results that it needs.")
        return ScoreDistribution(n, (), (), (), none, none, none)
    counts, edges = np.histogram(np.floor(scores / STEP + 1e-9), np.arange(round(1 / STEP) + 2))
    counts[-2] += counts[-1]
    graded = verdicts[verdicts >= 0]
    share = float(graded.mean()) if len(graded) else 0.0
    return ScoreDistribution(
        n=n,
        edges=tuple((edges[:-1] * STEP).round(4).tolist()),
        counts=tuple(counts[:-1].tolist()),
        dots=tuple(np.quantile(scores, (np.arange(DOTS) + 0.5) / DOTS).tolist()),
        mean=intervals.mean_share(scores),
        median=found(float(np.median(scores)), n),
        passed=found(share, len(graded), wilson(share, len(graded))) if len(graded) else missing(n, "The quiz has no pass mark."),
    )


def by_week(fractions: Floats, submitted: Floats, fewest: int = FEWEST) -> tuple[Week, ...]:
    """Mean share by week from the first attempt on; weeks with fewer people than `fewest` have their count alone."""
    kept = ~np.isnan(fractions)
    scores, at = np.clip(fractions[kept], 0, 1), submitted[kept]
    if not len(scores):
        return ()
    start = float(np.floor(at.min() / 86_400) * 86_400)
    week = ((at - start) // WEEK).astype(int)
    found_weeks = []
    for number in range(int(week.max()) + 1):
        mine = scores[week == number]
        told = (
            intervals.mean_share(mine) if len(mine) >= fewest else missing(len(mine), f"{len(mine)} of the {fewest} results that it needs.")
        )
        found_weeks.append(Week(start + number * WEEK, len(mine), told))
    return tuple(found_weeks)


def one_each(learner: Codes, fractions: Floats, which: Attempts) -> Mask:
    """Which rows are the first, the last or any graded attempt of their learner. Rows stand in the order in which they were made."""
    rows = np.flatnonzero(~np.isnan(fractions))
    kept = np.zeros(len(learner), dtype=bool)
    if which is Attempts.ALL:
        kept[rows] = True
        return kept
    ordered = rows if which is Attempts.FIRST else rows[::-1]
    _, first = np.unique(learner[ordered], return_index=True)
    kept[ordered[first]] = True
    return kept
