"""One question of a running attempt under one writing transaction: what every step of the learner goes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from course.errors import NotFound, Refused
from course.learning.attempts import OPEN, Attempt, answer
from course.learning.behaviours import is_behind
from course.learning.responses import Response, ResponseKind
from course.learning.scoring import is_try, mark
from course.learning.telling import furthest, gone_on, of_part, parts_of, told
from course.questions.base import Json, State, is_blank
from course.questions.case import CaseBody
from course.services.study.desk import Desk, LearnerId, known, mine
from course.services.study.grading import Paper, paper, settled
from course.services.study.responses import same
from course.services.study.showing import is_settled
from course.storage.stores.attempts import Slot
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


@dataclass(slots=True)
class Work:
    """The attempt and one of its slots, held until the transaction ends."""

    tx: Transaction
    person: Learner
    attempt: Attempt
    paper: Paper
    slot: Slot
    now: datetime

    def refuse_settled(self) -> None:
        """Raises Refused when the question takes no more answers."""
        if is_settled(self.paper, self.slot):
            raise Refused("This question has been checked; its answer can no longer be changed.")
        self.refuse_behind()

    def refuse_behind(self) -> None:
        """Raises Refused where the order is fixed and the learner has gone on."""
        if is_behind(self.attempt.policy.sequential, self.paper.first(self.slot).position, self.attempt.reached):
            raise Refused("In this quiz there is no way back to an earlier question.")

    def is_answer(self, given: Json) -> bool:
        """Whether this would count as a try: neither blank nor unreadable."""
        state = mark(replace(self.paper.asked[self.slot.position].blank, response=given, skipped=False)).state
        return state is not None and is_try(state)

    def refuse_fixed(self, given: Json) -> None:
        """Raises Refused when this would change a part of a case that the learner went on from, or pass a part over."""
        parts, before = parts_of(self.paper.question(self.slot)), self.paper.last(self.slot)
        standing = before.response if before is not None else None
        for number, part in enumerate(parts[: told(self.paper.steps(self.slot), parts) - 1], 1):
            if not same(of_part(standing, part), of_part(given, part)):
                raise Refused(f"Part {number} is fixed since you went on from it; your answer to it stays as it was.")
        self.refuse_passing_over(given, furthest(given, parts))

    def refuse_passing_over(self, given: Json, to: int) -> None:
        """Raises Refused when a part before this one, counted from 1, has no answer or one that cannot be read."""
        body = self.paper.question(self.slot).body
        for number, part in enumerate(body.parts[: max(0, to - 1)] if isinstance(body, CaseBody) else (), 1):
            found = part.grade(of_part(given, part.id))
            if found.state is State.OMITTED:
                raise Refused(f"Answer part {number} first.")
            if found.state is State.INVALID:
                raise Refused(
                    f"Part {number} cannot be read as an answer: {found.reason}" if found.reason else f"Answer part {number} first."
                )

    def answered(self, given: Json, certainty: int | None, kind: ResponseKind) -> Response:
        """Store an answer unless it is the one already stored; the paper then holds it. Answering takes a skip back.

        An answer to a later part of a case goes on to it. Raises Refused for one that changes what is fixed.
        """
        self.refuse_fixed(given)
        before = self.paper.last(self.slot)
        one = Response(self.slot.position, self.now, kind, given, certainty)
        if before is None and is_blank(given):
            return one
        if before is not None and same(before.response, given) and (before.certainty, before.kind) == (certainty, kind):
            return before
        if self.slot.skipped and not is_blank(given):
            self.changed(replace(self.slot, skipped=False))
        self.noted(one)
        self.went_on(told(self.paper.steps(self.slot), parts_of(self.paper.question(self.slot))))
        return one

    def went_on(self, to: int) -> None:
        """Append that the case is told as far as this part, counted from 1, unless the log says so already."""
        if to > gone_on(self.paper.steps(self.slot)):
            self.noted(Response(self.slot.position, self.now, ResponseKind.TOLD, to))

    def noted(self, one: Response) -> None:
        """Append a step to the log."""
        self.tx.attempts.append(self.attempt.id, one)
        self.went_to(self.slot)
        self.paper = replace(self.paper, log={**self.paper.log, one.position: (*self.paper.steps(self.slot), one)})

    def went_to(self, slot: Slot) -> None:
        """The learner works on this question: that is activity, and where the order is fixed, the ones before it are behind."""
        here = self.paper.first(slot).position
        if self.attempt.policy.sequential:
            here = max(here, self.attempt.reached or here)
        self.attempt = answer(replace(self.attempt, reached=here), self.now)
        self.tx.attempts.touch(self.attempt)

    def changed(self, slot: Slot) -> None:
        """Store another flag or skip of a slot."""
        self.tx.attempts.save_slots(self.attempt.id, [slot])
        self.slot = slot if slot.position == self.slot.position else self.slot
        self.paper = replace(self.paper, slots=tuple(slot if s.position == slot.position else s for s in self.paper.slots))


@contextmanager
def working(desk: Desk, learner: LearnerId, attempt_id: int, position: int) -> Iterator[Work]:
    """Hold the learner's row and the attempt while it still takes answers.

    What the clock has ended is stored as such and then refused. Raises NotFound for another's attempt or no such question.
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
            yield Work(tx, person, attempt, sheet, slot, now)
            return
    answer(attempt, now)  # raises: it takes no more answers
