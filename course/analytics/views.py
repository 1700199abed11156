"""The same questions by variant and by attempt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from course.analytics import intervals
from course.analytics.columns import QuestionColumns, quiz_columns
from course.analytics.gates import GATES, Gates, too_few
from course.analytics.intervals import wilson
from course.analytics.responses import Attempts, Responses, attempt_numbers, chosen_attempts
from course.analytics.statistic import Statistic, found, missing


@dataclass(frozen=True, slots=True)
class OfVariant:
    """One set of drawn numbers. `against_others`: mean share of the points less that of the other variants."""

    question: str
    variant: str
    n: int
    facility: Statistic
    against_others: Statistic


@dataclass(frozen=True, slots=True)
class OfAttempt:
    """One question (or, with `question` empty, the whole quiz) in the n-th attempts of those who made one."""

    question: str
    number: int
    n: int
    facility: Statistic


def by_variant(responses: Responses, which: Attempts = Attempts.FIRST, gates: Gates = GATES) -> tuple[OfVariant, ...]:
    """Every variant of every question that has variants, those most often asked first."""
    columns = quiz_columns(chosen_attempts(responses, which))
    return tuple(
        row
        for question, name in zip(columns.questions, columns.names, strict=True)
        for row in _variants(question, name, columns.variants, gates)
    )


def by_attempt(responses: Responses, gates: Gates = GATES) -> tuple[OfAttempt, ...]:
    """Facility of the quiz and of each question in first, second, third ... attempts. Fewer people make each next one."""
    numbers = attempt_numbers(responses)[responses.attempt]
    rows: list[OfAttempt] = []
    for number in range(1, int(numbers.max(initial=0)) + 1):
        columns = quiz_columns(responses.where(numbers == number))
        maxima = np.zeros(len(columns.totals))
        for q in columns.questions:
            maxima[q.attempt] += q.max
        worth = maxima[columns.attempts]
        shares = columns.totals[columns.attempts][worth > 0] / worth[worth > 0]
        rows.append(OfAttempt("", number, len(shares), _gated(intervals.mean_share(shares), gates)))
        for q, name in zip(columns.questions, columns.names, strict=True):
            if len(q.points):
                rows.append(OfAttempt(name, number, len(q.points), _facility(q.points, q.max, gates)))
    return tuple(rows)


def _variants(question: QuestionColumns, name: str, names: tuple[str, ...], gates: Gates) -> Iterator[OfVariant]:
    if question.variant is None:
        return
    codes, counts = np.unique(question.variant[question.variant >= 0], return_counts=True)
    shares = question.points / question.max if question.max > 0 else question.points
    for code in codes[np.argsort(-counts, kind="stable")]:
        mine = question.variant == code
        facility = _facility(question.points[mine], question.max, gates)
        others = intervals.mean_difference(shares[mine], shares[~mine])
        yield OfVariant(name, names[code], int(mine.sum()), facility, _gated(others, gates, int(mine.sum())))


def _facility(points: intervals.Floats, most: float, gates: Gates) -> Statistic:
    if most <= 0:
        return missing(len(points), "The question carries no points.")
    share = float(points.mean()) / most
    return _gated(found(share, len(points), wilson(share, len(points)) if 0 <= share <= 1 else None), gates)


def _gated(statistic: Statistic, gates: Gates, n: int | None = None) -> Statistic:
    n = statistic.n if n is None else n
    return statistic if n >= gates.statistics else missing(statistic.n, too_few(n, gates.statistics))
