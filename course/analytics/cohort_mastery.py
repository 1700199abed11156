"""Mastery of everybody in a cohort at once, and what a cohort has of an objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.analytics import intervals
from course.analytics.responses import Codes, Floats
from course.analytics.statistic import Statistic
from course.learning.mastery import Mastery, MasteryItem, MasteryState, chances, estimates, log_likelihoods


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceColumns:
    """Graded answers, one a row: learner and question as codes, score as a share of 1, weight as `learning.mastery.weight_of` gives it."""

    learner: Codes
    question: Codes
    score: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class ObjectiveMastery:
    """A cohort and an objective. `states`: learners in each; `mean_share`: of those with enough evidence, with its t interval."""

    objective: str
    learners: tuple[Mastery, ...]
    states: Mapping[MasteryState, int]
    mean_share: Statistic


def cohort_mastery(
    evidence: EvidenceColumns,
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
        _objective(objective, items, [code.get(item.question, -1) for item in items], evidence, len(questions), learners, calibration)
        for objective, items in objectives.items()
        if items
    )


def _objective(
    objective: str,
    items: Sequence[MasteryItem],
    codes: Sequence[int],
    evidence: EvidenceColumns,
    count: int,
    learners: int,
    calibration: str,
) -> ObjectiveMastery:
    row_of = np.full(count + 1, -1, dtype=np.int64)
    row_of[[c for c in codes if c >= 0]] = [row for row, c in enumerate(codes) if c >= 0]
    row_of[-1] = -1
    item = row_of[evidence.question]
    mine = item >= 0
    learner, item = evidence.learner[mine].astype(np.int64), item[mine]
    curves = chances(items)
    likelihood = log_likelihoods(curves, learner, item, evidence.score[mine], evidence.weight[mine], learners)
    asked = np.zeros((learners, len(items)), dtype=bool)
    asked[learner, item] = True
    found = estimates(curves, likelihood, asked.sum(axis=1), np.bincount(learner, minlength=learners), calibration)
    known = np.array([m.share for m in found if m.state is not MasteryState.UNKNOWN])
    return ObjectiveMastery(objective, found, Counter(m.state for m in found), intervals.mean(known))
