"""A case in a notebook, stage by stage: each is judged when it is answered, before the next one is told."""

from __future__ import annotations

from dataclasses import replace

from course.errors import NotFound
from course.learning.scoring import Answered, is_try, mark
from course.questions import Question
from course.questions.base import OutcomeFeedback, Stage
from course.questions.composite import Composite, Part
from course.services.study.asking import question_view, review_view
from course.services.study.desk import Desk, the_cell
from course.services.study.practice import allowed_now, order_of
from course.services.study.responses import plain
from course.services.study.views import StageView


def judge_stage(desk: Desk, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
    """What may be said about the answer to one stage. Nothing is kept: the case is a try once all its stages are answered.

    Raises NotFound for a cell that asks no case and for a stage that the case does not have, BadResponse for what is no
    answer at all.
    """
    catalogue = desk.catalogue()
    module, cell = the_cell(catalogue, module_id, cell_id)
    question = catalogue.questions.get(cell.question or "")
    part = _part(question, stage)
    if question is None or part is None:
        raise NotFound("This case has no such stage.")
    given = plain(response)
    alone = _alone(question, part)
    graded = mark(Answered(alone, part.points, given))
    if graded.state is None or not is_try(graded.state):
        return StageView(None, graded.reason or "Give an answer first.")
    shuffle, seed = order_of(catalogue, question)
    whole = question_view(question, seed=seed, shuffle=shuffle, points=question.points, folder=module.folder)
    told = next(c for c in whole.controls if isinstance(c, Stage) and c.name == stage)
    return StageView(
        review_view(alone, replace(whole, controls=told.controls), given, graded, allowed_now(catalogue, question.id, answered=True))
    )


def _part(question: Question | None, stage: str) -> Part | None:
    parts = question.body.parts if question is not None and isinstance(question.body, Composite) else ()
    return next((part for part in parts if part.id == stage), None)


def _alone(question: Question, part: Part) -> Question:
    """The stage as a question of its own: its words and its key, without those of the case."""
    return replace(
        question, type=part.kind.name, stem=part.stem, body=part.body, explanation=part.explanation, points=part.points, cites=(),
        feedback=OutcomeFeedback(), hints=(), notice="", figure=None, floor=None, parameters=None,
    )  # fmt: skip
