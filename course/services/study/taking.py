"""Working on an attempt: what is shown, and every change stored before it is called saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from course.content.model import Catalogue
from course.errors import NotFound, Refused
from course.learning.attempts import OPEN, Attempt, answer, seconds_left, settle
from course.learning.behaviours import may_go_back, turn
from course.learning.policy import Behaviour
from course.learning.responses import Response, ResponseKind
from course.learning.scoring import Answered, is_try, mark
from course.questions.base import Json, State, is_blank
from course.services.study import wording
from course.services.study.asking import question_view, review_view
from course.services.study.desk import Desk, LearnerId, folder_of, known, mine, zone_of
from course.services.study.grading import Paper, paper, settled
from course.services.study.responses import plain, same, sure
from course.services.study.standing import Standing, standing
from course.services.study.views import AttemptView, QuestionView, SavedView, SlotView
from course.storage.stores.attempts import Slot
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


def attempt_view(desk: Desk, learner: LearnerId | None, attempt_id: int) -> AttemptView:
    """The attempt to work on; without slots once it takes no more answers. Raises NotFound for anybody else's."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        attempt = settle(mine(tx, learner, attempt_id), now)
        person = tx.people.get(attempt.learner)
        found = standing(tx, catalogue, learner, now)
        sheet = paper(desk, tx, attempt) if attempt.state in OPEN else Paper(attempt.policy, (), {}, {})
    slots = tuple(slot_view(catalogue, found, attempt, sheet, slot) for slot in sheet.slots)
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    return AttemptView(
        id=attempt.id,
        quiz=attempt.quiz,
        title=quiz.title if quiz is not None else attempt.quiz,
        kind=attempt.policy.kind,
        number=attempt.number,
        state=attempt.state,
        over=attempt.state not in OPEN,
        slots=slots,
        answered=sum(s.answered for s in slots),
        seconds_left=seconds_left(attempt, now),
        saved=_saved_words(sheet, person),
        asks_certainty=attempt.policy.certainty,
        sequential=attempt.policy.sequential,
        immediate=attempt.policy.behaviour is Behaviour.IMMEDIATE,
    )


def save(desk: Desk, learner: LearnerId, attempt_id: int, position: int, response: object, certainty: int | None = None) -> SavedView:
    """Append an answer in a transaction of its own. The same answer again adds nothing; an unreadable one is kept, and said.

    Raises BadResponse for what is no JSON or too large, Refused when the question or the attempt takes no more answers,
    NotFound for another's attempt.
    """
    given = plain(response)
    with _working(desk, learner, attempt_id, position) as work:
        stored = _append(work, given, sure(certainty, asked=work.attempt.policy.certainty), ResponseKind.SAVED)
        problem = _problem(work.paper, work.slot)
        words = _saved_words(work.paper, work.person)
        return SavedView(position, stored.at, not is_blank(given), problem, words)


def check(
    desk: Desk, learner: LearnerId, attempt_id: int, position: int, response: object = None, certainty: int | None = None
) -> SlotView:
    """Settle one question of an immediate quiz: the answer is stored, graded and can no longer be changed.

    Without a response the one already saved is checked. A blank or unreadable answer is asked again. Checking twice shows
    what was checked first. Raises like `save`, and Refused in a quiz that is graded as a whole.
    """
    given, catalogue = plain(response), desk.catalogue()
    with _working(desk, learner, attempt_id, position, settled_too=True) as work:
        if work.attempt.policy.behaviour is not Behaviour.IMMEDIATE:
            raise Refused("This quiz is graded as a whole, when you hand it in.")
        if not _is_checked(work.paper, work.slot):
            _refuse_settled(work.attempt, work.paper, work.slot)
            sent = sure(certainty, asked=work.attempt.policy.certainty)
            saved = work.paper.last(work.slot)
            if given is None and saved is not None:
                given, sent = saved.response, saved.certainty if sent is None else sent
            _append(work, given, sent, ResponseKind.CHECKED if _is_answer(work, given) else ResponseKind.SAVED)
        found = standing(work.tx, catalogue, learner, work.now)
        view = slot_view(catalogue, found, work.attempt, work.paper, work.slot)
        return view if view.answered or view.problem else replace(view, problem="Give an answer first.")


def flag(desk: Desk, learner: LearnerId, attempt_id: int, position: int, flagged: bool) -> None:
    """Mark a question to come back to, or unmark it."""
    with _working(desk, learner, attempt_id, position, settled_too=True) as work:
        work.tx.attempts.save_slots(attempt_id, [replace(work.slot, flagged=flagged)])


def skip_notice(desk: Desk, learner: LearnerId, attempt_id: int, position: int) -> None:
    """Pass over a question that carries a content notice: it counts as not presented. Answering it takes the skip back.

    Raises Refused for a question without a notice, or one that has been answered.
    """
    with _working(desk, learner, attempt_id, position) as work:
        if not work.paper.question(work.slot).notice:
            raise Refused("Only a question with a content notice can be passed over.")
        before = work.paper.last(work.slot)
        if before is not None and not is_blank(before.response):
            raise Refused("You have answered this question; clear the answer to pass it over.")
        work.tx.attempts.save_slots(attempt_id, [replace(work.slot, skipped=True)])
        work.tx.attempts.touch(answer(work.attempt, work.now))


def slot_view(catalogue: Catalogue, found: Standing, attempt: Attempt, sheet: Paper, slot: Slot) -> SlotView:
    """One question of a running attempt, with only what may be shown while it runs."""
    checked = _is_checked(sheet, slot)
    does = turn(attempt.policy.behaviour, checked=checked)
    response = sheet.last(slot)
    view = slot_question(catalogue, attempt, sheet, slot)
    may_change = does.may_change and may_go_back(attempt.policy.sequential, later_answered=_later_answered(sheet, slot))
    review = None
    if does.shows and response is not None:
        allowed = found.shows(catalogue, attempt, answered=True)
        if allowed.anything_of_a_question:
            review = review_view(sheet.question(slot), view, response.response, sheet.mark(slot), allowed)
    return SlotView(
        position=slot.position,
        question=view,
        response=response.response if response is not None else None,
        certainty=response.certainty if response is not None else None,
        saved_at=response.at if response is not None else None,
        answered=response is not None and not is_blank(response.response),
        problem=_problem(sheet, slot),
        flagged=slot.flagged,
        skipped=slot.skipped,
        may_change=may_change,
        may_check=does.may_check and may_change,
        review=review,
    )


def slot_question(catalogue: Catalogue, attempt: Attempt, sheet: Paper, slot: Slot) -> QuestionView:
    """The pinned question in the pinned order."""
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    return question_view(
        sheet.question(slot),
        seed=attempt.seed,
        shuffle=attempt.policy.shuffle_options,
        points=slot.points,
        folder=folder_of(catalogue, quiz.module if quiz is not None else None),
    )


@dataclass(slots=True)
class _Work:
    """One question under one writing transaction."""

    tx: Transaction
    person: Learner
    attempt: Attempt
    paper: Paper
    slot: Slot
    now: datetime


@contextmanager
def _working(desk: Desk, learner: LearnerId, attempt_id: int, position: int, *, settled_too: bool = False) -> Iterator[_Work]:
    """Hold the learner's row and the attempt while it still takes answers.

    What the clock has ended is stored as such and then refused. `settled_too`: also for a question that was checked.
    """
    now = desk.clock()
    with desk.uow.write() as tx:
        person = known(tx, learner)
        attempt = settled(desk, tx, mine(tx, learner, attempt_id), now)
        if attempt.state in OPEN:
            sheet = paper(desk, tx, attempt)
            slot = next((s for s in sheet.slots if s.position == position), None)
            if slot is None:
                raise NotFound("This attempt has no such question.")
            if not settled_too:
                _refuse_settled(attempt, sheet, slot)
            yield _Work(tx, person, attempt, sheet, slot, now)
            return
    answer(attempt, now)  # raises: it takes no more answers


def _refuse_settled(attempt: Attempt, sheet: Paper, slot: Slot) -> None:
    if not turn(attempt.policy.behaviour, checked=_is_checked(sheet, slot)).may_change:
        raise Refused("This question has been checked; its answer can no longer be changed.")
    if not may_go_back(attempt.policy.sequential, later_answered=_later_answered(sheet, slot)):
        raise Refused("In this quiz there is no way back to an earlier question.")


def _append(work: _Work, given: Json, certainty: int | None, kind: ResponseKind) -> Response:
    """Store the answer unless it is the one already stored; the paper then holds it."""
    before = work.paper.last(work.slot)
    one = Response(work.slot.position, work.now, kind, given, certainty)
    if before is None and is_blank(given):
        return one
    if before is not None and same(before.response, given) and (before.certainty, before.kind) == (certainty, kind):
        return before
    work.tx.attempts.append(work.attempt.id, one)
    if work.slot.skipped and not is_blank(given):
        work.slot = replace(work.slot, skipped=False)
        work.tx.attempts.save_slots(work.attempt.id, [work.slot])
    work.attempt = answer(work.attempt, work.now)
    work.tx.attempts.touch(work.attempt)
    slots = tuple(work.slot if s.position == work.slot.position else s for s in work.paper.slots)
    work.paper = replace(work.paper, slots=slots, log={**work.paper.log, one.position: (*work.paper.steps(work.slot), one)})
    return one


def _is_checked(sheet: Paper, slot: Slot) -> bool:
    last = sheet.last(slot)
    return last is not None and last.kind is ResponseKind.CHECKED


def _later_answered(sheet: Paper, slot: Slot) -> bool:
    return any(r is not None and not is_blank(r.response) for r in (sheet.last(s) for s in sheet.slots if s.position > slot.position))


def _is_answer(work: _Work, given: Json) -> bool:
    state = mark(Answered(work.paper.question(work.slot), work.slot.points, given)).state
    return state is not None and is_try(state)


def _problem(sheet: Paper, slot: Slot) -> str:
    """Why the stored answer cannot be read; "" when it can, or when there is none."""
    if sheet.last(slot) is None or slot.skipped:
        return ""
    found = sheet.mark(slot)
    return found.reason or "This cannot be read as an answer." if found.state is State.INVALID else ""


def _saved_words(sheet: Paper, person: Learner | None) -> str:
    given = [r for r in map(sheet.last, sheet.slots) if r is not None]
    answered = sum(not is_blank(r.response) for r in given)
    if not given:
        return f"0 of {len(sheet.slots)} answered"
    last = max(r.at for r in given)
    return f"{answered} of {len(sheet.slots)} answered, saved {wording.clock_time(last, zone_of(person))}"
