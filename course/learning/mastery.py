"""How much of an objective a learner is likely to get right, and how sure that is.

**Model.** Ability theta has a standard normal prior on 41 points from -4 to 4. A question is answered right with chance
g + (1 - g) / (1 + exp(-1.2 (theta - b))): g is 1 / options for choice types, else 0; b is the author's label (easy -0.8,
medium 0, hard 0.8) until 30 first attempts, then a calibrated estimate. An answer with score s adds
s log P + (1 - s) log(1 - P) to the log-likelihood, times its weight: 1 for a first try, 0.3 for later or hinted ones.

**Shown.** The expected share right over all questions of the objective, with an 80 % interval from the quantiles of theta,
interpolated between grid points. The grid's mass is taken to lie half below and half above each point.

It holds as far as its assumptions do: one ability an objective, answers that depend on nothing else, the stated prior. The
tests draw learners from that prior and model, and the 80 % intervals cover the truth in 75 to 85 % of them;
`course.analytics.mastery_coverage` says what becomes of it under other truths.

Sources: Bock R.D. and Mislevy R.J. (1982) Appl Psychol Meas 6:431-444 (posterior on a grid); Birnbaum A. (1968) in Lord and
Novick, Statistical Theories of Mental Test Scores (the curve with guessing).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

GRID: Final[Floats] = np.linspace(-4, 4, 41)
PRIOR: Final[Floats] = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()
SLOPE: Final = 1.2
DIFFICULTY: Final[Mapping[str, float]] = {"easy": -0.8, "medium": 0.0, "hard": 0.8}
CALIBRATED_FROM: Final = 30
"""First attempts of a question after which its estimate replaces the author's label."""
FIRST_TRY: Final = 1.0
LATER_TRY: Final = 0.3
SHARE: Final = 0.7
"""The expected share right that counts as mastery."""
SURE: Final = 0.8
LIKELY: Final = 0.5
INTERVAL: Final = 0.8
WIDEST: Final = 0.40
FEWEST: Final = 3


class MasteryState(StrEnum):
    """In words that a page shows."""

    UNKNOWN = "not enough evidence"
    DEVELOPING = "developing"
    NEARLY = "nearly"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class MasteryItem:
    """A question as the model sees it. `guess`: chance of being right without knowing, 0 to less than 1."""

    question: str
    difficulty: float = 0.0
    guess: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One graded answer. `score` is a share of 1; what lies outside counts as 0 or 1. `weight` as `weight_of` gives it."""

    question: str
    score: float
    weight: float = FIRST_TRY


@dataclass(frozen=True, slots=True)
class Mastery:
    """`share`: expected share right, with its 80 % interval. `chance`: that it is at least 0.70. `questions`: distinct ones answered.

    `calibration`: the id of the calibration that the difficulties are from, "" for the authors' labels.
    """

    share: float
    low: float
    high: float
    chance: float
    questions: int
    answers: int
    state: MasteryState
    calibration: str = ""


def weight_of(*, first: bool, hinted: bool) -> float:
    """What an answer counts: a first try without hints whole, any other 0.3."""
    return FIRST_TRY if first and not hinted else LATER_TRY


def difficulty_of(label: str, first_attempts: int, estimate: float | None) -> float:
    """The author's label until there are 30 first attempts and an estimate. An unknown label counts as medium."""
    if estimate is not None and first_attempts >= CALIBRATED_FROM:
        return estimate
    return DIFFICULTY.get(label, DIFFICULTY["medium"])


def mastery(items: Sequence[MasteryItem], evidence: Iterable[Evidence], calibration: str = "") -> Mastery | None:
    """One learner, one objective. `items`: all its questions, answered or not; evidence of others is passed over.

    None for an objective without questions. The order of the evidence does not matter.
    """
    if not items:
        return None
    place = {item.question: number for number, item in enumerate(items)}
    counted = [each for each in evidence if each.question in place]
    rows = np.array([place[each.question] for each in counted], dtype=np.int64)
    scores = np.array([each.score for each in counted], dtype=np.float64)
    weights = np.array([each.weight for each in counted], dtype=np.float64)
    curves = chances(items)
    likelihood = log_likelihoods(curves, np.zeros(len(rows), dtype=np.int64), rows, scores, weights, 1)
    (found,) = estimates(curves, likelihood, np.array([len(set(rows.tolist()))]), np.array([len(rows)]), calibration)
    return found


def chances(items: Sequence[MasteryItem]) -> Floats:
    """P(right), questions x grid."""
    b = np.array([item.difficulty for item in items])[:, None]
    g = np.array([item.guess for item in items])[:, None]
    return np.asarray(g + (1 - g) / (1 + np.exp(-SLOPE * (GRID - b))), dtype=np.float64)


def log_likelihoods(
    curves: Floats, learner: npt.NDArray[np.int64], item: npt.NDArray[np.int64], score: Floats, weight: Floats, learners: int
) -> Floats:
    """Learners x grid, from one answer a row: who, which question (a row of `curves`), its score and weight."""
    right = np.zeros((learners, len(curves)))
    wrong = np.zeros((learners, len(curves)))
    share = np.clip(score, 0, 1)
    np.add.at(right, (learner, item), weight * share)
    np.add.at(wrong, (learner, item), weight * (1 - share))
    return np.asarray(right @ np.log(curves) + wrong @ np.log1p(-curves), dtype=np.float64)


def estimates(
    curves: Floats, likelihood: Floats, questions: npt.NDArray[np.int64], answers: npt.NDArray[np.int64], calibration: str = ""
) -> tuple[Mastery, ...]:
    """One estimate a row of `likelihood`; `questions` and `answers`: how many distinct questions and answers each is from."""
    posterior = PRIOR * np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    posterior /= posterior.sum(axis=1, keepdims=True)
    expected = curves.mean(axis=0)
    below = np.cumsum(posterior, axis=1) - posterior / 2
    low, high = (np.interp(_quantiles(below, tail), GRID, expected) for tail in ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
    shares, chance = posterior @ expected, _chances_of(SHARE, below, expected)
    rows = zip(shares.tolist(), low.tolist(), high.tolist(), chance.tolist(), questions.tolist(), answers.tolist(), strict=True)
    return tuple(
        Mastery(share, left, right, sure, asked, many, _state(right - left, sure, asked), calibration)
        for share, left, right, sure, asked, many in rows
    )


def _quantiles(below: Floats, tail: float) -> Floats:
    """Where each row of `below`, which rises, reaches `tail`, interpolated on the grid; its ends beyond them."""
    at = np.clip((below < tail).sum(axis=1), 1, len(GRID) - 1)
    row = np.arange(len(below))
    before, after = below[row, at - 1], below[row, at]
    rise = np.where(after > before, after - before, 1.0)
    part = np.clip((tail - before) / rise, 0, 1)
    return np.asarray(GRID[at - 1] + part * (GRID[at] - GRID[at - 1]), dtype=np.float64)


def _chances_of(share: float, below: Floats, expected: Floats) -> Floats:
    """Of an expected share of at least this; where no ability reaches it, or every one does, there is nothing to read off."""
    if expected[-1] < share or expected[0] >= share:
        return np.full(len(below), float(expected[0] >= share))
    border = float(np.interp(share, expected, GRID))
    at = int(np.clip(np.searchsorted(GRID, border), 1, len(GRID) - 1))
    part = (border - GRID[at - 1]) / (GRID[at] - GRID[at - 1])
    return np.asarray(1 - (below[:, at - 1] + part * (below[:, at] - below[:, at - 1])), dtype=np.float64)


def _state(width: float, chance: float, questions: int) -> MasteryState:
    if questions < FEWEST or width > WIDEST:
        return MasteryState.UNKNOWN
    if chance >= SURE:
        return MasteryState.MASTERED
    return MasteryState.NEARLY if chance >= LIKELY else MasteryState.DEVELOPING
