"""Tries at questions inside a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select

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
        self.connection.execute(_INSERT, values)

    def latest(self, learner: str, questions: Iterable[str] | None = None) -> Mapping[str, Try]:
        """Question id -> the learner's last try at it; all questions, or those named."""
        return self._of(learner, questions, _LATEST, _LATEST_OF)

    def firsts(self, learner: str, questions: Iterable[str] | None = None) -> Mapping[str, Try]:
        """Question id -> the learner's first try at it."""
        return self._of(learner, questions, _FIRSTS, _FIRSTS_OF)

    def _of(self, learner: str, questions: Iterable[str] | None, every: Select[Any], some: Select[Any]) -> Mapping[str, Try]:
        if questions is None:
            rows = self.connection.execute(every, {"learner": learner})
        else:
            rows = self.connection.execute(some, {"learner": learner, "questions": list(set(questions))})
        return {row.question_id: _try(row) for row in rows}


# Statements that clicks run are built once: building one costs five times as much as running it.
_INSERT: Final = insert(practice_response)
_MINE: Final = practice_response.c.learner_id == bindparam("learner")
_NAMED: Final = practice_response.c.question_id.in_(bindparam("questions", expanding=True))
_FIRSTS: Final = select(practice_response).where(_MINE, practice_response.c.number == 1)
_FIRSTS_OF: Final = _FIRSTS.where(_NAMED)


def _latest(*which: ColumnElement[bool]) -> Select[Any]:
    table = practice_response
    highest = select(table.c.question_id, func.max(table.c.number).label("number")).where(_MINE, *which)
    last = highest.group_by(table.c.question_id).subquery()
    same = (table.c.question_id == last.c.question_id) & (table.c.number == last.c.number)
    return select(table).join(last, same).where(_MINE)


_LATEST: Final = _latest()
_LATEST_OF: Final = _latest(_NAMED)


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
