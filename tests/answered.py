"""A cohort with graded attempts, written straight into storage: what statistics are tested on. Learner number n is stronger than n - 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from course.access.roles import CohortRole
from course.content.model import Catalogue
from course.learning.attempts import Attempt, AttemptState
from course.learning.responses import Response, ResponseKind
from course.learning.scoring import Answered, mark, passes, totals
from course.questions import Question, by_name
from course.questions.base import Json
from course.services.study import rolling
from course.storage.stores.attempts import Slot
from course.storage.stores.cohorts import Cohort, Member
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

BEGUN = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
Answering = Callable[[int, int, Question], Json]
"""Learner's number, position of the question from 1, the question -> the answer; None leaves it blank."""


def learner_id(number: int, cohort: str = "k") -> str:
    return f"{cohort}-learner-{number:03}"


def cohort(tx: Transaction, learners: int, *, cohort_id: str = "k", leads: Sequence[str] = (), name: str = "Group B") -> None:
    """A cohort of new people; `leads`: ids of people who exist."""
    tx.cohorts.add(Cohort(cohort_id, name, BEGUN))
    for number in range(1, learners + 1):
        one = Learner(learner_id(number, cohort_id), BEGUN, f"Learner {number:03}")
        tx.people.add(one)
        tx.memberships.put(Member(cohort_id, one.id, CohortRole.LEARNER, BEGUN))
    for lead in leads:
        tx.memberships.put(Member(cohort_id, lead, CohortRole.LEAD, BEGUN))


def hand_in(
    tx: Transaction,
    catalogue: Catalogue,
    quiz_id: str,
    learners: Sequence[int],
    answering: Answering,
    *,
    cohort_id: str = "k",
    at: datetime = BEGUN,
    number: int = 1,
    certainty: int | None = None,
    by_clock: bool = False,
) -> list[int]:
    """Everybody's attempt at every question of the quiz, half a minute each; the attempts' ids."""
    quiz = catalogue.course.quizzes[quiz_id]
    tx.questions.remember((e.question for e in quiz.entries), at)
    made = []
    for who in learners:
        begun = at + timedelta(minutes=who)
        given = {position: answering(who, position, e.question) for position, e in enumerate(quiz.entries, start=1)}
        marks = {p: mark(Answered(e.question, e.points, given[p])) for p, e in enumerate(quiz.entries, start=1)}
        total = totals(marks.values())
        end = begun + timedelta(seconds=30 * len(marks) + 5)
        one = Attempt(
            id=0, learner=learner_id(who, cohort_id), quiz=quiz_id, number=number, policy=quiz.policy, seed=1, state=AttemptState.GRADED,
            started_at=begun, deadline=None, last_activity_at=end, start_key=f"s{number}", submitted_at=end, graded_at=end,
            submit_key=None if by_clock else "x", points=total.points, max=total.max, fraction=total.fraction,
            passed=passes(total.fraction, quiz.policy.pass_mark),
        )  # fmt: skip
        slots = [
            Slot(p, e.question.id, e.question.version, e.points, score=marks[p].score, state=marks[p].state)
            for p, e in enumerate(quiz.entries, start=1)
        ]
        attempt = tx.attempts.add(replace(one), slots)
        for position, answer in given.items():
            if answer is not None:
                moment = begun + timedelta(seconds=30 * position)
                tx.attempts.append(attempt.id, Response(position, moment, ResponseKind.SAVED, answer, certainty))
        rolling.closed(tx, attempt, [slot.question for slot in slots])
        made.append(attempt.id)
    return made


def right(question: Question) -> Json:
    """An answer that scores full points."""
    return by_name(question.type).sample(question.body).right[0]


def wrong(question: Question) -> Json:
    """An answer that scores less."""
    samples = by_name(question.type).sample(question.body)
    return (samples.wrong or samples.partial)[0]


def by_strength(learners: int, questions: int = 10) -> Answering:
    """The stronger the learner, the more questions right; the later a question, the harder. Every question tells people apart."""

    def answer(who: int, position: int, question: Question) -> Json:
        strength = who / learners + 0.12 * ((who * 5 + position * 3) % 4 - 1.5)
        return right(question) if strength > 0.15 + 0.7 * position / questions else wrong(question)

    return answer
