"""What a cohort is sure of and wrong about, by misconception, and how well it knows what it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from course.analytics.certainty_of_cohort import CertaintyOfCohort, ConfidentlyWrong, StatedBy, certainty_of_cohort, confidently_wrong
from course.content.model import Catalogue
from course.learning.certainty import Stated
from course.learning.events import Spot
from course.questions import Question, by_name
from course.questions.base import State
from course.services.insight.desk import Lens, scene
from course.services.insight.items import place_of, plain
from course.services.study import wording
from course.services.study.desk import Desk, LearnerId
from course.services.study.views import Place
from course.storage.stores.answers import AnswerColumns

_NOTHING: Final = ("", "")
"""No option, no misconception."""


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """An option that was chosen with certainty and is wrong. `quiz`: one that asks the question and was handed in here."""

    question: str
    quiz: str
    stem: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    """`text` of the misconception and what corrects it; `taught_in`: the cell that answers it."""

    id: str
    text: str
    correction: str
    found: ConfidentlyWrong
    options: tuple[ChosenOption, ...]
    taught_in: Place | None


@dataclass(frozen=True, slots=True)
class CertaintyView:
    """`rows`: misconceptions, those of most learners first."""

    cohort: CertaintyOfCohort
    rows: tuple[WrongRow, ...]
    lens: Lens


def certainty(desk: Desk, who: LearnerId | None, lens: Lens) -> CertaintyView:
    """Over every answer with a certainty, in all quizzes and attempts that the dates let in."""
    with desk.uow.read() as tx:
        found = scene(desk, tx, who, replace(lens, quiz=""))
        columns = tx.answers.answers(found.asked)
    questions = {name: found.catalogue.questions[name] for name in columns.questions if name in found.catalogue.questions}
    stated = tuple(_stated(columns, questions))
    wrong = confidently_wrong(stated, _could(columns, questions))
    return CertaintyView(certainty_of_cohort(stated), tuple(_row(found.catalogue, columns, questions, one) for one in wrong), lens)


def _stated(columns: AnswerColumns, questions: Mapping[str, Question]) -> Iterator[StatedBy]:
    right = columns.states.index(State.RIGHT) if State.RIGHT in columns.states else None
    rows = np.flatnonzero((columns.certainty > 0) & (columns.state >= 0) & ~np.isnan(columns.score))
    chosen: dict[tuple[int, int], tuple[str, str]] = {}
    taken = (columns.learner, columns.question, columns.response, columns.certainty, columns.score, columns.state)
    for learner, code, response, certain, score, state in zip(*(each[rows].tolist() for each in taken), strict=True):
        name, betrayed = columns.questions[code], _NOTHING
        if state != right and name in questions and response >= 0:
            if (code, response) not in chosen:
                chosen[code, response] = _betrayed(questions[name], columns.responses[response])
            betrayed = chosen[code, response]
        yield StatedBy(columns.learners[learner], name, Stated(certain, score, state == right), *betrayed)


def _betrayed(question: Question, response: object) -> tuple[str, str]:
    """The first chosen option that carries a misconception, and that."""
    comments = by_name(question.type).comments(question.body, response)
    return next(((c.target, c.misconception) for c in comments if c.misconception), _NOTHING)


def _could(columns: AnswerColumns, questions: Mapping[str, Question]) -> Iterator[tuple[str, str]]:
    """Learner and misconception, for every question that offered it and was answered with a certainty."""
    offered = {name: _offered(question) for name, question in questions.items()}
    rows = np.flatnonzero((columns.certainty > 0) & (columns.state >= 0))
    offers = np.array([bool(offered.get(name)) for name in columns.questions], dtype=bool)
    rows = rows[offers[columns.question[rows]]]
    for learner, question in set(zip(columns.learner[rows].tolist(), columns.question[rows].tolist(), strict=True)):
        for misconception in offered.get(columns.questions[question], ()):
            yield columns.learners[learner], misconception


def _offered(question: Question) -> frozenset[str]:
    kind = by_name(question.type)
    found = set()
    for option in kind.options(question.body):
        for response in (option.id, [option.id]):
            if option.id in kind.chosen(question.body, response):
                found |= {c.misconception for c in kind.comments(question.body, response) if c.misconception}
                break
    return frozenset(found)


def _row(catalogue: Catalogue, columns: AnswerColumns, questions: Mapping[str, Question], one: ConfidentlyWrong) -> WrongRow:
    known = catalogue.course.misconceptions.get(one.misconception)
    module, _, cell = (known.cell or "").partition("#") if known is not None else ("", "", "")
    options = tuple(_option(columns, questions, question, option) for question, option in one.chosen if question in questions)
    spot = Spot(module, cell) if cell else next((Spot(*catalogue.taught_in[q]) for q, _ in one.chosen if q in catalogue.taught_in), None)
    return WrongRow(
        id=one.misconception,
        text=known.text if known is not None else one.misconception,
        correction=known.correction if known is not None else "",
        found=one,
        options=options,
        taught_in=wording.place(catalogue, spot),
    )


def _option(columns: AnswerColumns, questions: Mapping[str, Question], name: str, option: str) -> ChosenOption:
    question = questions[name]
    texts = {o.id: o.text for o in by_name(question.type).options(question.body)}
    row = int(np.flatnonzero(columns.question == columns.questions.index(name))[0])
    return ChosenOption(name, columns.quizzes[columns.quiz[row]], plain(question.stem), texts.get(option, option), place_of(question))
