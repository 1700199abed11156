"""Everything that follows from the log computed again: scores and states of questions, totals of attempts, tries in notebooks,
and the counts and sums that are kept of them.

What was stored differently is a fault (of a migration, of a hand in the database, of an older version of the course): scores are
a function of what was pinned, answered and decided, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from course.errors import CourseError
from course.learning.attempts import OVER, Attempt
from course.learning.scoring import Answered, mark
from course.services.study import rolling
from course.services.study.desk import Desk, as_asked
from course.services.study.grading import paper
from course.services.teach.amending import Amendment, amended, store
from course.services.teach.rebuilding import compare
from course.storage.stores.practice_rulings import PracticeAnswer
from course.storage.unit_of_work import Transaction

BATCH: Final = 200


@dataclass(slots=True)
class Recomputed:
    """What was looked at, what differed (one line each), and what this edition of the course cannot grade any more."""

    attempts: int = 0
    tries: int = 0
    differing: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    @property
    def in_order(self) -> bool:
        return not self.differing and not self.unreadable


def recompute(desk: Desk, *, apply: bool) -> Recomputed:
    """Compare what is stored with what follows from the log; with `apply`, store the latter.

    Each attempt is stored in a transaction of its own, so the course may be used meanwhile and an interrupted run is finished
    by the next. Attempts that still run, were abandoned or voided have no scores.
    """
    told, wronged = Recomputed(), set[str]()
    for batch in _attempts(desk):
        with desk.uow.read() as tx:
            wrong = [(one, learner) for one, learner in batch if _differs(desk, tx, one, told)]
        wronged.update(learner for _, learner in wrong)
        for attempt_id, learner in wrong if apply else ():
            _mend_attempt(desk, attempt_id, learner)
    for tries in _tries(desk):
        with desk.uow.read() as tx:
            mended = [fresh for one in tries if (fresh := _graded(desk, tx, one, told)) is not None]
        if apply and mended:
            _mend_tries(desk, tries)
        wronged.update(one.learner for one in mended)
    told.differing += [one.told for one in compare(desk, apply=apply, passing_over=() if apply else wronged)]
    return told


def _attempts(desk: Desk) -> Iterator[tuple[tuple[int, str], ...]]:
    last = 0
    while True:
        with desk.uow.read() as tx:
            batch = tx.attempts.handed_in(last, BATCH)
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def _differs(desk: Desk, tx: Transaction, attempt_id: int, told: Recomputed) -> bool:
    attempt = tx.attempts.get(attempt_id)
    if attempt is None or attempt.state not in OVER:
        return False
    told.attempts += 1
    try:
        found = _amended(desk, tx, attempt)
    except CourseError as failure:
        told.unreadable.append(f"attempt {attempt.id}: {failure.message}")
        return False
    if found.changes_anything or found.after != attempt:
        told.differing.append(_difference(found))
        return True
    return False


def _amended(desk: Desk, tx: Transaction, attempt: Attempt) -> Amendment:
    found = paper(desk, tx, attempt)
    return amended(attempt, found, found, desk.clock())


def _mend_attempt(desk: Desk, attempt_id: int, learner: str) -> None:
    with desk.uow.write() as tx:
        # Erased since it was found: nothing is left to do.
        if tx.people.lock(learner) is None or (attempt := tx.attempts.get(attempt_id)) is None or attempt.state not in OVER:
            return
        store(desk, tx, _amended(desk, tx, attempt), (), desk.clock())


def _mend_tries(desk: Desk, tries: tuple[PracticeAnswer, ...]) -> None:
    with desk.uow.write() as tx:
        now = tx.practice_rulings.after(tries[0].id - 1, len(tries))
        mended = [fresh for one in now if (fresh := _graded(desk, tx, one, Recomputed())) is not None]
        tx.practice_rulings.rescore(mended)
        for learner in sorted({one.learner for one in mended}):
            if tx.people.lock(learner) is not None:
                rolling.answered(tx, learner, [one.question for one in mended if one.learner == learner])


def _difference(found: Amendment) -> str:
    before, after = found.before, found.after
    parts = [
        f"question {a.position} {_told(a.score, a.state)} is {_told(b.score, b.state)}"
        for a, b in found.slots
        if a.position in found.changed
    ]
    if before != after:
        parts.append(f"{before.state} {_told(before.points, before.max)} is {after.state} {_told(after.points, after.max)}")
    return f"attempt {before.id}: " + "; ".join(parts)


def _told(*values: object) -> str:
    return "/".join("-" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in values)


def _tries(desk: Desk) -> Iterator[tuple[PracticeAnswer, ...]]:
    last = 0
    while True:
        with desk.uow.read() as tx:
            batch = tx.practice_rulings.after(last, BATCH)
        if not batch:
            return
        yield batch
        last = batch[-1].id


def _graded(desk: Desk, tx: Transaction, one: PracticeAnswer, told: Recomputed) -> PracticeAnswer | None:
    """The try as it should be stored; None when it is."""
    told.tries += 1
    try:
        question = as_asked(desk.questions(tx, [one.graded_by])[one.graded_by], one.variant)
    except CourseError as failure:
        told.unreadable.append(f"try {one.id} in a notebook: {failure.message}")
        return None
    found = mark(Answered(question, question.points, one.response))
    if (found.score, found.state) == (one.score, one.state) or found.state is None:
        return None
    told.differing.append(f"try {one.id} in a notebook: {_told(one.score, one.state)} is {_told(found.score, found.state)}")
    return replace(one, score=found.score, state=found.state)
