"""Withdrawing a question: it counts as not presented, for everybody who was asked it as it is written so far."""

from __future__ import annotations

from dataclasses import replace

from course.errors import NotFound
from course.learning.attempts import Attempt
from course.learning.rulings import ActKind
from course.services.study.desk import Desk
from course.services.study.grading import paper
from course.services.teach.amending import amended, change, row, signed, store, through
from course.services.teach.views import AttemptChange, ChangeReport
from course.storage.stores.rulings import Void
from course.storage.unit_of_work import Transaction


def void(desk: Desk, question: str, *, undo: bool, apply: bool, by: str, why: str) -> ChangeReport:
    """Withdraw every version of the question that was ever asked, or (`undo`) let them count again.

    A withdrawn version counts in no attempt, those begun later included; a version written afterwards counts. Answers in
    notebooks carry no points and stay. Running it again changes nothing more.

    Raises NotFound when nobody was ever asked the question, Refused when it is to be stored without a name and a reason.
    """
    kind = ActKind.UNVOID if undo else ActKind.VOID
    sign = signed(desk, by, why) if apply else None
    with desk.uow.read() as tx:
        versions = tx.rulings.versions(question)
        attempts, still_open = tx.rulings.attempts_asking(question)
        withdrawn = tx.rulings.voids(versions)
    if not versions:
        raise NotFound(f"Nobody has been asked a question `{question}`.")
    fresh = [v for v in versions if (v in withdrawn) == undo]
    if sign is not None:
        with desk.uow.write() as tx:
            tx.rulings.add_voids(Void(question, v, kind, sign.at, sign.by, sign.why) for v in fresh)
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

    through(desk, attempts, apply, step)
    return ChangeReport(act=kind, questions=(question,), applied=apply, attempts=tuple(told), open=still_open)
