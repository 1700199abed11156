"""Attempts handed in and graded, by the learner or by the clock. Works inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from course.learning.attempts import OPEN, Attempt, AttemptState, grade, settle
from course.learning.events import EventKind
from course.learning.marking import Asked, last_mark, marks
from course.learning.policy import QuizPolicy
from course.learning.responses import Response, last_answer
from course.learning.rulings import NO_RULINGS, Rulings
from course.learning.scoring import Answered, Mark, Totals, passes, totals
from course.questions import Question
from course.services.study import rolling
from course.services.study.desk import Desk, as_asked
from course.services.study.standing import note_completions
from course.storage.stores.attempts import Slot
from course.storage.stores.events import Event
from course.storage.stores.rulings import Decisions
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True)
class Paper:
    """The slots of one attempt in order, with what they pin and what was done at each. Not slotted: marks are computed once."""

    policy: QuizPolicy
    slots: tuple[Slot, ...]
    questions: Mapping[int, Question]
    """By position, variables filled in."""
    log: Mapping[int, Sequence[Response]]
    """By position, in order; answers that a later one replaced are left out."""
    over: bool = False
    """Whether the attempt takes no more answers."""
    rulings: Rulings = NO_RULINGS
    """What people decided beside the answers; empty while the attempt runs."""
    decisions: Decisions = field(default_factory=Decisions)
    """Where the rulings come from: who decided what, when and why."""
    regraded: Mapping[int, Question] = field(default_factory=dict)
    """By position: what is graded against another version than the pinned one, variables filled in."""

    def question(self, slot: Slot) -> Question:
        """The question as it was asked."""
        return self.questions[slot.position]

    def graded_by(self, slot: Slot) -> Question:
        """The question whose key counts: the one that was asked, or the version it was regraded to."""
        return self.regraded.get(slot.position, self.question(slot))

    def steps(self, slot: Slot) -> Sequence[Response]:
        """The slot's part of the log."""
        return self.log.get(slot.position, ())

    def last(self, slot: Slot) -> Response | None:
        """What stands in the slot's inputs."""
        return last_answer(self.steps(slot))

    @cached_property
    def asked(self) -> Mapping[int, Asked]:
        """By position: what the log says, with the rulings all that marks depend on."""
        voided = self.rulings.voided
        blank = {s.position: Answered(self.graded_by(s), s.points, None, s.skipped) for s in self.slots}
        return {s.position: Asked(blank[s.position], self.steps(s), s.again_of, s.position in voided) for s in self.slots}

    @cached_property
    def marks(self) -> Mapping[int, Mark]:
        """By position. In a mastery quiz the first slot of a chain bears the mark of the chain."""
        found = marks(self.policy, self.asked, over=self.over)
        return {position: self.rulings.ruled(position, one) for position, one in found.items()}

    def mark(self, slot: Slot) -> Mark:
        """What the slot counts for."""
        return self.marks[slot.position]

    def own_mark(self, slot: Slot) -> Mark:
        """The mark of the last answer alone, whatever came before it."""
        return self.rulings.ruled(slot.position, last_mark(self.asked[slot.position]))

    def totals(self) -> Totals:
        return totals((self.mark(slot) for slot in self.slots), self.rulings.override)

    def first(self, slot: Slot) -> Slot:
        """The slot whose question this one asks again; itself, when it does not."""
        return slot if slot.again_of is None else next(s for s in self.slots if s.position == slot.again_of)

    def rounds(self, slot: Slot) -> tuple[Slot, ...]:
        """The slot's chain in order, itself included."""
        first = self.first(slot).position
        return tuple(s for s in self.slots if first in (s.position, s.again_of))


def paper(desk: Desk, tx: Transaction, attempt: Attempt) -> Paper:
    """What is known of the attempt; what people decided about it counts once it takes no more answers.

    Raises UnreadableQuestion when this edition of the course cannot build a pinned version.
    """
    slots = tx.attempts.slots(attempt.id)
    versions = desk.questions(tx, (s.version for s in slots))
    pinned = {s.position: as_asked(versions[s.version], s.variant) for s in slots}
    log: dict[int, list[Response]] = defaultdict(list)
    for step in tx.attempts.steps(attempt.id):
        log[step.position].append(step)
    if attempt.state in OPEN:
        return Paper(attempt.policy, slots, pinned, log)
    decisions = tx.rulings.decisions(attempt.id, slots)
    ruled = decisions.in_force(slots)
    found = Paper(attempt.policy, slots, pinned, log, over=True, decisions=decisions)
    return under(found, ruled, desk.questions(tx, ruled.regraded.values()))


def under(found: Paper, ruled: Rulings, versions: Mapping[str, Question]) -> Paper:
    """The paper under these decisions. `versions` holds every version that something is graded against.

    What hints cost is as it was when they were taken. Raises BadResponse or UnreadableQuestion when a version cannot ask
    what was asked.
    """
    regraded = {
        slot.position: replace(as_asked(versions[ruled.regraded[slot.position]], slot.variant), hints=found.question(slot).hints)
        for slot in found.slots
        if slot.position in ruled.regraded
    }
    return replace(found, rulings=ruled, regraded=regraded)


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
    found = paper(desk, tx, attempt)
    total = found.totals()
    tx.attempts.save_slots(attempt.id, (replace(s, score=found.mark(s).score, state=found.mark(s).state) for s in found.slots))
    if not total.pending:
        passed = passes(total.fraction, attempt.policy.pass_mark)
        attempt = grade(attempt, now, points=total.points, maximum=total.max, fraction=total.fraction, passed=passed)
    tx.attempts.save(attempt)
    rolling.closed(tx, attempt, (slot.question for slot in found.slots))
    catalogue = desk.catalogue()
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    at = attempt.submitted_at or now
    what = {"quiz": attempt.quiz, "attempt": attempt.id}
    tx.events.append([Event(attempt.learner, at, EventKind.QUIZ_SUBMITTED, quiz.module if quiz else None, None, what)])
    note_completions(tx, catalogue, attempt.learner, now)
    return attempt
