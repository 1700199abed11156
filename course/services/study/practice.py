"""Questions asked in place: answered at once, tried again at will, the first try kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from course.content.model import Catalogue, Cell, Module
from course.errors import NotFound, Refused
from course.learning.drawing import attempt_seed, practice_seed
from course.learning.events import EventKind
from course.learning.policy import Kind
from course.learning.reveal import NOTHING, Occasion, Shown, shown
from course.learning.scoring import Answered, Mark, is_try, mark
from course.learning.telling import parts_of
from course.questions import Question
from course.questions.base import Json, State
from course.services.study import rolling
from course.services.study.asking import question_view, review_view
from course.services.study.desk import LearnerId, as_asked, pinned_variant, practice_quiz, the_cell
from course.services.study.responses import same
from course.services.study.views import PracticeView
from course.storage.stores.events import Event
from course.storage.stores.practice import Try
from course.storage.unit_of_work import Transaction


def answered_whole(catalogue: Catalogue, module_id: str, cell_id: str) -> tuple[Module, Cell, Question]:
    """A cell and what it asks. Raises NotFound for one that asks nothing, Refused for a case."""
    module, cell = the_cell(catalogue, module_id, cell_id)
    question = catalogue.questions.get(cell.question or "")
    if question is None:
        raise NotFound("This cell asks nothing.")
    if parts_of(question):
        raise Refused("A case is answered part by part.")
    return module, cell, question


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an answer. `latest`: the last try that is kept. `problem`: why this one is none."""

    latest: Try | None
    problem: str = ""
    repeated: bool = False


def tried(
    tx: Transaction,
    catalogue: Catalogue,
    question: Question,
    latest: Try | None,
    where: tuple[LearnerId, str, str],
    given: Json,
    seen: int | None,
    now: datetime,
) -> Tried:
    """Keep an answer as the try after `latest`, unless it is none or the one just kept. `where`: learner, module and cell."""
    tries = latest.number if latest is not None else 0
    asked, variant = asked_in_try(catalogue, question, min(tries, max(0, tries if seen is None else seen)) + 1)
    graded = mark(Answered(asked, question.points, given))
    if graded.state is None or not is_try(graded.state):
        return Tried(latest, graded.reason or "Give an answer first.")
    if latest is not None and (latest.version, latest.variant) == (question.version, variant) and same(latest.response, given):
        return Tried(latest, repeated=True)
    return Tried(_kept(tx, asked, variant, graded, given, where, tries + 1, now))


def practice_view(
    catalogue: Catalogue,
    module: Module,
    question: Question,
    latest: Try | None,
    first: Try | None,
    *,
    notice: str = "",
    steps: Mapping[str, Json] | None = None,
) -> PracticeView:
    """The question with the learner's last try, what may be said about it, and what is asked next.

    Everybody sees the same order, and in the same try the same numbers. `steps`: the parts of a case answered so far.
    """
    shuffle, seed = order_of(catalogue, question)
    current = latest if latest is not None and latest.version == question.version else None
    tries = latest.number if latest is not None else 0
    upcoming = asked_in_try(catalogue, question, tries + 1)[0]
    answered = as_asked(question, current.variant) if current is not None else upcoming
    again = question_view(upcoming, seed=seed, shuffle=shuffle, points=question.points, folder=module.folder)
    asked = again
    if answered is not upcoming:
        asked = question_view(answered, seed=seed, shuffle=shuffle, points=question.points, folder=module.folder)
    allowed = allowed_now(catalogue, question.id, answered=latest is not None)
    review = None
    if current is not None and current.state is not State.MANUAL:
        review = review_view(answered, asked, current.response, Mark(current.score, current.state, question.points), allowed)
    return PracticeView(
        question=asked,
        again=again,
        response=current.response if current is not None else None,
        tries=tries,
        review=review,
        first=first.state if first is not None and allowed.correctness else None,
        notice=notice if allowed.correctness else "",
        changed=latest is not None and current is None,
        steps=steps or {},
    )


def order_of(catalogue: Catalogue, question: Question) -> tuple[bool, int]:
    """Whether options are shuffled, and the seed of their order, which is the same for everybody."""
    quiz = practice_quiz(catalogue, question.id)
    return quiz is None or quiz.policy.shuffle_options, attempt_seed("fixed", fresh=0, learner="", quiz=question.version)


def allowed_now(catalogue: Catalogue, question_id: str, *, answered: bool) -> Shown:
    """In a practice quiz a question is an attempt of its own; any other quiz keeps back what waits for its attempt."""
    quiz = practice_quiz(catalogue, question_id)
    if quiz is None:
        return NOTHING
    over = answered and quiz.policy.kind is Kind.PRACTICE
    return shown(quiz.policy.reveal, Occasion(answered=answered, over=over, passed=False, closed=False, posttest=False))


def asked_in_try(catalogue: Catalogue, question: Question, number: int) -> tuple[Question, Mapping[str, Any] | None]:
    """What a try of this number asks, and what to store of it."""
    quiz = practice_quiz(catalogue, question.id)
    return pinned_variant(question, practice_seed(quiz.policy.seed if quiz is not None else "fixed", number=number))


def _kept(
    tx: Transaction,
    question: Question,
    variant: Mapping[str, Any] | None,
    graded: Mark,
    given: Json,
    where: tuple[LearnerId, str, str],
    number: int,
    now: datetime,
) -> Try:
    assert graded.state is not None
    learner, module, cell = where
    one = Try(learner, now, module, cell, question.id, question.version, variant, number, given, graded.score, graded.state)
    tx.questions.remember([question], now)
    tx.practice.append(one)
    rolling.answered(tx, learner, [question.id])
    tx.events.append([Event(learner, now, EventKind.CELL_ANSWERED, module, cell)])
    return one
