"""How well a cohort knows what it knows: calibration by level, Brier score, and what was held for certain and wrong.

Levels, what they stand for and marks are those of `course.learning.certainty`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from course.analytics import intervals
from course.analytics.gates import GATES, Gates, too_few, too_few_people
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
    """`accuracy`: share right among answers given with this certainty. `well_calibrated` None below the gate.

    `learners`: how many the answers are of.
    """

    level: Level
    answered: int
    learners: int
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
    reason = _too_few(n, len(by_learner), gates) if n else "Nobody stated a certainty."
    return CertaintyOfCohort(
        answered=n,
        learners=len(by_learner),
        levels=tuple(_level(level, [a for a in answers if a.stated.certainty == level.number], gates) for level in LEVELS),
        brier=missing(len(by_learner), reason) if reason else intervals.mean_share(own[:, 0]),
        over=missing(len(by_learner), reason) if reason else intervals.mean(own[:, 1]),
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


def _too_few(answers: int, learners: int, gates: Gates) -> str:
    """Why nothing is said of so many answers of so many learners; "" when there are enough. One person is no cohort."""
    if answers < gates.statistics:
        return too_few(answers, gates.statistics)
    return too_few_people(learners, gates.people) if learners < gates.people else ""


def _level(level: Level, answers: Sequence[StatedBy], gates: Gates) -> LevelOfCohort:
    names = {name: code for code, name in enumerate(dict.fromkeys(a.learner for a in answers))}
    who = np.array([names[a.learner] for a in answers], dtype=np.int64)
    n, learners = len(answers), len(names)
    reason = _too_few(n, learners, gates) if n else "Nobody stated it."
    if reason:
        return LevelOfCohort(level, n, learners, missing(n, reason), None)
    right = np.bincount(who, [a.stated.right for a in answers], learners).astype(np.int64)
    share = float(right.sum()) / n
    low, high = intervals.of_answers(right, np.bincount(who, minlength=learners))
    return LevelOfCohort(level, n, learners, found(share, n, (low, high)), low <= level.stated <= high)


def _wrong(name: str, those: Sequence[StatedBy], could: set[str], gates: Gates) -> ConfidentlyWrong:
    who = {each.learner for each in those}
    of = len(could | who)
    share = found(len(who) / of, of, wilson(len(who) / of, of)) if of >= gates.statistics else missing(of, too_few(of, gates.statistics))
    chosen: dict[tuple[str, str], int] = {}
    for each in those:
        chosen[each.question, each.option] = chosen.get((each.question, each.option), 0) + 1
    return ConfidentlyWrong(name, len(who), len(those), of, share, tuple(sorted(chosen, key=lambda pair: (-chosen[pair], pair))))
