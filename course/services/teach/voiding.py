"""Withdrawing a question: it counts as not presented, for everybody who was asked it as it is written so far."""

from __future__ import annotations

from dataclasses import replace

from course.access.permissions import Action
from course.errors import NotFound
from course.learning.attempts import Attempt
from course.learning.rulings import ActKind
from course.services.study.desk import Desk
from course.services.study.grading import paper
from course.services.teach.amending import Signed, amended, change, row, signed, store, through
from course.services.teach.views import AttemptChange, ChangeReport
from course.storage.stores.rulings import Void
from course.storage.unit_of_work import Transaction


def void(desk: Desk, question: str, *, undo: bool, apply: bool, by: str, why: str) -> ChangeReport:
    """Withdraw every version of the question that was ever asked, or (`undo`) let them count again.

    A withdrawn version counts in no attempt, those begun later included; a version written afterwards counts. Answers in
    notebooks carry no points and stay. Running it again changes nothing more.

    Raises NotFound when nobody was ever asked the question, Refused when it is to be stored without a name and a reason.
    """
    return withdraw(desk, question, undo=undo, sign=signed(desk, by, why) if apply else None)


def withdraw(desk: Desk, question: str, *, undo: bool, sign: Signed | None) -> ChangeReport:
    """What that changes; with `sign`, for good. Raises NotFound as `void` does."""
    kind = ActKind.UNVOID if undo else ActKind.VOID
    with desk.uow.read() as tx:
        versions = tx.rulings.versions(question)
        attempts, still_open = tx.rulings.attempts_asking(question)
        withdrawn = tx.rulings.voids(versions)
    if not versions:
        raise NotFound(f"Nobody has been asked a question `{question}`.")
    fresh = [v for v in versions if (v in withdrawn) == undo]
    if sign is not None:
        with desk.uow.write() as tx:
            tx.rulings.add_voids(Void(question, v, kind, sign.at, sign.by, sign.why, sign.person) for v in fresh)
            if fresh:
                sign.note(tx, Action.QUESTION_VOID, f"question:{question}", before={"counts": undo is False}, after={"counts": undo})
    told: list[AttemptChange] = []

    def step(tx: Transaction, attempt: Attempt) -> None:
        found = paper(desk, tx, attempt)
        here = frozenset(s.position for s in found.slots if s.question == question)
        others = found.rulings.voided - here
        graded = replace(found, rulings=replace(found.rulings, voided=others if undo else others | here))
        amendment = amended(attempt, found, graded, desk.clock())
        if not amendment.changes_anything:
            return
        told.append(change(amendment, here))
        if sign is not None:
            store(desk, tx, amendment, [row(amendment, kind, sign, p) for p in sorted(here & amendment.changed or here)], sign.at)

    through(desk, attempts, sign is not None, step)
    return ChangeReport(act=kind, questions=(question,), applied=sign is not None, attempts=tuple(told), open=still_open)
