"""The page before a quiz, and beginning an attempt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from course.content.model import Catalogue, Quiz, QuizEntry
from course.errors import Refused
from course.learning.attempts import OPEN, Attempt, AttemptState, begin, minutes_used
from course.learning.drawing import Candidate, attempt_seed, draw
from course.learning.entry import next_number
from course.learning.events import EventKind
from course.learning.marking import scorable
from course.learning.policy import Kind, QuizPolicy
from course.services.study import wording
from course.services.study.decided import voided
from course.services.study.desk import Desk, LearnerId, asked_at_once, known, pinned_variant, the_quiz, zone_of
from course.services.study.grading import settled
from course.services.study.responses import idempotency_key
from course.services.study.rules import reveal_in_words, rules_in_words
from course.services.study.standing import Standing, standing
from course.services.study.views import PastAttempt, QuizIntroView
from course.storage.stores.attempts import Slot
from course.storage.stores.events import Event
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

_UNGRADED = frozenset({Kind.PRACTICE, Kind.SURVEY})


def quiz_intro(desk: Desk, learner: LearnerId | None, quiz_id: str) -> QuizIntroView:
    """Everything to know before beginning. Raises NotFound for an unknown quiz."""
    catalogue, now = desk.catalogue(), desk.clock()
    quiz = the_quiz(catalogue, quiz_id)
    with desk.uow.read() as tx:
        found = standing(tx, catalogue, learner, now)
        person = tx.people.get(learner) if learner is not None else None
        told = voided(tx, found.at(quiz.id), zone_of(person))
    policy, stands = found.policies[quiz.id], found.entries[quiz.id]
    zone = zone_of(person)
    limit = None if policy.time_limit is None else policy.time_limit * (person.extra_time if person is not None else 1.0)
    questions = asked_at_once(quiz)
    return QuizIntroView(
        id=quiz.id,
        title=quiz.title,
        description=quiz.description,
        kind=policy.kind,
        module=quiz.module,
        questions=questions,
        minutes=questions if limit is None else wording.minutes(limit / 60),
        timed=limit is not None,
        pass_mark=policy.pass_mark,
        asks_certainty=policy.certainty,
        attempts_left=stands.left,
        running=stands.running,
        may_begin=stands.may_begin,
        wait_until=stands.wait_until or stands.opens_at,
        reasons=() if stands.running is not None else _reasons(catalogue, found, quiz.id, zone),
        assigned=() if stands.barred else found.assigned.why(catalogue, quiz.id, found.done, now, zone),
        past=tuple(past_attempt(catalogue, found, a, told.get(a.id, "")) for a in found.at(quiz.id)),
        rules=rules_in_words(policy, limit),
        reveal=reveal_in_words(policy, scored=any(scorable(entry.question) for entry in quiz.entries)),
        disclaimer=has_disclaimer(policy.kind),
        first=tuple((condition, wording.title_of(condition, catalogue)) for condition in stands.locked_by),
    )


def start(desk: Desk, learner: LearnerId, quiz_id: str, key: str) -> int:
    """Begin an attempt and return its id; an attempt that runs is continued, and the same key gives the same attempt.

    Raises NotFound for an unknown quiz, Refused with the reasons when it cannot be begun now.
    """
    catalogue, now, key = desk.catalogue(), desk.clock(), idempotency_key(key)
    quiz = the_quiz(catalogue, quiz_id)
    with desk.uow.write() as tx:
        person = known(tx, learner)
        attempts = [settled(desk, tx, a, now) for a in tx.attempts.of_learner(learner, quiz_id)]
        before = next((a for a in attempts if a.start_key == key), None) or next((a for a in attempts if a.state in OPEN), None)
        if before is not None:
            return before.id
        found = standing(tx, catalogue, learner, now)
        if found.entries[quiz_id].may_begin:
            return _begun(desk, tx, quiz, found.policies[quiz_id], person, next_number(attempts), key, now).id
    raise Refused(" ".join(_reasons(catalogue, found, quiz_id, zone_of(person))))


def past_attempt(catalogue: Catalogue, found: Standing, attempt: Attempt, notice: str = "") -> PastAttempt:
    """One attempt in a list, without a score that may not be shown."""
    shows = found.shows(catalogue, attempt).score and attempt.state is AttemptState.GRADED
    quiz = catalogue.course.quizzes.get(attempt.quiz)
    used = minutes_used(attempt)
    return PastAttempt(
        id=attempt.id,
        quiz=attempt.quiz,
        title=quiz.title if quiz is not None else attempt.quiz,
        number=attempt.number,
        state=attempt.state,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        points=attempt.points if shows else None,
        max=attempt.max if shows else None,
        fraction=attempt.fraction if shows else None,
        passed=attempt.passed if shows else None,
        minutes=None if used is None else wording.minutes(used),
        notice=notice,
    )


def has_disclaimer(kind: Kind) -> bool:
    """Whether its score could be taken for more than it is: a score is not a screening result."""
    return kind not in _UNGRADED


def drawn_entries(quiz: Quiz, policy: QuizPolicy, seed: int) -> list[QuizEntry]:
    """What an attempt with this seed asks, in order."""
    entries = {e.question.id: e for e in quiz.entries}
    candidates = [Candidate(e.question.id, e.question.objective, e.question.tags) for e in quiz.entries]
    return [entries[i] for i in draw(candidates, policy.draw, seed=seed, shuffle=policy.shuffle_questions)]


def pinned_slots(drawn: Iterable[QuizEntry], seed: int) -> tuple[Slot, ...]:
    """The slots of an attempt, each with its question's version and what is drawn for it."""
    return tuple(
        Slot(position, e.question.id, e.question.version, e.points, pinned_variant(e.question, seed)[1])
        for position, e in enumerate(drawn, start=1)
    )


def _begun(desk: Desk, tx: Transaction, quiz: Quiz, policy: QuizPolicy, person: Learner, number: int, key: str, now: datetime) -> Attempt:
    seed = attempt_seed(policy.seed, fresh=desk.seeds(), learner=person.id, quiz=quiz.id)
    drawn = drawn_entries(quiz, policy, seed)
    tx.questions.remember((e.question for e in drawn), now)
    fresh = begin(policy, learner=person.id, number=number, seed=seed, key=key, extra_time=person.extra_time, now=now)
    stored = tx.attempts.add(fresh, pinned_slots(drawn, seed))
    what = {"quiz": quiz.id, "attempt": stored.id}
    tx.events.append([Event(person.id, now, EventKind.QUIZ_STARTED, quiz.module, None, what)])
    return stored


def _reasons(catalogue: Catalogue, found: Standing, quiz: str, zone: tzinfo) -> tuple[str, ...]:
    stands, now = found.entries[quiz], found.now
    reasons = [wording.locked(condition, catalogue) for condition in stands.locked_by]
    if stands.barred:
        reasons += found.assigned.why(catalogue, quiz, found.done, now, zone)
    if stands.left == 0:
        reasons.append(f"You have used {'your attempt' if stands.used == 1 else f'all {stands.used} attempts'}.")
    elif stands.wait_until is not None:
        reasons.append(f"The next attempt opens in {wording.duration((stands.wait_until - now).total_seconds())}.")
    elif stands.opens_at is not None:
        reasons.append(f"It opens in {wording.duration((stands.opens_at - now).total_seconds())}.")
    return tuple(reasons)
