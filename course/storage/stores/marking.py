"""What waits for a person or was marked by one, for a whole cohort at once; marks that are begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, bindparam, delete, insert, select

from course.access.roles import CohortRole
from course.learning.attempts import OVER, AttemptState
from course.learning.moderation import HandMark
from course.questions.base import State
from course.storage.stores.rulings import hand_mark_of, named
from course.storage.tables import attempt, attempt_slot, hand_mark, learner, mark_draft, membership

Place = tuple[int, int]
"""An attempt and a position in it: one answer."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An answer that a person grades or has graded. `score`: the share that counts now, None while nothing does."""

    attempt: int
    position: int
    learner: str
    quiz: str
    question: str
    version: str
    handed_in: datetime
    points: float
    score: float | None

    @property
    def place(self) -> Place:
        return self.attempt, self.position


@dataclass(frozen=True, slots=True)
class Draft:
    """A mark that is begun: points by criterion as far as they are given, and the comment so far."""

    attempt: int
    position: int
    person: str
    at: datetime
    points: Mapping[str, float]
    comment: str = ""
    wants_second: bool = False


@dataclass(frozen=True, slots=True)
class MarkingStore:
    connection: Connection

    def answers(self, cohort_id: str) -> tuple[HandedIn, ...]:
        """Everything that a person grades of those who learn in the cohort now, in the order it was handed in."""
        rows = {(row.attempt_id, row.position): row for query in (_WAITING, _MARKED) for row in self._read(query, cohort_id)}
        return tuple(sorted(map(_handed_in, rows.values()), key=lambda one: (one.handed_in, one.place)))

    def marks(self, cohort_id: str) -> Mapping[Place, Sequence[HandMark]]:
        """Every mark given to one of these answers, oldest first."""
        found: dict[Place, list[HandMark]] = defaultdict(list)
        for row in self._read(_MARKS, cohort_id):
            found[row.attempt_id, row.position].append(hand_mark_of(row))
        return found

    def given(self, attempts: Iterable[int]) -> frozenset[int]:
        """Those of these attempts in which a person has marked something."""
        query = select(hand_mark.c.attempt_id).where(hand_mark.c.attempt_id.in_(list(attempts))).distinct()
        return frozenset(self.connection.scalars(query))

    def begun(self, cohort_id: str) -> Mapping[Place, Mapping[str, str]]:
        """Answers that somebody has begun to mark: the graders' ids with their names."""
        found: dict[Place, dict[str, str]] = defaultdict(dict)
        for row in self._read(_BEGUN, cohort_id):
            found[row.attempt_id, row.position][row.made_by] = row.name or "somebody without a name"
        return found

    def keep_draft(self, one: Draft) -> None:
        """Store it in place of the grader's earlier one of this answer."""
        self.drop_draft((one.attempt, one.position), one.person)
        values = {
            "attempt_id": one.attempt,
            "position": one.position,
            "made_by": one.person,
            "at": one.at,
            "points": dict(one.points),
            "comment": one.comment,
            "wants_second": one.wants_second,
        }
        self.connection.execute(insert(mark_draft).values(values))

    def drop_draft(self, place: Place, person: str) -> None:
        """Forget what the grader had begun."""
        self.connection.execute(delete(mark_draft).where(_draft_at(place), mark_draft.c.made_by == person))

    def draft(self, place: Place, person: str) -> Draft | None:
        """What the grader has begun at this answer."""
        r = self.connection.execute(select(mark_draft).where(_draft_at(place), mark_draft.c.made_by == person)).one_or_none()
        return None if r is None else Draft(r.attempt_id, r.position, r.made_by, r.at, r.points, r.comment, r.wants_second)

    def _read(self, query: Select[Any], cohort_id: str) -> Sequence[Any]:
        return self.connection.execute(query, {"cohort": cohort_id}).all()


def _handed_in(row: Any) -> HandedIn:
    return HandedIn(
        row.attempt_id,
        row.position,
        row.learner_id,
        row.quiz_id,
        row.question_id,
        row.version,
        row.submitted_at or row.last_activity_at,
        row.points,
        row.score,
    )


def _draft_at(place: Place) -> Any:
    return and_(mark_draft.c.attempt_id == place[0], mark_draft.c.position == place[1])


_HERE: Final = and_(
    membership.c.learner_id == attempt.c.learner_id,
    membership.c.cohort_id == bindparam("cohort"),
    membership.c.role == CohortRole.LEARNER.value,
    membership.c.removed_at.is_(None),
)
_SLOTS: Final = (
    select(
        attempt_slot.c.attempt_id,
        attempt_slot.c.position,
        attempt_slot.c.question_id,
        attempt_slot.c.version,
        attempt_slot.c.points,
        attempt_slot.c.score,
        attempt.c.learner_id,
        attempt.c.quiz_id,
        attempt.c.submitted_at,
        attempt.c.last_activity_at,
    )
    .join(attempt, attempt.c.id == attempt_slot.c.attempt_id)
    .join(membership, _HERE)
)
# An attempt in which an answer waits has no result yet: few are looked through.
_WAITING: Final = _SLOTS.where(attempt.c.state == AttemptState.SUBMITTED.value, attempt_slot.c.state == State.MANUAL.value)
_AT: Final = and_(hand_mark.c.attempt_id == attempt_slot.c.attempt_id, hand_mark.c.position == attempt_slot.c.position)
_OVER: Final = attempt.c.state.in_(sorted(state.value for state in OVER))
_MARKED: Final = _SLOTS.join(hand_mark, _AT).where(_OVER).distinct()
_MARKS: Final = (
    named(hand_mark).join(attempt, attempt.c.id == hand_mark.c.attempt_id).join(membership, _HERE).where(_OVER).order_by(hand_mark.c.id)
)
_BEGUN: Final = (
    select(mark_draft.c.attempt_id, mark_draft.c.position, mark_draft.c.made_by, learner.c.name)
    .join(attempt, attempt.c.id == mark_draft.c.attempt_id)
    .join(membership, _HERE)
    .outerjoin(learner, learner.c.id == mark_draft.c.made_by)
    .order_by(mark_draft.c.at)
)
