"""How a learner stands in the whole course: loaded once a use case, judged by the pure rules of `learning`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from course.access.assignments import Item
from course.content.model import Catalogue
from course.learning.attempts import OPEN, OVER, Attempt, settle
from course.learning.entry import Entry, entry, is_passed
from course.learning.events import EventKind, Spot
from course.learning.outline import ModuleOutline
from course.learning.policy import Kind, Moment, QuizPolicy
from course.learning.progress import Completion, Facts, is_complete
from course.learning.reveal import Occasion, Shown, shown
from course.learning.scoring import right
from course.services.study.assigned import Assigned, assigned, done_items
from course.services.study.desk import LearnerId, practice_quiz
from course.storage.stores.events import Event
from course.storage.stores.practice import Try
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """`attempts` are settled by the clock, in the order they were begun; `entries` say which quizzes may be begun.

    `assigned`: what instructors assigned, `policies` the rules of quizzes under it, at `now`.
    """

    facts: Facts
    attempts: tuple[Attempt, ...]
    entries: Mapping[str, Entry]
    latest: Mapping[str, Try]
    completed_at: Mapping[str, datetime]
    assigned: Assigned
    policies: Mapping[str, QuizPolicy]
    now: datetime

    @property
    def done(self) -> frozenset[Item]:
        """What counts as done where an assignment requires an order."""
        return done_items(self.attempts, frozenset(self.facts.completed or {}))

    def at(self, quiz: str) -> tuple[Attempt, ...]:
        """The learner's attempts at one quiz."""
        return tuple(a for a in self.attempts if a.quiz == quiz)

    @property
    def running(self) -> Attempt | None:
        """The attempt begun last that still takes answers."""
        return next((a for a in reversed(self.attempts) if a.state in OPEN), None)

    def shows(self, catalogue: Catalogue, attempt: Attempt, *, answered: bool = False) -> Shown:
        """What may be shown of this attempt now; `answered`: of a question in it that was answered for good."""
        left = self.entries[attempt.quiz].left if attempt.quiz in self.entries else 0
        ends = self.assigned.ends(catalogue, attempt.quiz)
        occasion = Occasion(
            answered=answered,
            over=attempt.state in OVER,
            passed=any(a.passed is True for a in self.at(attempt.quiz)),
            closed=self.now > ends if ends is not None else left == 0,
            posttest=self._took_posttest_of(catalogue, attempt),
        )
        return shown(attempt.policy.reveal, occasion)

    def _took_posttest_of(self, catalogue: Catalogue, attempt: Attempt) -> bool:
        scope = _module_of(catalogue, attempt.quiz)
        return any(a.policy.kind is Kind.POSTTEST and a.state in OVER and _module_of(catalogue, a.quiz) == scope for a in self.attempts)


def standing(
    tx: Transaction,
    catalogue: Catalogue,
    learner: LearnerId | None,
    now: datetime,
    *,
    alone: bool = False,
    latest: Mapping[str, Try] | None = None,
) -> Standing:
    """Everything the learner has done; a fresh state for a guest. `alone`: facts are all that is wanted, not what is assigned.

    `latest`: the last try at each question, where this transaction knows them already.
    """
    given = Assigned() if alone else assigned(tx, catalogue, learner)
    if learner is None:
        return judged(catalogue, Facts(answers={}, completed={}), (), {}, {}, now, given)
    completions = tx.events.completions(learner)
    last = tx.events.last_in_a_cell(learner)
    if latest is None:
        latest = tx.practice.latest(learner)
    visits = tx.events.visits(learner)
    facts = Facts(
        opened=visits.opened,
        predicted=visits.answered,
        answers={question: _verdict(catalogue, one) for question, one in latest.items()},
        completed={e.module: Completion(e.at, frozenset((e.data or {}).get("cells", ()))) for e in reversed(completions) if e.module},
        stopped_at=Spot(last.module, last.cell) if last is not None and last.module and last.cell else None,
    )
    attempts = tuple(settle(a, now) for a in tx.attempts.of_learner(learner))
    return judged(catalogue, facts, attempts, latest, {e.module: e.at for e in reversed(completions) if e.module}, now, given)


def note_completions(tx: Transaction, catalogue: Catalogue, learner: LearnerId, now: datetime) -> None:
    """Write an event for every module that is done now and was not before."""
    note_done(tx, catalogue, learner, standing(tx, catalogue, learner, now, alone=True).facts, now)


def note_done(tx: Transaction, catalogue: Catalogue, learner: LearnerId, facts: Facts, now: datetime) -> frozenset[str]:
    """As `note_completions`, by facts that were just read; returns the ids of these modules."""
    done = [m for m in catalogue.outline.modules if facts.completion(m.id) is None and m.cells and is_complete(facts, m)]
    tx.events.append(_completion(learner, m, now) for m in done)
    return frozenset(m.id for m in done)


def judged(
    catalogue: Catalogue,
    facts: Facts,
    attempts: Sequence[Attempt],
    latest: Mapping[str, Try],
    completed_at: Mapping[str, datetime],
    now: datetime,
    given: Assigned,
) -> Standing:
    """How somebody stands who has done this: `facts` lack what follows from attempts, `latest` is by question."""
    by_quiz: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_quiz[attempt.quiz].append(attempt)
    passed = frozenset(quiz for quiz, mine in by_quiz.items() if is_passed(mine))
    completed = frozenset(facts.completed or {})
    done = done_items(attempts, completed)
    handed_in = {
        quiz: min(ends) for quiz, mine in by_quiz.items() if (ends := [a.submitted_at for a in mine if a.state in OVER and a.submitted_at])
    }
    policies = {quiz: given.policy(catalogue, policy, now) for quiz, policy in catalogue.outline.policies.items()}
    entries = {
        quiz: entry(
            policy,
            by_quiz.get(quiz, []),
            passed=passed,
            completed=completed,
            now=now,
            barred=given.bars(catalogue, quiz, done, now),
            handed_in=handed_in,
        )
        for quiz, policy in policies.items()
    }
    known = Facts(
        opened=facts.opened,
        predicted=facts.predicted,
        answers=facts.answers,
        passed=passed,
        failed=frozenset(a.quiz for a in attempts if a.state in OVER) - passed,
        closed=frozenset(quiz for quiz, one in entries.items() if not one.may_begin and one.running is None),
        completed=facts.completed,
        stopped_at=facts.stopped_at,
    )
    return Standing(known, tuple(attempts), entries, latest, completed_at, given, policies, now)


def _verdict(catalogue: Catalogue, one: Try) -> bool | None:
    """Whether the latest answer was right, as far as the question's quiz lets it be known."""
    quiz = practice_quiz(catalogue, one.question)
    return right(one.state) if quiz is None or quiz.policy.reveal.correctness is Moment.AFTER_QUESTION else None


def _module_of(catalogue: Catalogue, quiz: str) -> str | None:
    found = catalogue.course.quizzes.get(quiz)
    return None if found is None else found.module


def _completion(learner: LearnerId, module: ModuleOutline, now: datetime) -> Event:
    return Event(learner, now, EventKind.MODULE_COMPLETED, module.id, None, {"cells": [c.id for c in module.cells]})
