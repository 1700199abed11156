"""The first try of each learner at each question, wherever it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course.analytics.gates import GATES, too_few
from course.analytics.intervals import wilson
from course.analytics.responses import Codes, Floats, Mask
from course.analytics.statistic import Statistic, found, missing


@dataclass(frozen=True, slots=True)
class FirstTries:
    """`n`: learners who answered it. `share`: mean score of their first tries, 0 to 1, with Wilson's interval."""

    n: int
    share: Statistic


def first_tries(
    question: Codes, score: Floats, first: Mask, questions: Sequence[str], fewest: int = GATES.statistics
) -> dict[str, FirstTries]:
    """`question`: codes of `questions`; `first`: which rows are first tries. A score counts as 0 or 1 where it lies outside."""
    rows = np.flatnonzero(first)
    n = np.bincount(question[rows], minlength=len(questions))
    total = np.bincount(question[rows], np.clip(score[rows], 0, 1), minlength=len(questions))
    return {name: FirstTries(int(n[at]), _share(float(total[at]), int(n[at]), fewest)) for at, name in enumerate(questions)}


def _share(total: float, n: int, fewest: int) -> Statistic:
    if n < max(1, fewest):
        return missing(n, too_few(n, fewest))
    return found(total / n, n, wilson(total / n, n))
