"""How many attempts a cohort handed in, by quiz and day: kept so that overviews need not count them.

A cohort's rows are the sum over those who learn in it now. Whoever joins brings their attempts along, whoever leaves or is
erased takes them away; the stores that write memberships, merge and erase see to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from course.access.roles import CohortRole
from course.learning.attempts import OVER
from course.storage.columns import Day
from course.storage.tables import attempt, learner, membership, rollup_day

Days = Mapping[tuple[str, str], int]
"""Quiz and day (UTC, ISO text) -> attempts."""


@dataclass(frozen=True, slots=True)
class RollupDayStore:
    connection: Connection

    def add(self, learner_id: str, quiz: str, at: datetime) -> None:
        """One more attempt of a learner, in every cohort in which they learn. The caller holds the learner's row."""
        self._count(learner_id, quiz, at, 1)

    def take_off(self, learner_id: str, quiz: str, at: datetime) -> None:
        """One attempt less, in the same cohorts. The caller holds the learner's row."""
        for cohort in self._count(learner_id, quiz, at, -1):
            self._drop_empty(cohort)

    def shift(self, learner_id: str, cohort: str, sign: int) -> None:
        """Put a learner's attempts to a cohort's (+1), or take them off again (-1)."""
        self.connection.execute(select(learner.c.id).where(learner.c.id == learner_id).with_for_update(key_share=True))
        mine = select(literal(cohort), attempt.c.quiz_id, _DAY, func.count() * sign)
        mine = mine.where(attempt.c.learner_id == learner_id, attempt.c.state.in_(sorted(OVER)))
        mine = mine.group_by(attempt.c.quiz_id, _DAY).order_by(attempt.c.quiz_id, _DAY)
        statement = _insert(self.connection.dialect.name).from_select(["cohort_id", "quiz_id", "day", "attempts"], mine)
        self.connection.execute(_added(statement))
        if sign < 0:
            self._drop_empty(cohort)

    def shift_everywhere(self, learner_id: str, sign: int) -> None:
        """The same in every cohort in which they learn."""
        for cohort in self._cohorts(learner_id):
            self.shift(learner_id, cohort, sign)

    def kept(self, cohort: str) -> Days:
        """What is stored."""
        rows = self.connection.execute(select(rollup_day).where(rollup_day.c.cohort_id == cohort))
        return {(row.quiz_id, row.day): row.attempts for row in rows}

    def logged(self, cohort: str) -> Days:
        """What must be stored, counted anew."""
        query = select(attempt.c.quiz_id, _DAY.label("day"), func.count().label("many")).join(membership, _MINE)
        query = query.where(membership.c.cohort_id == cohort, _LEARNS, attempt.c.state.in_(sorted(OVER)))
        return {(row.quiz_id, row.day): row.many for row in self.connection.execute(query.group_by(attempt.c.quiz_id, _DAY))}

    def keep(self, cohort: str, found: Days) -> None:
        """Store these over everything that was kept of the cohort."""
        self.connection.execute(delete(rollup_day).where(rollup_day.c.cohort_id == cohort))
        rows = [{"cohort_id": cohort, "quiz_id": quiz, "day": day, "attempts": many} for (quiz, day), many in found.items()]
        if rows:
            self.connection.execute(insert(rollup_day), rows)

    def hold(self, cohort: str) -> None:
        """Hold the row of everybody who learns in the cohort: nobody hands anything in until the transaction ends."""
        theirs = select(membership.c.learner_id).where(membership.c.cohort_id == cohort, _LEARNS)
        self.connection.execute(select(learner.c.id).where(learner.c.id.in_(theirs)).order_by(learner.c.id).with_for_update(key_share=True))

    def quizzes(self, cohort: str) -> frozenset[str]:
        """The quizzes that were handed in."""
        return frozenset(self.connection.scalars(select(rollup_day.c.quiz_id).distinct().where(rollup_day.c.cohort_id == cohort)))

    def by_day(self, cohort: str) -> Mapping[str, int]:
        """Day -> attempts at all quizzes together."""
        day, many = rollup_day.c.day, func.sum(rollup_day.c.attempts)
        rows = self.connection.execute(select(day, many).where(rollup_day.c.cohort_id == cohort).group_by(day).order_by(day))
        return {row[0]: int(row[1]) for row in rows}

    def _count(self, learner_id: str, quiz: str, at: datetime, many: int) -> tuple[str, ...]:
        day, cohorts = at.astimezone(UTC).date().isoformat(), self._cohorts(learner_id)
        for one in cohorts:
            row = {"cohort_id": one, "quiz_id": quiz, "day": day, "attempts": many}
            self.connection.execute(_ADD[self.connection.dialect.name], row)
        return cohorts

    def _drop_empty(self, cohort: str) -> None:
        self.connection.execute(delete(rollup_day).where(rollup_day.c.cohort_id == cohort, rollup_day.c.attempts == 0))

    def _cohorts(self, learner_id: str) -> tuple[str, ...]:
        """In one order for everybody, so that two transactions never wait for each other."""
        return tuple(self.connection.scalars(_COHORTS, {"learner": learner_id}))


def _insert(dialect: str) -> Any:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(rollup_day)


def _added(statement: Any) -> Any:
    key = [rollup_day.c.cohort_id, rollup_day.c.quiz_id, rollup_day.c.day]
    total = rollup_day.c.attempts + statement.excluded.attempts
    return statement.on_conflict_do_update(index_elements=key, set_={"attempts": total})


_DAY: Final = Day(attempt.c.submitted_at)
_MINE: Final = membership.c.learner_id == attempt.c.learner_id
_LEARNS: Final = (membership.c.role == CohortRole.LEARNER.value) & membership.c.removed_at.is_(None)
_COHORTS: Final = (
    select(membership.c.cohort_id).where(membership.c.learner_id == bindparam("learner"), _LEARNS).order_by(membership.c.cohort_id)
)
_ADD: Final = {name: _added(_insert(name)) for name in ("sqlite", "postgresql")}
