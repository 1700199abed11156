"""Voiding one attempt as a whole, so that it counts nowhere, and bringing it back."""

from __future__ import annotations

from dataclasses import replace

from course.access.permissions import Action
from course.errors import Refused
from course.learning.attempts import OPEN, OVER, Attempt, AttemptState, bring_back
from course.learning.attempts import void as voided
from course.learning.rulings import ActKind
from course.services.study import rolling
from course.services.study.desk import Desk
from course.services.study.grading import paper
from course.services.teach.amending import Signed, amended, known_attempt, of_whole, result, row, short, signed, store
from course.services.teach.views import AttemptChange, ChangeReport, Effect
from course.storage.unit_of_work import Transaction


def void(desk: Desk, attempt_id: int, *, undo: bool, apply: bool, by: str, why: str) -> ChangeReport:
    """Let an attempt that was handed in count nowhere any more, or (`undo`) let it count again.

    Raises NotFound for an unknown attempt, Refused for one that cannot be voided or brought back, and when it is to be stored
    without a name and a reason.
    """
    sign = signed(desk, by, why) if apply else None
    with desk.uow.write() if apply else desk.uow.read() as tx:
        return decide(desk, tx, attempt_id, sign, undo=undo)


def decide(desk: Desk, tx: Transaction, attempt_id: int, sign: Signed | None, *, undo: bool) -> ChangeReport:
    """What that changes; with `sign` it is stored. Raises as `void` does.

    A voided attempt keeps its answers and loses its marks: they are computed from the answers again, under whatever was decided
    meanwhile, when it is brought back. A module that is done stays done.
    """
    attempt = known_attempt(tx, attempt_id)
    if sign is not None and tx.people.lock(attempt.learner) is not None:
        attempt = known_attempt(tx, attempt_id)
    _check(attempt, undo=undo)
    kind = ActKind.ATTEMPT_BACK if undo else ActKind.ATTEMPT_VOIDED
    after = _bring_back(desk, tx, attempt, sign) if undo else _void(tx, attempt, sign)
    if sign is not None:
        sign.note(
            tx,
            Action.ATTEMPT_VOID,
            f"attempt:{attempt_id}",
            person=attempt.learner,
            before={"counts": undo is False},
            after={"counts": undo},
        )
    return ChangeReport(act=kind, questions=(), applied=sign is not None, attempts=(_change(attempt, after, undo=undo),))


def may_be_voided(attempt: Attempt) -> bool:
    """Whether it counts somewhere, so that there is something to void."""
    return attempt.state in OVER


def _check(attempt: Attempt, *, undo: bool) -> None:
    if undo and attempt.state is not AttemptState.VOIDED:
        raise Refused(f"Attempt {attempt.id} is not voided; there is nothing to bring back.")
    if undo or may_be_voided(attempt):
        return
    if attempt.state in OPEN:
        raise Refused(f"Attempt {attempt.id} still runs. It can be voided once it is handed in.")
    what = "voided already" if attempt.state is AttemptState.VOIDED else "abandoned, and counts nowhere"
    raise Refused(f"Attempt {attempt.id} is {what}.")


def _void(tx: Transaction, attempt: Attempt, sign: Signed | None) -> Attempt:
    after = voided(attempt)
    if sign is None:
        return after
    slots = tx.attempts.slots(attempt.id)
    tx.attempts.save_slots(attempt.id, (replace(slot, score=None, state=None) for slot in slots))
    tx.attempts.save(after)
    rolling.taken_out(tx, after, (slot.question for slot in slots))
    tx.rulings.append([of_whole(attempt, after, ActKind.ATTEMPT_VOIDED, sign)])
    return after


def _bring_back(desk: Desk, tx: Transaction, attempt: Attempt, sign: Signed | None) -> Attempt:
    found = paper(desk, tx, attempt)
    amendment = replace(amended(bring_back(attempt), found, found, desk.clock()), before=attempt)
    if sign is not None and attempt.submitted_at is not None:
        store(desk, tx, amendment, [row(amendment, ActKind.ATTEMPT_BACK, sign)], sign.at)
        tx.rollup_days.add(attempt.learner, attempt.quiz, attempt.submitted_at)
    return amendment.after


def _change(before: Attempt, after: Attempt, *, undo: bool) -> AttemptChange:
    return AttemptChange(
        attempt=before.id,
        learner=short(before.learner),
        quiz=before.quiz,
        number=before.number,
        slots=(),
        before=result(before),
        after=result(after),
        effect=Effect.GAINS if undo else Effect.LOSES,
        person=before.learner,
    )
