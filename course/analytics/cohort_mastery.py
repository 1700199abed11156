"""Mastery of everybody in a cohort at once, and what a cohort has of an objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.analytics import intervals
from course.analytics.gates import GATES, Gates, too_few_people
from course.analytics.responses import Floats
from course.analytics.rollups import AnswerSums
from course.analytics.statistic import Statistic, missing
from course.learning.mastery import Mastery, MasteryItem, MasteryState, chances, estimates


@dataclass(frozen=True, slots=True)
class ObjectiveMastery:
    """A cohort and an objective. `states`: learners in each; `mean_share`: of those with enough evidence, five or more."""

    objective: str
    learners: tuple[Mastery, ...]
    states: Mapping[MasteryState, int]
    mean_share: Statistic


def cohort_mastery(
    sums: AnswerSums,
    objectives: Mapping[str, Sequence[MasteryItem]],
    questions: tuple[str, ...],
    learners: int,
    calibration: str = "",
) -> tuple[ObjectiveMastery, ...]:
    """One row an objective that has questions, learners in the order of their codes 0 .. learners - 1.

    The same numbers as `learning.mastery.mastery` for each learner alone.
    """
    code = {name: number for number, name in enumerate(questions)}
    return tuple(
        _objective(objective, items, [code.get(item.question, -1) for item in items], sums, len(questions), learners, calibration)
        for objective, items in objectives.items()
        if items
    )


def _objective(
    objective: str,
    items: Sequence[MasteryItem],
    codes: Sequence[int],
    sums: AnswerSums,
    count: int,
    learners: int,
    calibration: str,
) -> ObjectiveMastery:
    row_of = np.full(count + 1, -1, dtype=np.int64)
    row_of[[c for c in codes if c >= 0]] = [row for row, c in enumerate(codes) if c >= 0]
    item = row_of[sums.question]
    mine = item >= 0
    learner, item = sums.learner[mine].astype(np.int64), item[mine]
    curves = chances(items)
    right, wrong = np.zeros((learners, len(items))), np.zeros((learners, len(items)))
    right[learner, item], wrong[learner, item] = sums.right[mine], sums.wrong[mine]
    likelihood = right @ np.log(curves) + wrong @ np.log1p(-curves)
    answers = np.bincount(learner, sums.answers[mine], minlength=learners).astype(np.int64)
    found = estimates(curves, likelihood, np.bincount(learner, minlength=learners), answers, calibration)
    known = np.array([m.share for m in found if m.state is not MasteryState.UNKNOWN])
    return ObjectiveMastery(objective, found, Counter(m.state for m in found), _mean(known))


def _mean(known: Floats, gates: Gates = GATES) -> Statistic:
    if len(known) < gates.people:
        return missing(len(known), too_few_people(len(known), gates.people, "learners with enough evidence"))
    return intervals.mean_share(known)
