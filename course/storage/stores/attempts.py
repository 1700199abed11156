"""Attempts, the questions they pin, and the log of answers to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Text, bindparam, func, insert, or_, select, type_coerce, update

from course.learning.attempts import IDLE, OPEN, OVER, Attempt, AttemptState
from course.learning.policy import QuizPolicy
from course.learning.responses import ANSWERS, Response, ResponseKind
from course.learning.snapshot import policy_from_json, policy_to_json
from course.questions.base import State
from course.storage.tables import attempt, attempt_slot, response


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of an attempt, pinned. `variant` holds what was drawn for it; `score` and `state` follow from the log.

    `again_of`: the position of the slot whose question this one asks again; it carries no points of its own.
    """

    position: int
    question: str
    version: str
    points: float
    variant: Mapping[str, Any] | None = None
    flagged: bool = False
    skipped: bool = False
    score: float | None = None
    state: State | None = None
    again_of: int | None = None


@dataclass(frozen=True, slots=True)
class SlotOfLearner:
    """A graded slot with where it stands, for statistics over a learner's quizzes."""

    attempt: int
    slot: Slot


@dataclass(frozen=True, slots=True)
class AttemptStore:
    connection: Connection

    def add(self, one: Attempt, slots: Iterable[Slot]) -> Attempt:
        """Store a fresh attempt and what it pins; returns it with its id."""
        row_id = self.connection.execute(insert(attempt).values(_row(one)).returning(attempt.c.id)).scalar_one()
        rows = [_slot_row(row_id, slot) for slot in slots]
        if rows:
            self.connection.execute(insert(attempt_slot), rows)
        return replace(one, id=row_id)

    def add_slot(self, attempt_id: int, slot: Slot) -> None:
        """Store one more slot of a running attempt."""
        self.connection.execute(_ADD_SLOT, _slot_row(attempt_id, slot))

    def get(self, attempt_id: int) -> Attempt | None:
        row = self.connection.execute(_GET, {"id": attempt_id}).one_or_none()
        return None if row is None else _attempt(row)

    def of_learner(self, learner: str, quiz: str | None = None) -> tuple[Attempt, ...]:
        """The learner's attempts in the order they were begun; all, or those at one quiz."""
        query = _OF_LEARNER if quiz is None else _OF_LEARNER.where(attempt.c.quiz_id == quiz)
        return tuple(_attempt(row) for row in self.connection.execute(query, {"learner": learner}))

    def timed(self, learner: str) -> tuple[Attempt, ...]:
        """The learner's attempts with a deadline that are stored as running; the clock may have ended them since."""
        running = attempt.c.deadline.is_not(None) & attempt.c.state.in_(sorted(OPEN))
        return tuple(_attempt(row) for row in self.connection.execute(_OF_LEARNER.where(running), {"learner": learner}))

    def due(self, now: datetime) -> tuple[tuple[int, str], ...]:
        """Ids and learners of open attempts that the clock has ended or made overdue."""
        late, idle = attempt.c.deadline < now, attempt.c.deadline.is_(None) & (attempt.c.last_activity_at < now - IDLE)
        query = select(attempt.c.id, attempt.c.learner_id).where(attempt.c.state.in_(sorted(OPEN)), or_(late, idle))
        return tuple((row.id, row.learner_id) for row in self.connection.execute(query.order_by(attempt.c.id)))

    def handed_in(self, last: int, most: int) -> tuple[tuple[int, str], ...]:
        """Ids and learners of attempts that were handed in, everybody's, the first ones after the id `last`."""
        query = select(attempt.c.id, attempt.c.learner_id).where(attempt.c.id > last, attempt.c.state.in_(sorted(OVER)))
        return tuple((row.id, row.learner_id) for row in self.connection.execute(query.order_by(attempt.c.id).limit(most)))

    def save(self, one: Attempt) -> None:
        """Store the attempt's present state over the one of the same id."""
        self.connection.execute(update(attempt).where(attempt.c.id == one.id).values(_row(one)))

    def touch(self, one: Attempt) -> None:
        """Store the state, how far the learner went and the time of the last step alone."""
        values = {"of": one.id, "now_state": one.state.value, "now_at": one.last_activity_at, "now_reached": one.reached}
        self.connection.execute(_TOUCH, values)

    def slots(self, attempt_id: int) -> tuple[Slot, ...]:
        return tuple(_slot(row) for row in self.connection.execute(_SLOTS, {"attempt": attempt_id}))

    def slots_of_learner(self, learner: str) -> tuple[SlotOfLearner, ...]:
        """Every slot of the learner's attempts, in order."""
        query = select(attempt_slot).join(attempt).where(attempt.c.learner_id == learner)
        ordered = query.order_by(attempt.c.started_at, attempt.c.id, attempt_slot.c.position)
        return tuple(SlotOfLearner(row.attempt_id, _slot(row)) for row in self.connection.execute(ordered))

    def save_slots(self, attempt_id: int, slots: Iterable[Slot]) -> None:
        """Store flags, skips and marks of these slots; what they pin never changes."""
        rows = [
            {
                "of": attempt_id,
                "at": slot.position,
                "now_flagged": slot.flagged,
                "now_skipped": slot.skipped,
                "now_score": slot.score,
                "now_state": None if slot.state is None else slot.state.value,
            }
            for slot in slots
        ]
        if rows:
            self.connection.execute(_SAVE_SLOT, rows)

    def append(self, attempt_id: int, one: Response) -> None:
        values = {
            "attempt_id": attempt_id,
            "position": one.position,
            "at": one.at,
            "kind": one.kind.value,
            "response": one.response,
            "certainty": one.certainty,
        }
        self.connection.execute(_APPEND, values)

    def latest(self, attempt_id: int) -> Mapping[int, Response]:
        """Position -> the last answer in the log; positions without any are absent."""
        return {r.position: r for r in self.steps(attempt_id) if r.kind in ANSWERS}

    def steps(self, attempt_id: int) -> Sequence[Response]:
        """The log without answers that a later one replaced: all that marks depend on, in the order it was sent."""
        return [_response(row) for row in self.connection.execute(_STEPS, {"attempt": attempt_id})]

    def log(self, attempt_id: int) -> Sequence[Response]:
        """Every answer in the order it was sent."""
        query = select(response).where(response.c.attempt_id == attempt_id).order_by(response.c.id)
        return [_response(row) for row in self.connection.execute(query)]


# Statements that clicks run are built once: building one costs five times as much as running it.
_POLICY: Final = type_coerce(attempt.c.policy, Text).label("policy")
_ATTEMPT: Final = select(*(_POLICY if c is attempt.c.policy else c for c in attempt.c))
_GET: Final = _ATTEMPT.where(attempt.c.id == bindparam("id"))
_OF_LEARNER: Final = _ATTEMPT.where(attempt.c.learner_id == bindparam("learner")).order_by(attempt.c.started_at, attempt.c.id)
_TOUCH: Final = (
    update(attempt)
    .where(attempt.c.id == bindparam("of"))
    .values(state=bindparam("now_state"), last_activity_at=bindparam("now_at"), reached=bindparam("now_reached"))
)
_ADD_SLOT: Final = insert(attempt_slot)
_SLOTS: Final = select(attempt_slot).where(attempt_slot.c.attempt_id == bindparam("attempt")).order_by(attempt_slot.c.position)
_SAVE_SLOT: Final = (
    update(attempt_slot)
    .where(attempt_slot.c.attempt_id == bindparam("of"), attempt_slot.c.position == bindparam("at"))
    .values(
        flagged=bindparam("now_flagged"),
        notice_skipped=bindparam("now_skipped"),
        score=bindparam("now_score"),
        state=bindparam("now_state"),
    )
)
_APPEND: Final = insert(response)
_NEWEST: Final = (
    select(func.max(response.c.id))
    .where(response.c.attempt_id == bindparam("attempt"), response.c.kind == ResponseKind.SAVED.value)
    .group_by(response.c.position)
)
_STEPS: Final = (
    select(response)
    .where(response.c.attempt_id == bindparam("attempt"), or_(response.c.kind != ResponseKind.SAVED.value, response.c.id.in_(_NEWEST)))
    .order_by(response.c.id)
)


@lru_cache(maxsize=512)
def _policy(text: str) -> QuizPolicy:
    """A quiz pins the same rules in all its attempts; each text is read once."""
    return policy_from_json(json.loads(text))


def _row(one: Attempt) -> dict[str, Any]:
    return {
        "learner_id": one.learner,
        "quiz_id": one.quiz,
        "number": one.number,
        "state": one.state.value,
        "seed": one.seed,
        "policy": policy_to_json(one.policy),
        "started_at": one.started_at,
        "deadline": one.deadline,
        "last_activity_at": one.last_activity_at,
        "submitted_at": one.submitted_at,
        "graded_at": one.graded_at,
        "start_key": one.start_key,
        "submit_key": one.submit_key,
        "points": one.points,
        "max": one.max,
        "fraction": one.fraction,
        "passed": one.passed,
        "reached": one.reached,
    }


def _attempt(row: Any) -> Attempt:
    return Attempt(
        id=row.id,
        learner=row.learner_id,
        quiz=row.quiz_id,
        number=row.number,
        policy=_policy(row.policy),
        seed=row.seed,
        state=AttemptState(row.state),
        started_at=row.started_at,
        deadline=row.deadline,
        last_activity_at=row.last_activity_at,
        start_key=row.start_key,
        submitted_at=row.submitted_at,
        graded_at=row.graded_at,
        submit_key=row.submit_key,
        points=row.points,
        max=row.max,
        fraction=row.fraction,
        passed=row.passed,
        reached=row.reached,
    )


def _slot_row(attempt_id: int, slot: Slot) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "position": slot.position,
        "question_id": slot.question,
        "version": slot.version,
        "points": slot.points,
        "variant": slot.variant,
        "flagged": slot.flagged,
        "notice_skipped": slot.skipped,
        "score": slot.score,
        "state": None if slot.state is None else slot.state.value,
        "again_of": slot.again_of,
    }


def _slot(row: Any) -> Slot:
    state = None if row.state is None else State(row.state)
    return Slot(
        row.position, row.question_id, row.version, row.points, row.variant, row.flagged, row.notice_skipped, row.score, state, row.again_of
    )


def _response(row: Any) -> Response:
    return Response(row.position, row.at, ResponseKind(row.kind), row.response, row.certainty)
