"""Attempts handed in and graded, by the learner or by the clock. Works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from course.learning.attempts import Attempt, AttemptState, grade, settle
from course.learning.events import EventKind
from course.learning.responses import Response
from course.learning.rulings import NO_RULINGS, Rulings
from course.learning.scoring import Answered, Mark, Totals, mark, passes, totals
from course.questions import Question
from course.services.study.desk import Desk, as_asked
from course.services.study.standing import note_completions
from course.storage.stores.attempts import Slot
from course.storage.stores.events import Event
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Paper:
    """The slots of one attempt with what they pin and the last answer to each, in order."""

    slots: tuple[Slot, ...]
    questions: Mapping[int, Question]
    """By position, variables filled in."""
    latest: Mapping[int, Response]
    """By position."""
    rulings: Rulings = NO_RULINGS
    """What people decided beside the answers; empty while the attempt runs."""
    regraded: Mapping[int, Question] = field(default_factory=dict)
    """By position: what is graded against another version than the pinned one, variables filled in."""

    def question(self, slot: Slot) -> Question:
        """The question as it was asked."""
        return self.questions[slot.position]

    def graded_by(self, slot: Slot) -> Question:
        """The question whose key counts: the one that was asked, or the version it was regraded to."""
        return self.regraded.get(slot.position, self.question(slot))

    def answered(self, slot: Slot) -> Answered:
        """What the log says about this slot: with the rulings, all that its mark depends on."""
        response = self.latest.get(slot.position)
        return Answered(self.graded_by(slot), slot.points, response.response if response else None, slot.skipped)

    def mark(self, slot: Slot) -> Mark:
        return self.rulings.ruled(slot.position, mark(self.answered(slot)))

    def totals(self) -> Totals:
        return totals((self.mark(slot) for slot in self.slots), self.rulings.override)


def paper(desk: Desk, tx: Transaction, attempt_id: int) -> Paper:
    """Raises UnreadableQuestion when this edition of the course cannot build a pinned version."""
    slots = tx.attempts.slots(attempt_id)
    versions = desk.questions(tx, (s.version for s in slots))
    pinned = {s.position: as_asked(versions[s.version], s.variant) for s in slots}
    return Paper(slots, pinned, tx.attempts.latest(attempt_id))


def settled(desk: Desk, tx: Transaction, attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as the clock has made it, stored when that is news: overdue, abandoned, or handed in and graded."""
    found = settle(attempt, now)
    if found is attempt:
        return attempt
    if found.state is AttemptState.SUBMITTED:
        return hand_in(desk, tx, found, now)
    tx.attempts.save(found)
    return found


def hand_in(desk: Desk, tx: Transaction, attempt: Attempt, now: datetime) -> Attempt:
    """Grade and store an attempt that was just submitted; it stays submitted while a person has to grade something."""
    found = paper(desk, tx, attempt.id)
    marks = [found.mark(slot) for slot in found.slots]
    total = totals(marks)
    tx.attempts.save_slots(attempt.id, (replace(s, score=m.score, state=m.state) for s, m in zip(found.slots, marks, strict=True)))
    if not total.pending:
        passed = passes(total.fraction, attempt.policy.pass_mark)
        attempt = grade(attempt, now, points=total.points, maximum=total.max, fraction=total.fraction, passed=passed)
    tx.attempts.save(attempt)
    catalogue = desk.catalogue()
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    at = attempt.submitted_at or now
    what = {"quiz": attempt.quiz, "attempt": attempt.id}
    tx.events.append([Event(attempt.learner, at, EventKind.QUIZ_SUBMITTED, quiz.module if quiz else None, None, what)])
    note_completions(tx, catalogue, attempt.learner, now)
    return attempt
