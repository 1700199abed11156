"""How well a cohort knows what it knows: calibration by level, Brier score, and what was held for certain and wrong.

Levels, what they stand for and marks are those of `course.learning.certainty`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from course.analytics import intervals
from course.analytics.gates import GATES, Gates, too_few
from course.analytics.intervals import wilson
from course.analytics.statistic import Statistic, found, missing
from course.learning.certainty import LEVELS, Level, Stated, certain_and_wrong


@dataclass(frozen=True, slots=True)
class StatedBy:
    """One answer with a certainty. `misconception`: of the wrong option that was chosen, "" for none."""

    learner: str
    question: str
    stated: Stated
    option: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class LevelOfCohort:
    """`accuracy`: share right among answers given with this certainty. `well_calibrated` None below the gate."""

    level: Level
    answered: int
    accuracy: Statistic
    well_calibrated: bool | None
    """Whether what the level stands for lies within the interval of the accuracy."""


@dataclass(frozen=True, slots=True)
class CertaintyOfCohort:
    """`brier` with the interval of a mean over learners; `over`: stated chance less share right, above 0 is overconfident."""

    answered: int
    learners: int
    levels: tuple[LevelOfCohort, ...]
    brier: Statistic
    over: Statistic


@dataclass(frozen=True, slots=True)
class ConfidentlyWrong:
    """A misconception that was held for certain. `of`: learners who were asked a question in which it can be chosen."""

    misconception: str
    learners: int
    answers: int
    of: int
    share: Statistic
    chosen: tuple[tuple[str, str], ...]
    """Question and option, most often chosen first."""


def certainty_of_cohort(answers: Sequence[StatedBy], gates: Gates = GATES) -> CertaintyOfCohort:
    """Each learner weighs the same in `brier` and `over`: they are means of the learners' own."""
    chances = {level.number: level.stated for level in LEVELS}
    by_learner: dict[str, list[tuple[float, float]]] = {}
    for each in answers:
        stated = chances[each.stated.certainty]
        by_learner.setdefault(each.learner, []).append(((stated - each.stated.right) ** 2, stated - each.stated.right))
    own = np.array([np.mean(pairs, axis=0) for pairs in by_learner.values()]).reshape(-1, 2)
    n = len(answers)
    gated = n >= gates.statistics
    none = missing(n, too_few(n, gates.statistics) if n else "Nobody stated a certainty.")
    return CertaintyOfCohort(
        answered=n,
        learners=len(by_learner),
        levels=tuple(_level(level, [a for a in answers if a.stated.certainty == level.number], gates) for level in LEVELS),
        brier=intervals.mean(own[:, 0]) if gated else none,
        over=intervals.mean(own[:, 1]) if gated else none,
    )


def confidently_wrong(answers: Iterable[StatedBy], asked: Iterable[tuple[str, str]], gates: Gates = GATES) -> tuple[ConfidentlyWrong, ...]:
    """By misconception, those of most learners first. `asked`: (learner, misconception) for every question that offered it."""
    could: dict[str, set[str]] = {}
    for learner, misconception in asked:
        could.setdefault(misconception, set()).add(learner)
    held: dict[str, list[StatedBy]] = {}
    for each in answers:
        if each.misconception and certain_and_wrong(each.stated):
            held.setdefault(each.misconception, []).append(each)
    rows = [_wrong(name, those, could.get(name, set()), gates) for name, those in held.items()]
    return tuple(sorted(rows, key=lambda row: (-row.learners, row.misconception)))


def _level(level: Level, answers: Sequence[StatedBy], gates: Gates) -> LevelOfCohort:
    n = len(answers)
    if n < max(gates.statistics, 1):
        return LevelOfCohort(level, n, missing(n, too_few(n, gates.statistics) if n else "Nobody stated it."), None)
    share = sum(a.stated.right for a in answers) / n
    low, high = wilson(share, n)
    return LevelOfCohort(level, n, found(share, n, (low, high)), low <= level.stated <= high)


def _wrong(name: str, those: Sequence[StatedBy], could: set[str], gates: Gates) -> ConfidentlyWrong:
    who = {each.learner for each in those}
    of = len(could | who)
    share = found(len(who) / of, of, wilson(len(who) / of, of)) if of >= gates.statistics else missing(of, too_few(of, gates.statistics))
    chosen: dict[tuple[str, str], int] = {}
    for each in those:
        chosen[each.question, each.option] = chosen.get((each.question, each.option), 0) + 1
    return ConfidentlyWrong(name, len(who), len(those), of, share, tuple(sorted(chosen, key=lambda pair: (-chosen[pair], pair))))
