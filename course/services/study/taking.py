"""Working on an attempt: every change is stored before it is called saved."""

from __future__ import annotations

from dataclasses import replace

from course.content.model import Catalogue
from course.errors import Refused
from course.learning.interactive import hinted
from course.learning.marking import trying
from course.learning.policy import Behaviour
from course.learning.responses import Response, ResponseKind, hints_taken, last_checked
from course.learning.telling import parts_of, told
from course.questions.base import Json, is_blank
from course.services.study.desk import Desk, LearnerId
from course.services.study.responses import plain, same, sure
from course.services.study.showing import asks_certainty, is_settled, problem, running_view, shown_of, slot_view
from course.services.study.views import AttemptView, SavedView, SlotView
from course.services.study.working import Work, working


def save(desk: Desk, learner: LearnerId, attempt_id: int, position: int, response: object, certainty: int | None = None) -> SavedView:
    """Append an answer in a transaction of its own. The same answer again adds nothing; an unreadable one is kept, and said.

    Raises BadResponse for what is no JSON or too large, Refused when the question or the attempt takes no more answers,
    NotFound for another's attempt.
    """
    given, catalogue = plain(response), desk.catalogue()
    with working(desk, learner, attempt_id, position) as work:
        work.refuse_settled()
        stored = work.answered(given, sure(certainty, asked=work.attempt.policy.certainty), ResponseKind.SAVED)
        view = _running(work, catalogue)
        return SavedView(position, stored.at, not is_blank(given), problem(work.paper, work.slot), view.saved, view)


def check(
    desk: Desk, learner: LearnerId, attempt_id: int, position: int, response: object = None, certainty: int | None = None
) -> SlotView:
    """Try one question: the answer is stored and graded now. Settles it, or uses up a try in an interactive quiz.

    Without a response the one already saved is checked. A blank or unreadable answer, one without the certainty that is
    asked for, and in an interactive quiz the very answer just tried are asked again at no cost. Checking a settled question
    shows what was checked. Raises like `save`, and Refused in a quiz that is graded as a whole.
    """
    given, catalogue = plain(response), desk.catalogue()
    with working(desk, learner, attempt_id, position) as work:
        if work.attempt.policy.behaviour is Behaviour.DEFERRED:
            raise Refused("This quiz is graded as a whole, when you hand it in.")
        missing = ""
        if not is_settled(work.paper, work.slot):
            work.refuse_settled()
            missing = _tried(work, given, sure(certainty, asked=work.attempt.policy.certainty))
        view = _shown(work, catalogue)
        return view if view.problem or not missing else replace(view, problem=missing)


def take_hint(desk: Desk, learner: LearnerId, attempt_id: int, position: int, number: int) -> SlotView:
    """Take the question's hint of this number, counted from 1: the next one, or again one already taken, at no further cost.

    Raises Refused when there is no such hint to take now, or the question is settled.
    """
    catalogue = desk.catalogue()
    with working(desk, learner, attempt_id, position) as work:
        hints, taken = work.paper.question(work.slot).hints, hints_taken(work.paper.steps(work.slot))
        if number > taken:
            if work.attempt.policy.behaviour is not Behaviour.INTERACTIVE:
                raise Refused("This quiz gives no hints.")
            work.refuse_settled()
            if number != taken + 1 or number > len(hints):
                raise Refused("There is no further hint." if taken == len(hints) else "Hints are taken one after the other.")
            hinted(trying(work.attempt.policy, work.paper.asked[position], over=False), hints[taken].penalty)
            work.noted(Response(position, work.now, ResponseKind.HINT, number))
        return _shown(work, catalogue)


def move_on(desk: Desk, learner: LearnerId, attempt_id: int, position: int) -> AttemptView:
    """Go to this question; the attempt as it is then. Where the order is fixed, those before it are closed for good.

    Where it is free nothing is stored. Raises Refused on the way back in a quiz with a fixed order.
    """
    catalogue = desk.catalogue()
    with working(desk, learner, attempt_id, position) as work:
        work.refuse_behind()
        if work.attempt.policy.sequential:
            work.went_to(work.slot)
        return _running(work, catalogue)


def tell(desk: Desk, learner: LearnerId, attempt_id: int, position: int, part: int) -> None:
    """Go on to this part of a case, counted from 1: those before it are fixed for good. Where it is told already, nothing happens.

    Raises Refused when a part before it has no answer that can be read, when parts would be passed over, or when the question
    takes no more answers.
    """
    with working(desk, learner, attempt_id, position) as work:
        work.refuse_settled()
        parts = parts_of(work.paper.question(work.slot))
        far = told(work.paper.steps(work.slot), parts)
        if part > min(far + 1, len(parts)):
            raise Refused("Parts are told one after the other." if parts else "This question is not told in parts.")
        if part > far:
            last = work.paper.last(work.slot)
            work.refuse_passing_over(last.response if last is not None else None, part)
            work.went_on(part)


def flag(desk: Desk, learner: LearnerId, attempt_id: int, position: int, flagged: bool) -> None:
    """Mark a question to come back to, or unmark it; in a mastery quiz all its rounds."""
    with working(desk, learner, attempt_id, position) as work:
        work.changed(replace(work.paper.first(work.slot), flagged=flagged))


def skip_notice(desk: Desk, learner: LearnerId, attempt_id: int, position: int) -> None:
    """Pass over a question that carries a content notice: it counts as not presented. Answering it takes the skip back.

    Raises Refused for a question without a notice, or one that has been answered.
    """
    with working(desk, learner, attempt_id, position) as work:
        work.refuse_settled()
        if not work.paper.question(work.slot).notice:
            raise Refused("Only a question with a content notice can be passed over.")
        before = work.paper.last(work.slot)
        if last_checked(work.paper.steps(work.slot)) is not None:
            raise Refused("You have tried this question; it can no longer be passed over.")
        if before is not None and not is_blank(before.response):
            raise Refused("You have answered this question; clear the answer to pass it over.")
        work.changed(replace(work.slot, skipped=True))
        work.went_to(work.slot)


def _tried(work: Work, given: Json, certainty: int | None) -> str:
    """Store the try; "" or why it was none and is only saved."""
    saved, tried = work.paper.last(work.slot), last_checked(work.paper.steps(work.slot))
    if given is None and saved is not None:
        given, certainty = saved.response, saved.certainty if certainty is None else certainty
    missing = ""
    if not work.is_answer(given):
        missing = "Give an answer first."
    elif certainty is None and asks_certainty(work.paper, work.slot):
        missing = "Say how sure you are first."
    elif tried is not None and same(tried.response, given):
        missing = "You have just tried this answer. Change it, or take a hint if there is one."
    work.answered(given, certainty, ResponseKind.SAVED if missing else ResponseKind.CHECKED)
    return missing


def _running(work: Work, catalogue: Catalogue) -> AttemptView:
    allowed = shown_of(work.tx, catalogue, work.attempt, work.paper, work.now)
    return running_view(catalogue, allowed, work.attempt, work.paper, work.person, work.now)


def _shown(work: Work, catalogue: Catalogue) -> SlotView:
    allowed = shown_of(work.tx, catalogue, work.attempt, work.paper, work.now)
    return slot_view(catalogue, allowed, work.attempt, work.paper, work.slot)
