"""Answers from notebooks that were graded again against another version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select, update

from course.questions.base import Json, State
from course.storage.stores.rulings import signature
from course.storage.tables import practice_response, practice_ruling


@dataclass(frozen=True, slots=True)
class PracticeAnswer:
    """A try in a notebook as it stands. `graded_by`: the version its score follows from; `version`: the one asked."""

    id: int
    learner: str
    question: str
    version: str
    graded_by: str
    variant: Mapping[str, Any] | None
    number: int
    response: Json
    score: float | None
    state: State


@dataclass(frozen=True, slots=True)
class PracticeRegrade:
    """One try graded again."""

    before: PracticeAnswer
    after: PracticeAnswer
    at: datetime
    by: str
    why: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class PracticeNotice:
    """When and why a try counts otherwise than it did."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class PracticeRulingStore:
    connection: Connection

    def answers(self, question: str, learner: str | None = None) -> tuple[PracticeAnswer, ...]:
        """Every try at the question, by learner and number; all learners', or one's."""
        table = practice_response
        query = select(table).where(table.c.question_id == question)
        if learner is not None:
            query = query.where(table.c.learner_id == learner)
        rows = self.connection.execute(query.order_by(table.c.learner_id, table.c.number)).all()
        graded_by = self.graded_by(select(table.c.id).where(table.c.question_id == question))
        return tuple(_answer(row, graded_by.get(row.id, row.version)) for row in rows)

    def after(self, last: int, most: int) -> tuple[PracticeAnswer, ...]:
        """Tries of everybody at everything in the order they were stored, the first ones after the id `last`."""
        table = practice_response
        rows = self.connection.execute(select(table).where(table.c.id > last).order_by(table.c.id).limit(most)).all()
        graded_by = self.graded_by([row.id for row in rows])
        return tuple(_answer(row, graded_by.get(row.id, row.version)) for row in rows)

    def told(self, learner: str, questions: Iterable[str] | None = None) -> Mapping[str, PracticeNotice]:
        """Question id -> the last change of a score at the learner's last try, where there was one; all, or those named."""
        rows = (
            self.connection.execute(_TOLD, {"learner": learner})
            if questions is None
            else self.connection.execute(_TOLD_OF, {"learner": learner, "questions": list(questions)})
        )
        return {row.question_id: PracticeNotice(row.at, row.reason) for row in rows}

    def rescore(self, tries: Iterable[PracticeAnswer]) -> None:
        """Store other scores and states than those that stand, without anybody having decided so."""
        for one in tries:
            values = {"score": one.score, "state": one.state.value}
            self.connection.execute(update(practice_response).where(practice_response.c.id == one.id).values(values))

    def graded_by(self, tries: Select[Any] | Iterable[int] | None = None) -> Mapping[int, str]:
        """Id of a try -> the version it was last graded against; tries that were never graded again are absent."""
        query = select(practice_ruling.c.practice_id, practice_ruling.c.version_after).order_by(practice_ruling.c.id)
        if tries is not None:
            query = query.where(practice_ruling.c.practice_id.in_(tries if isinstance(tries, Select) else list(tries)))
        return {row.practice_id: row.version_after for row in self.connection.execute(query)}

    def regrade(self, rows: Iterable[PracticeRegrade]) -> None:
        """Store the new scores and, beside them, what they were."""
        for one in rows:
            self.rescore([one.after])
            self.connection.execute(insert(practice_ruling).values(_row(one)))


# Statements that clicks run are built once: building one costs five times as much as running it.
def _told(*which: ColumnElement[bool]) -> Select[Any]:
    table, decided = practice_response, practice_ruling
    highest = select(table.c.question_id, func.max(table.c.number).label("number")).where(
        table.c.learner_id == bindparam("learner"), *which
    )
    last = highest.group_by(table.c.question_id).subquery()
    mine = (table.c.learner_id == bindparam("learner")) & (table.c.question_id == last.c.question_id) & (table.c.number == last.c.number)
    return (
        select(table.c.question_id, decided.c.at, decided.c.reason)
        .select_from(decided.join(table, table.c.id == decided.c.practice_id).join(last, mine))
        .where(decided.c.state_before != decided.c.state_after)
        .order_by(decided.c.id)
    )


_TOLD: Final = _told()
_TOLD_OF: Final = _told(practice_response.c.question_id.in_(bindparam("questions", expanding=True)))


def _row(one: PracticeRegrade) -> dict[str, Any]:
    return {
        "practice_id": one.after.id,
        "at": one.at,
        **signature(one.person, one.by),
        "reason": one.why,
        "version_before": one.before.graded_by,
        "version_after": one.after.graded_by,
        "score_before": one.before.score,
        "score_after": one.after.score,
        "state_before": one.before.state.value,
        "state_after": one.after.state.value,
    }


def _answer(row: Any, graded_by: str) -> PracticeAnswer:
    return PracticeAnswer(
        row.id,
        row.learner_id,
        row.question_id,
        row.version,
        graded_by,
        row.variant,
        row.number,
        row.response,
        row.score,
        State(row.state),
    )
