"""A running attempt as its page draws it, with only what may be shown while it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from course.content.model import Catalogue
from course.learning.attempts import OPEN, Attempt, closes_at, seconds_left, settle
from course.learning.behaviours import is_behind, turn
from course.learning.drawing import round_seed
from course.learning.interactive import next_credit
from course.learning.marking import chain, checked_mark, scorable, trying
from course.learning.policy import Behaviour
from course.learning.responses import Response, hints_taken, last_checked
from course.learning.reveal import NOTHING, Shown, between_tries
from course.learning.rounds import RoundState
from course.learning.telling import of_part, parts_of
from course.questions.base import State, is_blank
from course.services.study import wording
from course.services.study.asking import question_view, review_view
from course.services.study.desk import Desk, LearnerId, folder_of, mine, zone_of
from course.services.study.grading import Paper, paper
from course.services.study.parts import as_told, telling
from course.services.study.rules import tries_in_words
from course.services.study.standing import standing
from course.services.study.views import AttemptView, QuestionView, ReviewView, RoundView, SlotView, TriesView
from course.storage.stores.attempts import Slot
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


def attempt_view(desk: Desk, learner: LearnerId | None, attempt_id: int) -> AttemptView:
    """The attempt to work on; without slots once it takes no more answers. Raises NotFound for anybody else's."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        attempt = settle(mine(tx, learner, attempt_id), now)
        person = tx.people.get(attempt.learner)
        sheet = paper(desk, tx, attempt) if attempt.state in OPEN else Paper(attempt.policy, (), {}, {}, over=True)
        allowed = shown_of(tx, catalogue, attempt, sheet, now)
    return running_view(catalogue, allowed, attempt, sheet, person, now)


def running_view(
    catalogue: Catalogue, allowed: Shown, attempt: Attempt, sheet: Paper, person: Learner | None, now: datetime
) -> AttemptView:
    """The attempt as what was read of it says; `allowed` comes from `shown_of`."""
    slots = tuple(slot_view(catalogue, allowed, attempt, sheet, slot) for slot in presented(sheet))
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    end = closes_at(attempt)
    return AttemptView(
        id=attempt.id,
        quiz=attempt.quiz,
        title=quiz.title if quiz is not None else attempt.quiz,
        kind=attempt.policy.kind,
        behaviour=attempt.policy.behaviour,
        number=attempt.number,
        state=attempt.state,
        over=attempt.state not in OPEN,
        slots=slots,
        here=_here(attempt, sheet),
        answered=sum(s.done for s in slots),
        ends_at=attempt.deadline,
        seconds_left=seconds_left(attempt, now),
        closes_in=None if end is None else max(0, int((end - now).total_seconds())),
        saved=saved_words(sheet, person),
        asks_certainty=attempt.policy.certainty,
        sequential=attempt.policy.sequential,
    )


def _here(attempt: Attempt, sheet: Paper) -> int | None:
    """Where the learner is: where the order is fixed, the first question when they went to none yet."""
    if attempt.reached is None and not attempt.policy.sequential:
        return None
    found = (s.position for s in presented(sheet) if attempt.reached is None or sheet.first(s).position == attempt.reached)
    return next(found, None)


def shown_of(tx: Transaction, catalogue: Catalogue, attempt: Attempt, sheet: Paper, now: datetime) -> Shown:
    """What may be shown of questions that were answered for good; how the learner stands is read once there is one."""
    if not any(last_checked(sheet.steps(slot)) for slot in sheet.slots):
        return NOTHING
    return standing(tx, catalogue, attempt.learner, now).shows(catalogue, attempt, answered=True)


def slot_view(catalogue: Catalogue, allowed: Shown, attempt: Attempt, sheet: Paper, slot: Slot) -> SlotView:
    """One question of a running attempt. `slot` is the last of its chain in a mastery quiz; `allowed` comes from `shown_of`."""
    first, response = sheet.first(slot), sheet.last(slot)
    does = turn(attempt.policy.behaviour, settled=is_settled(sheet, slot))
    behind = is_behind(attempt.policy.sequential, first.position, attempt.reached)
    view = slot_question(catalogue, attempt, sheet, slot)
    answered = response is not None and not is_blank(response.response)
    far = None if is_settled(sheet, slot) else telling(sheet.question(slot), view, sheet.steps(slot))
    return SlotView(
        number=number_of(sheet, slot),
        position=slot.position,
        question=as_told(view, far),
        response=response.response if response is not None else None,
        certainty=response.certainty if response is not None else None,
        saved_at=response.at if response is not None else None,
        answered=answered,
        done=_is_done(sheet, slot, answered=answered),
        problem=problem(sheet, slot),
        flagged=first.flagged,
        skipped=slot.skipped,
        may_change=does.may_change and not behind,
        may_check=does.may_check and not behind,
        behind=behind,
        asks_certainty=asks_certainty(sheet, slot),
        review=_review(sheet, slot, view, allowed),
        tries=_tries(sheet, slot, told=allowed.correctness),
        round=_round(sheet, slot),
        telling=far,
    )


def slot_question(catalogue: Catalogue, attempt: Attempt, sheet: Paper, slot: Slot) -> QuestionView:
    """The pinned question in the pinned order; a later round has an order of its own and the points of its first."""
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    return question_view(
        sheet.question(slot),
        seed=attempt.seed if slot.again_of is None else round_seed(attempt.seed, slot.position),
        shuffle=attempt.policy.shuffle_options,
        points=sheet.first(slot).points,
        folder=folder_of(catalogue, quiz.module if quiz is not None else None),
    )


def presented(sheet: Paper) -> tuple[Slot, ...]:
    """What a page shows at once: every question, in a mastery quiz in its present round."""
    return tuple(sheet.rounds(slot)[-1] for slot in sheet.slots if slot.again_of is None)


def number_of(sheet: Paper, slot: Slot) -> int:
    """The question's number in the attempt, from 1; rounds of one question share it."""
    firsts = [s.position for s in sheet.slots if s.again_of is None]
    return firsts.index(sheet.first(slot).position) + 1


def is_settled(sheet: Paper, slot: Slot) -> bool:
    """Whether the question takes no more answers while the attempt runs."""
    match sheet.policy.behaviour:
        case Behaviour.DEFERRED:
            return False
        case Behaviour.INTERACTIVE:
            return trying(sheet.policy, sheet.asked[slot.position], over=False).settled
        case Behaviour.IMMEDIATE | Behaviour.MASTERY:
            return last_checked(sheet.steps(slot)) is not None


def asks_certainty(sheet: Paper, slot: Slot) -> bool:
    """Whether the learner says how sure they are: where the quiz wants it and the question has a right and a wrong."""
    return sheet.policy.certainty and scorable(sheet.question(slot))


def problem(sheet: Paper, slot: Slot) -> str:
    """Why the stored answer cannot be read; "" when it can, or when there is none."""
    if sheet.last(slot) is None or slot.skipped:
        return ""
    found = sheet.own_mark(slot)
    return found.reason or "This cannot be read as an answer." if found.state is State.INVALID else ""


def saved_words(sheet: Paper, person: Learner | None) -> str:
    """How much is done, and when the last answer was stored."""
    shown = presented(sheet)
    given = [r for r in map(sheet.last, sheet.slots) if r is not None]
    done = sum(_is_done(sheet, slot, answered=_has_answer(sheet.last(slot))) for slot in shown)
    several = sheet.policy.behaviour in (Behaviour.INTERACTIVE, Behaviour.MASTERY)
    words = f"{done} of {len(shown)} {'finished' if several else 'answered'}"
    return f"{words}, saved {wording.clock_time(max(r.at for r in given), zone_of(person))}" if given else words


def _is_done(sheet: Paper, slot: Slot, *, answered: bool) -> bool:
    match sheet.policy.behaviour:
        case Behaviour.INTERACTIVE:
            return is_settled(sheet, slot)
        case Behaviour.MASTERY:
            found = chain(sheet.policy, sheet.asked, sheet.first(slot).position, over=False)
            return found.over and found.state is not RoundState.PASSED_OVER
        case _:
            return answered and (is_settled(sheet, slot) or not _parts_open(sheet, slot))


def _parts_open(sheet: Paper, slot: Slot) -> bool:
    """Whether a part of a case has no answer yet."""
    last = sheet.last(slot)
    return any(is_blank(of_part(last.response if last is not None else None, part)) for part in parts_of(sheet.question(slot)))


def _has_answer(response: Response | None) -> bool:
    return response is not None and not is_blank(response.response)


def _review(sheet: Paper, slot: Slot, view: QuestionView, allowed: Shown) -> ReviewView | None:
    """Of a settled question the answer and all that is allowed of it; between two tries only what concerns the choice, nothing
    that tells the key."""
    last = last_checked(sheet.steps(slot))
    if last is None:
        return None
    settled = is_settled(sheet, slot)
    if not settled:
        allowed = between_tries(allowed)
    mark = checked_mark(sheet.asked[slot.position])
    if mark is None or not (settled or allowed.anything_of_a_question):
        return None
    found = review_view(sheet.question(slot), view, last.response, mark, allowed)
    return found if settled else replace(found, lines=(), outcome="")


def _tries(sheet: Paper, slot: Slot, *, told: bool) -> TriesView | None:
    if sheet.policy.behaviour is not Behaviour.INTERACTIVE:
        return None
    asked, hints = sheet.asked[slot.position], sheet.question(slot).hints
    found = trying(sheet.policy, asked, over=False)
    taken = hints_taken(asked.log)
    left = 0 if found.settled else len(sheet.policy.tries) - found.tries
    return TriesView(
        used=found.tries,
        left=left,
        worth=next_credit(found, sheet.policy.tries),
        hints=tuple(hint.text for hint in hints[:taken]),
        hint_costs=hints[taken].penalty if taken < len(hints) and not found.settled else None,
        earned=tries_in_words(found, sheet.policy.tries) if found.settled and told else "",
    )


def _round(sheet: Paper, slot: Slot) -> RoundView | None:
    if sheet.policy.behaviour is not Behaviour.MASTERY:
        return None
    needed, of = sheet.policy.mastery
    found = chain(sheet.policy, sheet.asked, sheet.first(slot).position, over=False)
    return RoundView(found.asked, found.right, of, needed, found.state, found.state is RoundState.ANSWERED)
