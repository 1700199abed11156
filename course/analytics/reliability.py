"""A quiz as a whole: its totals, and how far they can be relied on.

Sources: Cronbach L.J. (1951) Psychometrika 16:297-334 (KR-20 for right or wrong: Kuder G.F. and Richardson M.W. 1937, ibid.
2:151-160); Feldt (1965) for the interval; Spearman C. (1910) and Brown W. (1910) Br J Psychol 3:271-295 and 3:296-322.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from course.analytics import intervals
from course.analytics.columns import QuizColumns
from course.analytics.gates import GATES, Gates
from course.analytics.moments import constant, kurtosis, skewness, standard_deviation
from course.analytics.statistic import Statistic, found, missing

WANTED: Final = 0.8
"""The alpha that "questions needed" is for."""


@dataclass(frozen=True, slots=True)
class QuizSummary:
    """Totals in points. `questions`: those that carry points and were answered. `error_ratio` is a percentage."""

    n: int
    questions: int
    mean: Statistic
    sd: Statistic
    skewness: Statistic
    kurtosis: Statistic
    alpha: Statistic
    """Over attempts in which every question counts; its `n` says how many."""
    sem: Statistic
    error_ratio: Statistic
    questions_needed: Statistic
    """Questions like these for an alpha of 0.8."""


def quiz_summary(columns: QuizColumns, gates: Gates = GATES) -> QuizSummary:
    """Everything a quiz's totals say, each with its reason where there is nothing to say."""
    totals = columns.totals[columns.attempts]
    n, k = len(totals), sum(1 for q in columns.questions if q.max > 0 and len(q.points))
    if n < gates.statistics or n == 0:
        none = missing(n, _too_few(n, gates.statistics))
        return QuizSummary(n, k, none, none, none, none, none, none, none, none)
    alpha, sd = _alpha(columns, k, gates), standard_deviation(totals)
    value = alpha.value
    noise = None if value is None else math.sqrt(max(0.0, 1 - value))
    return QuizSummary(
        n=n,
        questions=k,
        mean=intervals.mean(totals),
        sd=sd,
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        alpha=alpha,
        sem=alpha if noise is None or sd.value is None else found(sd.value * noise, alpha.n),
        error_ratio=alpha if noise is None else found(100 * noise, alpha.n),
        questions_needed=_needed(alpha, k),
    )


def _alpha(columns: QuizColumns, k: int, gates: Gates) -> Statistic:
    if k < 2:
        return missing(len(columns.attempts), "It needs at least two questions that carry points.")
    asked = [q for q in columns.questions if q.max > 0 and len(q.points)]
    full = np.zeros(len(columns.totals), dtype=np.int64)
    sums = np.zeros(len(columns.totals))
    for q in asked:
        full[q.attempt] += 1
        sums[q.attempt] += q.points
    complete = full == k
    n = int(complete.sum())
    if n < max(gates.statistics, 2):
        return missing(n, f"It needs {max(gates.statistics, 2)} attempts in which every question was asked and reached; there are {n}.")
    totals = sums[complete]
    if constant(totals):
        return missing(n, "Everybody has the same total.")
    parts = sum(float(q.points[complete[q.attempt]].var(ddof=1)) for q in asked)
    spread = float(totals.var(ddof=1))
    alpha = k / (k - 1) * (1 - parts / spread)
    return found(alpha, n, intervals.feldt(alpha, n, k))


def _needed(alpha: Statistic, k: int) -> Statistic:
    if alpha.value is None:
        return alpha
    if alpha.value <= 0:
        return missing(alpha.n, "Alpha is not above zero: more questions like these would not help.")
    if alpha.value >= 1:
        return found(2.0, alpha.n)
    return found(float(math.ceil(k * WANTED * (1 - alpha.value) / (alpha.value * (1 - WANTED)) - 1e-9)), alpha.n)


def _too_few(n: int, needed: int) -> str:
    return f"{n} of the {needed} attempts that it needs." if n else "Nobody has a graded attempt."
