"""What is kept of a learner's answers so that a cohort's pages need not read them all: pure functions of columns in order of time.

The same functions make what is stored when an attempt closes, what `recompute` compares it with, and what a page computes by
itself when its filters leave answers out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from course.analytics.responses import Codes, Floats, Mask
from course.learning.mastery import weight_of


@dataclass(frozen=True, slots=True, eq=False)
class AnswerSums:
    """One row a learner and question (codes), by learner, then question. `right` and `wrong`: weighted shares, summed in order of time.

    `first`: score of the first answer, `in_quiz` of the first one in a quiz where it carried points, NaN without.
    """

    learner: Codes
    question: Codes
    answers: Codes
    first: Floats
    in_quiz: Floats
    right: Floats
    wrong: Floats

    def __len__(self) -> int:
        return len(self.learner)


@dataclass(frozen=True, slots=True)
class Graded:
    """An attempt that was graded: its share of the points, whether it passed (None: nothing can be), when it was handed in."""

    share: float
    passed: bool | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultSums:
    """A learner's attempts at a quiz. `failed`: the last ones in a row that did not pass."""

    attempts: int
    failed: int
    first: Graded | None
    last: Graded | None


def answer_sums(learner: Codes, question: Codes, score: Floats, hinted: Mask, counts: Mask) -> AnswerSums:
    """Rows in order of time, graded answers alone. `counts`: asked in a quiz, with points.

    The first answer to a question counts whole unless a hint was taken, every other one 0.3.
    """
    many = int(question.max(initial=-1)) + 1
    pairs, first, place = np.unique(learner.astype(np.int64) * max(1, many) + question, return_index=True, return_inverse=True)
    weight = np.full(len(score), weight_of(first=False, hinted=False))
    weight[first[~hinted[first]]] = weight_of(first=True, hinted=False)
    share = np.clip(score, 0, 1)
    in_quiz = np.full(len(pairs), np.nan)
    rows = np.flatnonzero(counts)[::-1]
    in_quiz[place[rows]] = score[rows]
    return AnswerSums(
        learner=learner[first],
        question=question[first],
        answers=np.bincount(place, minlength=len(pairs)).astype(np.int32),
        first=score[first],
        in_quiz=in_quiz,
        right=np.bincount(place, weight * share, minlength=len(pairs)).astype(np.float64),
        wrong=np.bincount(place, weight * (1 - share), minlength=len(pairs)).astype(np.float64),
    )


def result_sums(attempts: Iterable[tuple[float | None, bool | None, datetime]]) -> ResultSums:
    """Share of the points (None: not graded yet), whether it passed, when; in the order in which they were handed in."""
    rows = list(attempts)
    graded = [Graded(share, passed, at) for share, passed, at in rows if share is not None]
    failed = 0
    for _, passed, _ in rows:
        failed = failed + 1 if passed is False else 0
    return ResultSums(len(rows), failed, graded[0] if graded else None, graded[-1] if graded else None)
