"""Handing in, looking back at a result, and what the clock hands in by itself."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, tzinfo

from course.content.model import Catalogue
from course.errors import Refused, UnreadableQuestion
from course.learning.attempts import OPEN, OVER, Attempt, AttemptState, minutes_used, settle
from course.learning.attempts import submit as submitted
from course.learning.certainty import certain_and_wrong, confidence
from course.learning.continuing import next_step
from course.learning.events import Spot
from course.learning.marking import chain, scorable, stated, trying
from course.learning.policy import Behaviour
from course.learning.reveal import NOTHING, Shown, in_words
from course.learning.scoring import right
from course.questions.base import State
from course.services.study import wording
from course.services.study.asking import review_view
from course.services.study.beginning import has_disclaimer
from course.services.study.decided import hand_mark, notices, question_notice
from course.services.study.desk import Desk, LearnerId, known, mine, zone_of
from course.services.study.grading import Paper, hand_in, paper, settled
from course.services.study.responses import idempotency_key
from course.services.study.rules import rounds_in_words, tries_in_words
from course.services.study.showing import number_of, slot_question
from course.services.study.standing import Standing, standing
from course.services.study.views import ConfidenceView, ObjectiveScore, ResultItem, ResultView
from course.services.study.wording import objective_score
from course.storage.stores.attempts import Slot
from course.storage.unit_of_work import Transaction


def submit(desk: Desk, learner: LearnerId, attempt_id: int, key: str) -> ResultView:
    """Hand in and grade, in one transaction. Once handed in (by anybody, any tab, the clock), the same result comes back.

    Raises NotFound for another's attempt, Refused for one that was abandoned or voided.
    """
    now, key = desk.clock(), idempotency_key(key)
    refused: Refused | None = None
    with desk.uow.write() as tx:
        known(tx, learner)
        attempt = settled(desk, tx, mine(tx, learner, attempt_id), now)
        try:
            after = submitted(attempt, now, key)
        except Refused as error:  # raised below, so that what the clock has done is stored first
            refused, after = error, attempt
        if after is not attempt:
            hand_in(desk, tx, after, now)
    if refused is not None:
        raise refused
    return result(desk, learner, attempt_id)


def result(desk: Desk, learner: LearnerId | None, attempt_id: int) -> ResultView:
    """Look back at an attempt, as far as its reveal rule allows. What the clock has handed in is graded first.

    Of a voided one only that it is, and why. Raises NotFound for another's attempt, Refused for one that was not handed in.
    """
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        stored = mine(tx, learner, attempt_id)
        if settle(stored, now) is stored:
            return _result(desk, tx, catalogue, stored, now)
    with desk.uow.write() as tx:
        known(tx, stored.learner)
        settled(desk, tx, mine(tx, learner, attempt_id), now)
    with desk.uow.read() as tx:
        return _result(desk, tx, catalogue, mine(tx, learner, attempt_id), now)


def sweep(desk: Desk, now: datetime | None = None) -> int:
    """Store what the clock has done to open attempts: overdue, handed in, abandoned; each in a transaction of its own.

    `now` is the course's clock when left out. Returns how many changed. Raises UnreadableQuestion at the end when some could not be graded.
    """
    now = desk.clock() if now is None else now
    with desk.uow.read() as tx:
        due = tx.attempts.due(now)
    changed, failed = 0, None
    for attempt_id, learner in due:
        try:
            changed += _swept(desk, attempt_id, learner, now)
        except UnreadableQuestion as error:
            failed = error
    if failed is not None:
        raise failed
    return changed


def _swept(desk: Desk, attempt_id: int, learner: LearnerId, now: datetime) -> bool:
    with desk.uow.write() as tx:
        # Erased or handed in since it was found: nothing is left to do.
        if tx.people.lock(learner) is None or (attempt := tx.attempts.get(attempt_id)) is None or attempt.state not in OPEN:
            return False
        return settled(desk, tx, attempt, now) is not attempt


def _result(desk: Desk, tx: Transaction, catalogue: Catalogue, attempt: Attempt, now: datetime) -> ResultView:
    if attempt.state not in (*OVER, AttemptState.VOIDED) or attempt.submitted_at is None:
        raise Refused("This attempt has not been handed in.")
    found = standing(tx, catalogue, attempt.learner, now)
    sheet = paper(desk, tx, attempt)
    shows = NOTHING if attempt.state is AttemptState.VOIDED else found.shows(catalogue, attempt, answered=True)
    return result_as_seen(catalogue, attempt, sheet, (found, shows), zone_of(tx.people.get(attempt.learner)))


def result_as_seen(catalogue: Catalogue, attempt: Attempt, sheet: Paper, seen: tuple[Standing, Shown], zone: tzinfo) -> ResultView:
    """The result of an attempt that was handed in. `seen`: how the learner stands, and what may be shown of the attempt."""
    assert attempt.submitted_at is not None, "it was handed in"
    found, shows = seen
    graded = attempt.state is AttemptState.GRADED and shows.score
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    entry = found.entries.get(attempt.quiz)
    running = found.running
    used = minutes_used(attempt)
    step = next_step(found.facts, catalogue.outline, open_attempt=(running.id, running.quiz) if running else None)
    items = _items(catalogue, attempt, sheet, shows, zone) if shows.anything_of_a_question else ()
    return ResultView(
        id=attempt.id,
        quiz=attempt.quiz,
        title=quiz.title if quiz is not None else attempt.quiz,
        kind=attempt.policy.kind,
        module=quiz.module if quiz is not None else None,
        number=attempt.number,
        state=attempt.state,
        submitted_at=attempt.submitted_at,
        by_clock=attempt.submit_key is None,
        pending=attempt.state is AttemptState.SUBMITTED,
        score_shown=shows.score,
        points=attempt.points if graded else None,
        max=attempt.max if graded else None,
        fraction=attempt.fraction if graded else None,
        passed=attempt.passed if graded else None,
        pass_mark=attempt.policy.pass_mark,
        minutes=None if used is None else wording.minutes(used),
        by_objective=_by_objective(catalogue, sheet) if shows.correctness else (),
        confidence=_confidence(sheet, items, shows) if graded else None,
        notices=notices(sheet, numbers=shows.score, zone=zone),
        items=items,
        withheld=() if attempt.state is AttemptState.VOIDED else in_words(attempt.policy.reveal, shows),
        attempts_left=entry.left if entry is not None else 0,
        may_begin=entry is not None and entry.may_begin,
        next_step=wording.step_view(step, catalogue),
        disclaimer=has_disclaimer(attempt.policy.kind),
    )


def _items(catalogue: Catalogue, attempt: Attempt, sheet: Paper, shows: Shown, zone: tzinfo) -> tuple[ResultItem, ...]:
    """Every question in the order it was asked, rounds of one question together."""
    ordered = (slot for first in sheet.slots if first.again_of is None for slot in sheet.rounds(first))
    return tuple(_item(catalogue, attempt, sheet, slot, shows, zone) for slot in ordered)


def _item(catalogue: Catalogue, attempt: Attempt, sheet: Paper, slot: Slot, shows: Shown, zone: tzinfo) -> ResultItem:
    question, marked, last = sheet.question(slot), sheet.mark(slot), sheet.last(slot)
    view = slot_question(catalogue, attempt, sheet, slot)
    response = last.response if last is not None else None
    taught = catalogue.taught_in.get(question.id)
    mastery = attempt.policy.behaviour is Behaviour.MASTERY
    return ResultItem(
        number=number_of(sheet, slot),
        round=sheet.rounds(slot).index(slot) + 1 if mastery else None,
        position=slot.position,
        question=view,
        response=response,
        skipped=slot.skipped,
        flagged=sheet.first(slot).flagged,
        certainty=last.certainty if last is not None else None,
        points=marked.score * marked.points if shows.correctness and marked.score is not None else None,
        note=_note(sheet, slot) if shows.correctness else "",
        notice=question_notice(sheet, slot, shows, zone),
        review=review_view(sheet.graded_by(slot), view, response, sheet.own_mark(slot), _sayable(sheet, slot, shows)),
        hand_mark=hand_mark(sheet, slot, shows),
        taught_in=wording.place(catalogue, Spot(*taught)) if taught is not None else None,
    )


def _sayable(sheet: Paper, slot: Slot, shows: Shown) -> Shown:
    """Of a withdrawn question only the learner's own answer: its key is not to be learned from."""
    return NOTHING if slot.position in sheet.rulings.voided else shows


def _note(sheet: Paper, slot: Slot) -> str:
    match sheet.policy.behaviour:
        case Behaviour.INTERACTIVE:
            return tries_in_words(trying(sheet.policy, sheet.asked[slot.position], over=True), sheet.policy.tries)
        case Behaviour.MASTERY if slot.again_of is None and scorable(sheet.question(slot)):
            return rounds_in_words(chain(sheet.policy, sheet.asked, slot.position, over=True), sheet.policy.mastery)
        case _:
            return ""


def _confidence(sheet: Paper, items: tuple[ResultItem, ...], shows: Shown) -> ConfidenceView | None:
    """Certainty against accuracy, over the answers that have both."""
    if not sheet.policy.certainty:
        return None
    given = {slot.position: stated(sheet.asked[slot.position], found=sheet.mark(slot)) for slot in sheet.slots}
    found = confidence([one for one in given.values() if one is not None])
    if found is None:
        return None
    scored = [slot for slot in sheet.slots if right(sheet.mark(slot).state) is not None and sheet.last(slot) is not None]
    wrong = {position for position, one in given.items() if one is not None and certain_and_wrong(one)}
    return ConfidenceView(
        mark=found.mark,
        most=found.most,
        answered=found.answered,
        right=found.right,
        unstated=len(scored) - found.answered,
        brier=found.brier if shows.correctness else None,
        levels=found.levels if shows.correctness else (),
        certain_and_wrong=tuple(i for i in items if i.position in wrong) if shows.correctness else (),
    )


def _by_objective(catalogue: Catalogue, sheet: Paper) -> tuple[ObjectiveScore, ...]:
    asked: dict[str, list[State]] = defaultdict(list)
    for slot in sheet.slots:
        state, objective = sheet.mark(slot).state, sheet.question(slot).objective
        if state is not None and right(state) is not None and objective is not None and slot.again_of is None:
            asked[objective].append(state)
    return tuple(objective_score(o, asked[o.id], len(asked[o.id])) for o in catalogue.objectives.values() if o.id in asked)
