"""A case in a notebook, stage by stage: each is answered for good and judged before the next one is told."""

from __future__ import annotations

from collections.abc import Mapping

from course.content.model import Catalogue, Module
from course.errors import NotFound, Refused
from course.learning.events import EventKind
from course.learning.scoring import Answered, is_try, mark
from course.learning.telling import of_part, parts_of, under_way
from course.questions import Question
from course.questions.base import Json
from course.services.study.asking import question_view
from course.services.study.desk import Desk, LearnerId, known, the_cell
from course.services.study.parts import alone, part_of, part_review
from course.services.study.practice import allowed_now, order_of, tried
from course.services.study.responses import plain, same
from course.services.study.standing import note_completions
from course.services.study.views import StageView
from course.storage.stores.events import Event
from course.storage.unit_of_work import Transaction


def judge_stage(desk: Desk, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
    """What may be said about the answer to one stage. Nothing is kept.

    Raises NotFound for a cell that asks no case and for a stage that the case does not have, BadResponse for what is no
    answer at all.
    """
    return stage_judged(desk.catalogue(), module_id, cell_id, stage, response)


def stage_judged(catalogue: Catalogue, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
    """As `judge_stage`, of this content."""
    module, cell = the_cell(catalogue, module_id, cell_id)
    question = catalogue.questions.get(cell.question or "")
    part = part_of(question, stage)
    if question is None or part is None:
        raise NotFound("This case has no such stage.")
    given = plain(response)
    graded = mark(Answered(alone(question, part), part.points, given))
    if graded.state is None or not is_try(graded.state):
        return StageView(None, graded.reason or "Give an answer first.")
    shuffle, seed = order_of(catalogue, question)
    whole = question_view(question, seed=seed, shuffle=shuffle, points=question.points, folder=module.folder)
    return StageView(part_review(question, part, whole, given, allowed_now(catalogue, question.id, answered=True)))


def answer_stage(desk: Desk, learner: LearnerId, module_id: str, cell_id: str, stage: str, response: object) -> StageView:
    """Keep the answer to the next stage of a case, for good, and judge it; with the last one the case is a try.

    A blank or unreadable answer is not kept. The same answer sent again adds nothing. Raises like `judge_stage`, and Refused
    for another answer to an earlier stage, and for one that is not told yet.
    """
    catalogue, now = desk.catalogue(), desk.clock()
    judged = stage_judged(catalogue, module_id, cell_id, stage, response)
    if judged.problem:
        return judged
    module, cell = the_cell(catalogue, module_id, cell_id)
    question, given = catalogue.questions[cell.question or ""], plain(response)
    with desk.uow.write() as tx:
        known(tx, learner)
        answers = _under_way(tx, learner, module.id, question)
        latest = tx.practice.latest(learner, [question.id]).get(question.id)
        finished = latest.response if latest is not None and not answers and stage != parts_of(question)[0] else None
        if same(of_part(answers or finished, stage), given):
            return judged
        _refuse_unless_next(question, answers, stage)
        what = {"question": question.id, "version": question.version, "part": stage, "response": given}
        tx.events.append([Event(learner, now, EventKind.CASE_STEP, module.id, cell.id, what)])
        answers = {**answers, stage: given}
        if len(answers) == len(parts_of(question)):
            tried(tx, catalogue, question, latest, (learner, module.id, cell.id), answers, None, now)
            note_completions(tx, catalogue, learner, now)
        return judged


def cases_under_way(tx: Transaction, catalogue: Catalogue, learner: LearnerId | None, module: Module) -> Mapping[str, Mapping[str, Json]]:
    """Question id -> the answers given so far, for the cases of this module that the learner has begun and not finished."""
    asked = [catalogue.questions.get(cell.question or "") for cell in module.cells]
    cases = [question for question in asked if question is not None and parts_of(question)]
    if learner is None or not cases:
        return {}
    steps = tx.events.case_steps(learner, module.id)
    return {case.id: found for case in cases if (found := _answers(steps, case))}


def _under_way(tx: Transaction, learner: LearnerId, module_id: str, question: Question) -> Mapping[str, Json]:
    return _answers(tx.events.case_steps(learner, module_id), question)


def _answers(steps: tuple[Event, ...], question: Question) -> Mapping[str, Json]:
    """The answers of the case that is being worked on, to this version of it."""
    pinned = (question.id, question.version)
    mine = [step.data for step in steps if step.data is not None and (step.data["question"], step.data["version"]) == pinned]
    return under_way(((data["part"], data["response"]) for data in mine), parts_of(question))


def _refuse_unless_next(question: Question, answers: Mapping[str, Json], stage: str) -> None:
    """Raises Refused unless this is the first stage without an answer."""
    if stage in answers:
        raise Refused("This step is answered; your answer to it stays as it was.")
    if stage != next(part for part in parts_of(question) if part not in answers):
        raise Refused("The steps of a case are answered one after the other.")
