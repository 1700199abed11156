"""Whether a question has become easier or harder for people of the same standing: Mantel-Haenszel between two cohorts.

People are matched on their points in the other questions, in at most ten levels. `log_odds` above 0: the later cohort has the better odds.
Classes are those of the Educational Testing Service: A negligible (|delta| < 1 or not surely different from 0), C large
(|delta| >= 1.5 and surely more than 1), B between; delta = -2.35 ln(odds ratio).

Sources: Mantel N. and Haenszel W. (1959) J Natl Cancer Inst 22:719-748; Robins J., Breslow N. and Greenland S. (1986)
Biometrics 42:311-323 (variance); Holland P.W. and Thayer D.T. (1988) in Test Validity; Zwick R. (2012) ETS RR-12-08 (classes).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from course.analytics.columns import QuestionColumns, quiz_columns
from course.analytics.distributions import normal_cdf, normal_quantile
from course.analytics.gates import GATES, Gates
from course.analytics.responses import Attempts, Responses, chosen_attempts
from course.analytics.statistic import LEVEL, Statistic, found, missing

LEVELS: Final = 10
_ETS: Final = -2.35
_SLACK: Final = 1e-9
Tables = npt.NDArray[np.float64]


class DriftClass(StrEnum):
    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Drift:
    """`odds_ratio` with its 95 % interval; `chi_squared` with continuity correction, 1 degree of freedom, and its p; None without class."""

    question: str
    earlier: int
    later: int
    odds_ratio: Statistic
    delta: Statistic
    chi_squared: float | None
    p: float | None
    drift_class: DriftClass | None


def drift(earlier: Responses, later: Responses, which: Attempts = Attempts.FIRST, gates: Gates = GATES) -> tuple[Drift, ...]:
    """Every question that both cohorts were asked, by name. Right is full points."""
    one, two = (quiz_columns(chosen_attempts(responses, which)) for responses in (earlier, later))
    place = {name: number for number, name in enumerate(two.names)}
    pairs = [(name, one.questions[number], two.questions[place[name]]) for number, name in enumerate(one.names) if name in place]
    return tuple(_question(name, before, after, gates) for name, before, after in pairs)


def _question(name: str, before: QuestionColumns, after: QuestionColumns, gates: Gates) -> Drift:
    n = len(before.points), len(after.points)
    if min(n) < gates.flags:
        none = missing(sum(n), f"Each cohort needs {gates.flags} answers; they have {n[0]} and {n[1]}.")
        return Drift(name, *n, none, none, None, None, None)
    return mantel_haenszel(_tables(before, after), name, *n)


def _tables(before: QuestionColumns, after: QuestionColumns) -> Tables:
    """Levels x (later, earlier) x (right, wrong)."""
    rest = np.r_[after.rest, before.rest]
    borders = np.unique(np.quantile(rest, np.arange(1, LEVELS) / LEVELS))
    level = np.searchsorted(borders, rest, side="right")
    cohort = np.r_[np.zeros(len(after.rest), dtype=np.int64), np.ones(len(before.rest), dtype=np.int64)]
    wrong = np.r_[after.points < after.max - _SLACK, before.points < before.max - _SLACK].astype(np.int64)
    tables = np.zeros((len(borders) + 1, 2, 2))
    np.add.at(tables, (level, cohort, wrong), 1)
    return tables


def mantel_haenszel(tables: Tables | Sequence[Sequence[Sequence[float]]], name: str = "", earlier: int = 0, later: int = 0) -> Drift:
    """The common odds ratio of 2 x 2 tables, strata first: [[right, wrong] of one group, [right, wrong] of the other]."""
    t = np.asarray(tables, dtype=np.float64)
    t = t[t.sum(axis=(1, 2)) > 1]
    n, a, b, c, d = t.sum(axis=(1, 2)), t[:, 0, 0], t[:, 0, 1], t[:, 1, 0], t[:, 1, 1]
    people = int(n.sum())
    r, s = a * d / n, b * c / n
    variance = (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    if r.sum() <= 0 or s.sum() <= 0 or variance.sum() <= 0:
        none = missing(people, "In no level did both cohorts have some right and some wrong.")
        return Drift(name, earlier, later, none, none, None, None, None)
    log_odds = math.log(r.sum() / s.sum())
    p, q = (a + d) / n, (b + c) / n
    spread = (p * r).sum() / (2 * r.sum() ** 2) + (p * s + q * r).sum() / (2 * r.sum() * s.sum()) + (q * s).sum() / (2 * s.sum() ** 2)
    error = math.sqrt(spread)
    half = normal_quantile(0.5 + LEVEL / 2) * error
    gap = max(0.0, abs(float(a.sum() - ((a + b) * (a + c) / n).sum())) - 0.5)
    chi_squared = gap**2 / float(variance.sum())
    return Drift(
        question=name,
        earlier=earlier,
        later=later,
        odds_ratio=found(math.exp(log_odds), people, (math.exp(log_odds - half), math.exp(log_odds + half))),
        delta=found(_ETS * log_odds, people, (_ETS * (log_odds + half), _ETS * (log_odds - half))),
        chi_squared=chi_squared,
        p=2 * normal_cdf(-math.sqrt(chi_squared)),
        drift_class=_class(abs(_ETS * log_odds), abs(_ETS) * error),
    )


def _class(delta: float, error: float) -> DriftClass:
    if delta < 1 or delta < normal_quantile(0.975) * error:
        return DriftClass.A
    if delta >= 1.5 and delta - normal_quantile(0.95) * error > 1:
        return DriftClass.C
    return DriftClass.B
