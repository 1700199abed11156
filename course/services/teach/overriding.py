"""Changing one attempt's grade, taking that back, and the history of every decision about an attempt."""

from __future__ import annotations

import math
from dataclasses import replace

from course.access.permissions import Action
from course.errors import Refused
from course.learning.attempts import Attempt, AttemptState
from course.learning.rulings import ActKind
from course.services.study.desk import Desk
from course.services.study.grading import paper
from course.services.teach.amending import Signed, amended, change, known_attempt, result, row, short, signed, store
from course.services.teach.views import ChangeReport, HistoryView
from course.storage.unit_of_work import Transaction


def override(desk: Desk, attempt_id: int, *, share: float | None, points: float | None, apply: bool, by: str, why: str) -> ChangeReport:
    """Let the attempt's grade be this share of 1, or this many of its points, whatever its questions give.

    Raises NotFound for an unknown attempt, Refused for one that is not graded, for a grade outside of 0 to all points, and
    when it is to be stored without a name and a reason.
    """
    if (share is None) == (points is None):
        raise Refused("Give the new grade, either as points or as a share from 0 to 1.")
    return _decide(desk, attempt_id, ActKind.OVERRIDE, share, points, apply=apply, by=by, why=why)


def remove_override(desk: Desk, attempt_id: int, *, apply: bool, by: str, why: str) -> ChangeReport:
    """Let the attempt's questions make its grade again. Raises as `override`, and Refused when nobody had changed it."""
    return _decide(desk, attempt_id, ActKind.OVERRIDE_REMOVED, None, None, apply=apply, by=by, why=why)


def history(desk: Desk, attempt_id: int) -> HistoryView:
    """Everything that was decided about the attempt. Raises NotFound for an unknown one."""
    with desk.uow.read() as tx:
        return decided(tx, attempt_id)


def decided(tx: Transaction, attempt_id: int) -> HistoryView:
    """The same, in this transaction."""
    attempt = known_attempt(tx, attempt_id)
    asked = {slot.question for slot in tx.attempts.slots(attempt_id)}
    return HistoryView(
        attempt=attempt.id,
        learner=short(attempt.learner),
        quiz=attempt.quiz,
        number=attempt.number,
        state=attempt.state,
        result=result(attempt),
        rulings=tx.rulings.of_attempt(attempt_id),
        voids=tuple(v for question in sorted(asked) for v in tx.rulings.voids_of(question)),
    )


def _decide(
    desk: Desk, attempt_id: int, kind: ActKind, share: float | None, points: float | None, *, apply: bool, by: str, why: str
) -> ChangeReport:
    sign = signed(desk, by, why) if apply else None
    with desk.uow.write() if apply else desk.uow.read() as tx:
        return decide(desk, tx, attempt_id, kind, sign, share=share, points=points)


def decide(
    desk: Desk,
    tx: Transaction,
    attempt_id: int,
    kind: ActKind,
    sign: Signed | None,
    *,
    share: float | None = None,
    points: float | None = None,
) -> ChangeReport:
    """What another grade, or with OVERRIDE_REMOVED taking one back, changes; with `sign` it is stored.

    Raises as `override` does.
    """
    attempt = known_attempt(tx, attempt_id)
    if sign is not None and tx.people.lock(attempt.learner) is not None:
        attempt = known_attempt(tx, attempt_id)
    if attempt.state is not AttemptState.GRADED:
        raise Refused(f"Attempt {attempt_id} has no grade to change: it is {_in_words(attempt.state)}.")
    found = paper(desk, tx, attempt)
    if kind is ActKind.OVERRIDE_REMOVED and found.rulings.override is None:
        raise Refused(f"Nobody has changed the grade of attempt {attempt_id}.")
    wanted = None if kind is ActKind.OVERRIDE_REMOVED else _share(attempt, share, points)
    amendment = amended(attempt, found, replace(found, rulings=replace(found.rulings, override=wanted)), desk.clock())
    if wanted != found.rulings.override and sign is not None:
        store(desk, tx, amendment, [row(amendment, kind, sign, share=wanted)], sign.at)
        shares = {"share": attempt.fraction}, {"share": amendment.after.fraction}
        sign.note(tx, Action.GRADEBOOK_OVERRIDE, f"attempt:{attempt_id}", person=attempt.learner, before=shares[0], after=shares[1])
    changes = () if wanted == found.rulings.override else (change(amendment, amendment.changed),)
    return ChangeReport(act=kind, questions=(), applied=sign is not None, attempts=changes)


def _share(attempt: Attempt, share: float | None, points: float | None) -> float:
    if not attempt.max:
        raise Refused(f"Nothing counts in attempt {attempt.id}; it has no points to give.")
    wanted = share if share is not None else (points or 0.0) / attempt.max
    if not math.isfinite(wanted) or not 0 <= wanted <= 1:
        raise Refused(f"A grade of attempt {attempt.id} lies between 0 and {attempt.max:g} points (a share from 0 to 1).")
    return wanted


def _in_words(state: AttemptState) -> str:
    return "waiting for a person to grade part of it" if state is AttemptState.SUBMITTED else state.value.replace("_", " ")
