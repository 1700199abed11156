"""Difficulties of questions estimated from everybody's first attempts, kept under a dated id.

What a learner is told of their mastery rests on the calibration in force. Others' answers change it only by making a new one,
under another id, which stands beside every estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from course.analytics.difficulty_calibration import Calibration
from course.analytics.difficulty_calibration import calibrate as estimated
from course.analytics.responses import Answer, Responses
from course.analytics.rollups import AnswerSums
from course.content.model import Catalogue
from course.errors import Refused
from course.learning.mastery import CALIBRATED_FROM
from course.services.study.desk import Desk
from course.services.study.mastering import guess_of, item
from course.services.teach.rebuilding import build
from course.storage.stores.calibrations import StoredCalibration

AGAIN_AFTER: Final = timedelta(days=1)
GROWN: Final = 1.1
"""As many times the first attempts of the last calibration that there must be before another is made by itself."""


@dataclass(frozen=True, slots=True)
class CalibratedQuestion:
    """`before`: its difficulty until now, the label's or the last calibration's; `label` the author's word."""

    id: str
    label: str
    before: float
    difficulty: float
    firsts: int


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration, and the questions it has an estimate for."""

    id: str
    answers: int
    questions: tuple[CalibratedQuestion, ...]


def calibrate(desk: Desk, *, apply: bool = True) -> Calibrated:
    """Estimate every question of the course with 30 first attempts; with `apply`, from now on mastery is estimated with it.

    Raises Refused when no question has as many.
    """
    build(desk)
    now, catalogue = desk.clock(), desk.catalogue()
    with desk.uow.read() as tx:
        sums, _, questions = tx.rollups.answers()
        before = tx.calibrations.latest()
        taken = {one.id for one in tx.calibrations.every()}
    found = _estimated(catalogue, sums, questions, _fresh_id(now.date(), taken), now.date())
    if not found.difficulties:
        raise Refused(f"No question has {CALIBRATED_FROM} first attempts yet; the authors' labels stay.")
    answers = len(sums)
    if apply:
        with desk.uow.write() as tx:
            tx.calibrations.add(StoredCalibration(found.id, now, answers, found.difficulties, found.answers))
    return Calibrated(found.id, answers, tuple(_question(catalogue, found, before, name) for name in sorted(found.difficulties)))


def calibrate_when_due(desk: Desk) -> bool:
    """Make a new calibration when the last is a day old or more and there is a tenth more to make it of; whether one was made."""
    with desk.uow.read() as tx:
        last, (answers, most) = tx.calibrations.latest(), tx.calibrations.firsts()
    young = last.made_at is not None and desk.clock() - last.made_at < AGAIN_AFTER
    if young or most < CALIBRATED_FROM or answers < GROWN * last.answers:
        return False
    try:
        calibrate(desk)
    except Refused:  # those with as many are in the course no more, or all got them right
        return False
    return True


def _estimated(catalogue: Catalogue, sums: AnswerSums, questions: tuple[str, ...], name: str, day: date) -> Calibration:
    """Of questions that the course has today. A first attempt is right when it has full points."""
    here = np.array([q in catalogue.questions for q in questions], dtype=bool)
    rows = np.flatnonzero(here[sums.question]) if len(sums) else np.zeros(0, dtype=np.int64)
    table = Responses(
        questions=questions,
        attempt=sums.learner[rows],
        learner=sums.learner[rows],
        question=sums.question[rows],
        score=sums.first[rows],
        max=np.ones(len(rows)),
        state=np.full(len(rows), int(Answer.ANSWERED), dtype=np.int8),
    )
    return estimated(table, _guesses(catalogue), name, day)


def _guesses(catalogue: Catalogue) -> Mapping[str, float]:
    return {q.id: guess_of(q) or 0.0 for q in catalogue.questions.values()}


def _fresh_id(day: date, taken: set[str]) -> str:
    """The day; a second one of the same day ends in `.2`."""
    first = day.isoformat()
    return first if first not in taken else next(name for n in range(2, len(taken) + 3) if (name := f"{first}.{n}") not in taken)


def _question(catalogue: Catalogue, found: Calibration, before: StoredCalibration, name: str) -> CalibratedQuestion:
    question = catalogue.questions[name]
    return CalibratedQuestion(name, question.difficulty, item(question, before).difficulty, found.difficulties[name], found.answers[name])
