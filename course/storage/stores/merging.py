"""Giving everything of one learner to another. Every table with a learner in it stands in `MOVES`; a test finds one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Table, delete, func, select, update

from course.learning.attempts import OPEN
from course.storage.stores.rollup_days import RollupDayStore
from course.storage.tables import (
    account,
    assignment_exemption,
    assignment_extension,
    assignment_target,
    attempt,
    audit,
    browser_session,
    calendar_address,
    event,
    grade_change,
    group_member,
    invitation,
    learner,
    mark_draft,
    membership,
    one_time_link,
    practice_response,
    question_report,
    question_void,
    resume_link,
    rollup_answer,
    rollup_result,
    site_role,
)


class Move(Protocol):
    """How one table's rows come from one learner to another."""

    @property
    def table(self) -> Table: ...

    def run(self, connection: Connection, source: str, target: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """Rows only change their owner."""

    table: Table
    columns: tuple[str, ...] = ("learner_id",)

    def run(self, connection: Connection, source: str, target: str) -> None:
        for name in self.columns:
            connection.execute(update(self.table).where(self.table.c[name] == source).values({name: target}))


@dataclass(frozen=True, slots=True)
class OneEach:
    """One row a person and key: where both have one, the target's stays."""

    table: Table
    key: tuple[str, ...]

    def run(self, connection: Connection, source: str, target: str) -> None:
        columns = [self.table.c[name] for name in self.key]
        mine = {tuple(row) for row in connection.execute(select(*columns).where(self.table.c.learner_id == target))}
        for row in connection.execute(select(*columns).where(self.table.c.learner_id == source)).all():
            at = self.table.c.learner_id == source
            for column, value in zip(columns, row, strict=True):
                at &= column == value
            act: Any = delete(self.table) if tuple(row) in mine else update(self.table).values(learner_id=target)
            connection.execute(act.where(at))


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows that count from 1 within a person and group: both people's are counted again in order of time."""

    table: Table
    group: str
    order: str

    def run(self, connection: Connection, source: str, target: str) -> None:
        t = self.table.c
        groups = connection.scalars(select(t[self.group]).where(t.learner_id == source).distinct()).all()
        top = connection.execute(select(func.max(t.number)).where(t.learner_id.in_((source, target)))).scalar_one() or 0
        # Past every number in use first: two rows must never have the same one, not even for a moment.
        connection.execute(update(self.table).where(t.learner_id == target, t[self.group].in_(groups)).values(number=t.number + 2 * top))
        connection.execute(update(self.table).where(t.learner_id == source).values(learner_id=target, number=t.number + 3 * top))
        for group in groups:
            mine = select(t.id).where(t.learner_id == target, t[self.group] == group).order_by(t[self.order], t.id)
            for number, row_id in enumerate(connection.scalars(mine).all(), start=1):
                connection.execute(update(self.table).where(t.id == row_id).values(number=number))


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows that follow from others: both people's go, the caller computes the target's anew."""

    table: Table

    def run(self, connection: Connection, source: str, target: str) -> None:
        connection.execute(delete(self.table).where(self.table.c.learner_id.in_((source, target))))


MOVES: Final[Sequence[Move]] = (
    Numbered(attempt, "quiz_id", "started_at"),
    Numbered(practice_response, "question_id", "at"),
    Plain(event),
    Plain(question_report),
    Plain(browser_session),
    Plain(resume_link),
    Plain(one_time_link),
    Plain(invitation),
    Plain(audit, ("actor_id", "person_id")),
    Plain(calendar_address),
    Plain(assignment_target),
    Plain(grade_change, ("learner_id", "made_by")),
    Plain(mark_draft, ("made_by",)),
    Plain(question_void, ("made_by",)),
    OneEach(assignment_extension, ("assignment_id",)),
    OneEach(assignment_exemption, ("assignment_id",)),
    OneEach(membership, ("cohort_id",)),
    OneEach(group_member, ("group_id",)),
    OneEach(site_role, ("role",)),
    Computed(rollup_answer),
    Computed(rollup_result),
)
"""`account` is in no move: a profile that has one is not merged into another."""

UNMOVED: Final = frozenset({account, learner})


@dataclass(frozen=True, slots=True)
class MergingStore:
    connection: Connection

    def both_at_work(self, one: str, other: str) -> bool:
        """Whether both have an attempt at the same quiz that still takes answers."""
        quizzes = [
            set(self.connection.scalars(select(attempt.c.quiz_id).where(attempt.c.learner_id == who, attempt.c.state.in_(sorted(OPEN)))))
            for who in (one, other)
        ]
        return bool(quizzes[0] & quizzes[1])

    def move(self, source: str, target: str) -> None:
        """Everything of the source becomes the target's, and the source's profile is deleted. What is kept of the target's results and
        answers is to be computed again."""
        days = RollupDayStore(self.connection)
        days.shift_everywhere(source, -1)
        days.shift_everywhere(target, -1)
        for move in MOVES:
            move.run(self.connection, source, target)
        days.shift_everywhere(target, +1)
        self.connection.execute(delete(learner).where(learner.c.id == source))

    def amount(self, learner_id: str) -> int:
        """How many answers and opened cells there are of somebody: whether there is anything to bring along."""
        counts = [
            self.connection.execute(select(func.count()).select_from(table).where(table.c.learner_id == learner_id)).scalar_one()
            for table in (attempt, practice_response, event)
        ]
        return sum(counts)
