"""Mastery of the course's objectives in a cohort, and which questions ask for them: what to teach again, and what is untested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from course.access.permissions import Action
from course.analytics.cohort_mastery import ObjectiveMastery, cohort_mastery
from course.analytics.first_tries import FirstTries, first_tries
from course.analytics.rollups import AnswerSums, answer_sums
from course.analytics.statistic import Statistic
from course.analytics.suppression import FEWEST
from course.content.model import Catalogue
from course.errors import NotFound
from course.learning.events import Spot
from course.learning.mastery import MasteryState
from course.questions import Question
from course.services.insight.desk import Lens, Scene, learner_names, scene
from course.services.insight.items import place_of, plain
from course.services.study import wording
from course.services.study.desk import Desk, LearnerId
from course.services.study.mastering import item, questions_of
from course.services.study.views import Place
from course.storage.stores.calibrations import LABELS, StoredCalibration
from course.storage.unit_of_work import Transaction

STATES: Final = (MasteryState.MASTERED, MasteryState.NEARLY, MasteryState.DEVELOPING, MasteryState.UNKNOWN)
"""In the order in which they are shown."""
_FIRST: Final = (MasteryState.DEVELOPING, MasteryState.NEARLY, MasteryState.UNKNOWN, MasteryState.MASTERED)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective: learners in each state of `STATES`, the cohort's mean, and how many of its questions have graded answers."""

    id: str
    number: str
    text: str
    module: str
    states: tuple[int, ...]
    mean_share: Statistic
    asked: int
    questions: int


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner's states, objectives in the order of the view; an index into `STATES`."""

    learner: LearnerId
    name: str
    states: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ObjectivesView:
    """`people`: None to those who may not see single learners. `calibration`: what the difficulties are from."""

    learners: int
    rows: tuple[ObjectiveRow, ...]
    people: tuple[LearnerRow, ...] | None
    lens: Lens
    calibration: StoredCalibration = LABELS


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question of an objective: over the first try of each learner. `quizzes`: ids of those that ask it; empty: in no quiz."""

    id: str
    stem: str
    place: str
    quizzes: tuple[tuple[str, str], ...]
    first_tries: FirstTries


@dataclass(frozen=True, slots=True)
class LearnerMastery:
    """One learner and one objective; `low` and `high` are the 80 % interval."""

    learner: LearnerId
    name: str
    state: MasteryState
    share: float
    low: float
    high: float
    questions: int
    answers: int


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """One objective. `taught_in`: the cells that teach it."""

    row: ObjectiveRow
    learners: int
    questions: tuple[AskedRow, ...]
    people: tuple[LearnerMastery, ...] | None
    taught_in: tuple[Place, ...]
    lens: Lens
    calibration: StoredCalibration = LABELS


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What one reading gives: mastery by objective over these learners, and the first try of each learner at each question."""

    learners: tuple[LearnerId, ...]
    mastery: Mapping[str, ObjectiveMastery]
    tries: Mapping[str, FirstTries]
    names: Mapping[LearnerId, str] | None
    calibration: StoredCalibration


def objectives(desk: Desk, who: LearnerId | None, lens: Lens) -> ObjectivesView:
    """Every objective that has questions. Quiz and attempts of the lens do not filter: mastery is of all that somebody answered."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz=""))
        read = _read(tx, found)
    rows = tuple(_row(found.catalogue, read, one) for one in read.mastery.values())
    return ObjectivesView(len(read.learners), rows, _people(read), lens, read.calibration)


def objective(desk: Desk, who: LearnerId | None, lens: Lens, objective_id: str) -> ObjectiveView:
    """Raises NotFound for an objective that the course does not have, or that no question asks for."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz=""))
        read = _read(tx, found)
    mine = read.mastery.get(objective_id)
    if mine is None:
        raise NotFound("The course has no such objective.")
    questions = questions_of(found.catalogue, objective_id)
    spots = dict.fromkeys(found.catalogue.taught_in[q.id] for q in questions if q.id in found.catalogue.taught_in)
    places = (wording.place(found.catalogue, Spot(*spot)) for spot in spots)
    people = None if read.names is None else _one(read, mine, read.names)
    asked = tuple(_asked(found.catalogue, q, read) for q in questions)
    row = _row(found.catalogue, read, mine)
    return ObjectiveView(row, len(read.learners), asked, people, tuple(p for p in places if p is not None), lens, read.calibration)


def _read(tx: Transaction, found: Scene) -> _Found:
    learners = tx.answers.present(found.asked)
    names = learner_names(tx, found) if found.may(Action.INSIGHT_PEOPLE) else None
    sums, questions = _rolled(tx, found, learners) if found.rolled else _summed(tx, found, learners)
    calibration = tx.calibrations.latest()
    asked = {o: tuple(item(q, calibration) for q in questions_of(found.catalogue, o)) for o in found.catalogue.objectives}
    mastery = cohort_mastery(sums, asked, questions, len(learners), calibration.id)
    first = np.ones(len(sums), dtype=bool)
    tries = first_tries(sums.question, sums.first, first, questions)
    return _Found(learners, {m.objective: m for m in mastery}, tries, names, calibration)


def _rolled(tx: Transaction, found: Scene, learners: Sequence[LearnerId]) -> tuple[AnswerSums, tuple[str, ...]]:
    """What is kept of the learners' answers, learners by their place in `learners`; and the questions that its codes stand for."""
    sums, theirs, questions = tx.rollups.answers(found.asked)
    place = {name: number for number, name in enumerate(learners)}
    return replace(sums, learner=_recoded(theirs, place)[sums.learner]), questions


def _summed(tx: Transaction, found: Scene, learners: Sequence[LearnerId]) -> tuple[AnswerSums, tuple[str, ...]]:
    """The same from the log: answers of quizzes and notebooks together, in order of time."""
    columns, tries = tx.answers.answers(found.asked), tx.answers.tries(found.asked)
    questions = tuple(dict.fromkeys((*columns.questions, *tries.questions)))
    code = {name: number for number, name in enumerate(questions)}
    place = {name: number for number, name in enumerate(learners)}
    rows = np.flatnonzero((columns.state >= 0) & ~np.isnan(columns.score))
    kept = np.flatnonzero(~np.isnan(tries.score))
    learner = np.r_[_recoded(columns.learners, place)[columns.learner[rows]], _recoded(tries.learners, place)[tries.learner[kept]]]
    question = np.r_[_recoded(columns.questions, code)[columns.question[rows]], _recoded(tries.questions, code)[tries.question[kept]]]
    score, none = np.r_[columns.score[rows], tries.score[kept]], np.zeros(len(kept), dtype=bool)
    hinted, counts = np.r_[columns.hinted[rows], none], np.r_[columns.max[rows] > 0, none]
    order = np.argsort(np.r_[columns.submitted[rows], tries.at[kept]], kind="stable")
    return answer_sums(learner[order], question[order], score[order], hinted[order], counts[order]), questions


def _recoded(names: Sequence[str], codes: Mapping[str, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array([codes[name] for name in names], dtype=np.int32)


def _row(catalogue: Catalogue, read: _Found, one: ObjectiveMastery) -> ObjectiveRow:
    objective = catalogue.objectives[one.objective]
    questions = questions_of(catalogue, one.objective)
    asked = sum(q.id in read.tries and read.tries[q.id].n > 0 for q in questions)
    states = tuple(one.states.get(state, 0) for state in STATES)
    return ObjectiveRow(objective.id, objective.number, objective.text, objective.module, states, one.mean_share, asked, len(questions))


def _people(read: _Found) -> tuple[LearnerRow, ...] | None:
    if read.names is None:
        return None
    found = [
        LearnerRow(
            learner,
            read.names.get(learner, "No name"),
            tuple(STATES.index(one.learners[at].state) for one in read.mastery.values()),
            tuple(one.learners[at].share for one in read.mastery.values()),
        )
        for at, learner in enumerate(read.learners)
    ]
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


def _one(read: _Found, mine: ObjectiveMastery, names: Mapping[LearnerId, str]) -> tuple[LearnerMastery, ...]:
    rows = [
        LearnerMastery(who, names.get(who, "No name"), m.state, m.share, m.low, m.high, m.questions, m.answers)
        for who, m in zip(read.learners, mine.learners, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (_FIRST.index(row.state), row.name.casefold())))


def _asked(catalogue: Catalogue, question: Question, read: _Found) -> AskedRow:
    quizzes = tuple((q.id, q.title) for q in catalogue.course.quizzes.values() if q.question(question.id) is not None)
    none = first_tries(np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0, dtype=bool), (question.id,), fewest=FEWEST)
    return AskedRow(question.id, plain(question.stem), place_of(question), quizzes, read.tries.get(question.id) or none[question.id])
