"""Mastery of objectives: the questions as the model sees them, and one learner's estimates in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from course.content.model import Catalogue, Objective
from course.learning.mastery import FEWEST, Evidence, Mastery, MasteryItem, MasteryState, difficulty_of, mastery, weight_of
from course.questions import Question, by_name
from course.services.study.views import MasteryView
from course.storage.stores.calibrations import StoredCalibration
from course.storage.stores.rollups import LoggedAnswer


def guess_of(question: Question) -> float | None:
    """The share of the points that choosing blindly earns; None where nothing can be guessed."""
    options = by_name(question.type).options(question.body)
    if question.type not in ("single_choice", "true_false") or not options:
        return None
    grade = by_name(question.type).grade
    return sum(grade(question.body, option.id).score or 0.0 for option in options) / len(options)


def questions_of(catalogue: Catalogue, objective_id: str) -> tuple[Question, ...]:
    """The questions of an objective that have a right and a wrong."""
    return tuple(q for q in catalogue.questions.values() if q.objective == objective_id and by_name(q.type).graded)


def item(question: Question, calibration: StoredCalibration) -> MasteryItem:
    """The question under this calibration; where that has no estimate, the author's label counts."""
    estimate, firsts = calibration.difficulties.get(question.id), calibration.firsts.get(question.id, 0)
    return MasteryItem(question.id, difficulty_of(question.difficulty, firsts, estimate), guess_of(question) or 0.0)


def own_mastery(
    catalogue: Catalogue, log: Iterable[LoggedAnswer], shows: Callable[[LoggedAnswer], bool], calibration: StoredCalibration
) -> tuple[MasteryView, ...]:
    """A learner's estimates, objectives in the course's order. Of the log, in order of time, only what `shows` lets be seen counts."""
    evidence: list[Evidence] = []
    seen: set[str] = set()
    for one in log:
        if shows(one):
            evidence.append(Evidence(one.question, one.score, weight_of(first=one.question not in seen, hinted=one.hinted)))
        seen.add(one.question)
    found = []
    for objective in catalogue.objectives.values():
        items = [item(q, calibration) for q in questions_of(catalogue, objective.id)]
        estimate = mastery(items, evidence, calibration.id)
        if estimate is not None:
            found.append(_view(objective, estimate, len(items)))
    return tuple(found)


def _view(objective: Objective, found: Mastery, of: int) -> MasteryView:
    return MasteryView(
        objective.id, objective.number, objective.text, objective.module, found.state, found.share, found.low, found.high,
        found.questions, found.answers, of, missing(found, of),
    )  # fmt: skip


def missing(found: Mastery, of: int) -> str:
    """What an estimate lacks before it can be called one; "" when it lacks nothing. `of`: questions of the objective."""
    if found.state is not MasteryState.UNKNOWN:
        return ""
    if found.questions < FEWEST:
        more = FEWEST - found.questions
        return (
            f"Answer {more} more of its {of} questions." if of >= FEWEST else f"It has only {of} of the {FEWEST} questions that it needs."
        )
    left = of - found.questions
    wide = f"The answers so far leave anything from {found.low:.0%} to {found.high:.0%} open."
    return f"{wide} {left} of its questions are still new to you." if left else f"{wide} A second try at its questions narrows it a little."
