"""Tries at questions inside a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from course.questions.base import Json, State
from course.storage.tables import practice_response


@dataclass(frozen=True, slots=True)
class Try:
    """One answer in a notebook. `number` counts a learner's tries at the question from 1; `score` is a fraction of 1."""

    learner: str
    at: datetime
    module: str
    cell: str
    question: str
    version: str
    variant: Mapping[str, Any] | None
    number: int
    response: Json
    score: float | None
    state: State


@dataclass(frozen=True, slots=True)
class PracticeStore:
    connection: Connection

    def append(self, one: Try) -> None:
        values = {
            "learner_id": one.learner,
            "at": one.at,
            "module": one.module,
            "cell": one.cell,
            "question_id": one.question,
            "version": one.version,
            "variant": one.variant,
            "number": one.number,
            "response": one.response,
            "score": one.score,
            "state": one.state.value,
        }
        self.connection.execute(insert(practice_response).values(values))

    def latest(self, learner: str, questions: Iterable[str] | None = None) -> Mapping[str, Try]:
        """Question id -> the learner's last try at it; all questions, or those named."""
        table = practice_response
        highest = select(table.c.question_id, func.max(table.c.number).label("number")).where(table.c.learner_id == learner)
        if questions is not None:
            highest = highest.where(table.c.question_id.in_(set(questions)))
        last = highest.group_by(table.c.question_id).subquery()
        query = select(table).join(last, (table.c.question_id == last.c.question_id) & (table.c.number == last.c.number))
        return {row.question_id: _try(row) for row in self.connection.execute(query.where(table.c.learner_id == learner))}

    def firsts(self, learner: str, questions: Iterable[str] | None = None) -> Mapping[str, Try]:
        """Question id -> the learner's first try at it."""
        query = select(practice_response).where(practice_response.c.learner_id == learner, practice_response.c.number == 1)
        if questions is not None:
            query = query.where(practice_response.c.question_id.in_(set(questions)))
        return {row.question_id: _try(row) for row in self.connection.execute(query)}


def _try(row: Any) -> Try:
    return Try(
        row.learner_id,
        row.at,
        row.module,
        row.cell,
        row.question_id,
        row.version,
        row.variant,
        row.number,
        row.response,
        row.score,
        State(row.state),
    )
