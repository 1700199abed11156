"""Rollups: what is kept of each learner's closed attempts and graded answers.

What a row must hold is computed by `course.analytics.rollups`; here it is read from the log, stored, and read back as columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, false, func, insert, null, or_, select

from course.analytics.rollups import AnswerSums, Graded, ResultSums
from course.learning.attempts import OVER
from course.learning.responses import ResponseKind
from course.storage.columns import Epoch
from course.storage.stores.answers import Asked, AttemptColumns, QuizCount, coded, floats, present
from course.storage.tables import attempt, attempt_slot, learner, meta, practice_response, response, rollup_answer, rollup_result

RULES: Final = "1"
"""Raised when what is kept changes its meaning: everything is then built again when the course starts."""
_KEY: Final = "rollups"


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """A graded answer of one learner. `attempt` None: in a notebook. `counts`: asked in a quiz, with points. `at`: seconds since 1970."""

    question: str
    score: float
    hinted: bool
    counts: bool
    attempt: int | None
    at: float


class KeptAnswers(NamedTuple):
    """What is kept of a learner's answers to one question, as `AnswerSums` has it."""

    answers: int
    first: float
    in_quiz: float | None
    right: float
    wrong: float


@dataclass(frozen=True, slots=True)
class RollupStore:
    connection: Connection

    def ready(self) -> bool:
        """Whether what is kept covers everything that was ever answered, by today's rules."""
        return self.connection.execute(_READY).scalar_one_or_none() == RULES

    def declare_ready(self) -> None:
        self.connection.execute(delete(meta).where(meta.c.key == _KEY))
        self.connection.execute(insert(meta).values(key=_KEY, value=RULES))

    def learners(self, last: str, most: int) -> tuple[str, ...]:
        """Ids of people, the first ones after the id `last`."""
        return tuple(self.connection.scalars(select(learner.c.id).where(learner.c.id > last).order_by(learner.c.id).limit(most)))

    def log(self, learner_id: str, questions: Iterable[str] | None = None) -> tuple[LoggedAnswer, ...]:
        """The learner's graded answers in order of time; to all questions, or to those named."""
        values: dict[str, Any] = {"learner": learner_id}
        slots, tries = _SLOTS, _TRIES
        if questions is not None:
            named = sorted(set(questions))
            slots, tries = (_SLOTS_OF_ONE, _TRIES_OF_ONE) if len(named) == 1 else (_SLOTS_OF, _TRIES_OF)
            values |= {"question": named[0]} if len(named) == 1 else {"questions": named}
        rows = (*self.connection.execute(slots, values), *self.connection.execute(tries, values))
        found = (LoggedAnswer(r.question_id, r.score, bool(r.hinted), bool(r.counts), r.attempt, r.at) for r in rows)
        return tuple(sorted(found, key=lambda one: one.at))

    def closed(self, learner_id: str, quiz: str | None = None) -> Mapping[str, Sequence[tuple[float | None, bool | None, datetime]]]:
        """Quiz -> the learner's attempts in the order in which they were handed in: share, whether it passed, when."""
        found: dict[str, list[tuple[float | None, bool | None, datetime]]] = {}
        values = {"learner": learner_id} if quiz is None else {"learner": learner_id, "quiz": quiz}
        for row in self.connection.execute(_CLOSED if quiz is None else _CLOSED_OF, values):
            found.setdefault(row.quiz_id, []).append((row.fraction, row.passed, row.submitted_at))
        return found

    def results_of(self, learner_id: str) -> Mapping[str, ResultSums]:
        """Quiz -> what is kept of the learner's attempts at it."""
        rows = self.connection.execute(select(rollup_result).where(rollup_result.c.learner_id == learner_id))
        return {row.quiz_id: _result(row) for row in rows}

    def answers_of(self, learner_id: str) -> Mapping[str, KeptAnswers]:
        """Question -> what is kept of the learner's answers to it."""
        rows = self.connection.execute(select(rollup_answer).where(rollup_answer.c.learner_id == learner_id))
        return {r.question_id: KeptAnswers(r.answers, r.first, r.in_quiz, r.right, r.wrong) for r in rows}

    def keep_results(self, learner_id: str, found: Mapping[str, ResultSums], quiz: str | None = None) -> None:
        """Store these over what was kept of the learner at this quiz (or at all)."""
        if quiz is None:
            self.connection.execute(_FORGET_RESULTS, {"learner": learner_id})
        else:
            self.connection.execute(_FORGET_RESULT, {"learner": learner_id, "quiz": quiz})
        rows = [_result_row(learner_id, name, one) for name, one in found.items()]
        if rows:
            self.connection.execute(_KEEP_RESULTS, rows)

    def keep_answers(self, learner_id: str, found: Mapping[str, KeptAnswers], questions: Iterable[str] | None = None) -> None:
        """Store these over what was kept of the learner's answers to these questions (or to all)."""
        if questions is None:
            self.connection.execute(_FORGET_ANSWERS, {"learner": learner_id})
        else:
            named = sorted(set(questions))
            if len(named) == 1:
                self.connection.execute(_FORGET_ONE, {"learner": learner_id, "question": named[0]})
            else:
                self.connection.execute(_FORGET_SOME, {"learner": learner_id, "questions": named})
        rows = [{"learner_id": learner_id, "question_id": question, **one._asdict()} for question, one in found.items()]
        if rows:
            self.connection.execute(_KEEP_ANSWERS, rows)

    def results(self, asked: Asked, *, last: bool = False) -> tuple[AttemptColumns, int]:
        """The first (or last) graded attempt of each learner at the quiz, in order of time, and how many attempts there were in all.

        `fraction` NaN: none of theirs is graded.
        """
        table = rollup_result.c
        share, passed, at = (
            (table.last_share, table.last_passed, table.last_at) if last else (table.first_share, table.first_passed, table.first_at)
        )
        query = select(table.learner_id, share, passed, Epoch(at), table.attempts)
        query = query.where(table.quiz_id == asked.quiz, table.learner_id.in_(present(asked))).order_by(at, table.learner_id)
        found: Sequence[Sequence[Any]] = list(zip(*self.connection.execute(query).all(), strict=True)) or [()] * 5
        learners, code = coded(found[0])
        verdict = np.array([-1 if one is None else int(one) for one in found[2]], dtype=np.int32)
        return AttemptColumns(learners, code, floats(found[1]), verdict, floats(found[3])), sum(found[4])

    def failed(self, asked: Asked) -> Mapping[str, int]:
        """Learner -> the most attempts at one quiz, the last ones of it, that did not pass; who has none is absent."""
        table = rollup_result.c
        query = select(table.learner_id, func.max(table.failed)).where(table.failed > 0, table.learner_id.in_(present(asked)))
        return {row[0]: row[1] for row in self.connection.execute(query.group_by(table.learner_id))}

    def counts(self, asked: Asked) -> tuple[QuizCount, ...]:
        """The quizzes that were handed in, most learners first."""
        table, people = rollup_result.c, func.count()
        query = select(table.quiz_id, people, func.sum(table.attempts)).where(table.learner_id.in_(present(asked)))
        rows = self.connection.execute(query.group_by(table.quiz_id).order_by(people.desc(), table.quiz_id))
        return tuple(QuizCount(row[0], row[1], int(row[2])) for row in rows)

    def answers(self, asked: Asked | None = None) -> tuple[AnswerSums, tuple[str, ...], tuple[str, ...]]:
        """What is kept of everybody asked about (None: of everybody), with the names of learners and questions."""
        t = rollup_answer.c
        query = select(t.learner_id, t.question_id, t.answers, t.first, t.in_quiz, t.right, t.wrong)
        if asked is not None:
            query = query.where(t.learner_id.in_(present(asked)))
        rows = self.connection.execute(query.order_by(t.learner_id, t.question_id)).all()
        found: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 7
        learners, learner_code = coded(found[0])
        questions, question = coded(found[1])
        sums = AnswerSums(learner_code, question, np.array(found[2], dtype=np.int32), *map(floats, found[3:]))
        return sums, learners, questions


def _result_row(learner_id: str, quiz: str, one: ResultSums) -> dict[str, Any]:
    row: dict[str, Any] = {"learner_id": learner_id, "quiz_id": quiz, "attempts": one.attempts, "failed": one.failed}
    for name, graded in (("first", one.first), ("last", one.last)):
        row[f"{name}_share"] = None if graded is None else graded.share
        row[f"{name}_passed"] = None if graded is None else graded.passed
        row[f"{name}_at"] = None if graded is None else graded.at
    return row


def _result(row: Row[Any]) -> ResultSums:
    first = None if row.first_share is None else Graded(row.first_share, row.first_passed, row.first_at)
    last = None if row.last_share is None else Graded(row.last_share, row.last_passed, row.last_at)
    return ResultSums(row.attempts, row.failed, first, last)


# Statements that a submission runs are built once: building one costs five times as much as running it.
def _mine(column: ColumnElement[str]) -> ColumnElement[bool]:
    return column == bindparam("learner")


def _is(column: ColumnElement[str]) -> ColumnElement[bool]:
    """The one question of a click in a notebook: a list of one is three times the price."""
    return column == bindparam("question")


def _among(column: ColumnElement[str]) -> ColumnElement[bool]:
    return column.in_(bindparam("questions", expanding=True))


_OVER: Final = or_(*(attempt.c.state == state for state in sorted(OVER)))
_READY: Final = select(meta.c.value).where(meta.c.key == _KEY)
_HINTS: Final = (
    select(response.c.id)
    .where(
        response.c.attempt_id == attempt_slot.c.attempt_id,
        response.c.position == attempt_slot.c.position,
        response.c.kind == ResponseKind.HINT.value,
    )
    .correlate(attempt_slot)
    .exists()
)
_SLOTS: Final = (
    select(
        attempt_slot.c.question_id,
        attempt_slot.c.score,
        _HINTS.label("hinted"),
        (attempt_slot.c.points > 0).label("counts"),
        attempt.c.id.label("attempt"),
        Epoch(attempt.c.submitted_at).label("at"),
    )
    .join(attempt_slot, attempt_slot.c.attempt_id == attempt.c.id)
    .where(
        _mine(attempt.c.learner_id),
        _OVER,
        attempt_slot.c.again_of.is_(None),
        attempt_slot.c.score.is_not(None),
        attempt_slot.c.state.is_not(None),
        attempt_slot.c.notice_skipped.is_(False),
    )
    .order_by(attempt.c.submitted_at, attempt.c.id, attempt_slot.c.position)
)
_SLOTS_OF: Final = _SLOTS.where(_among(attempt_slot.c.question_id))
_SLOTS_OF_ONE: Final = _SLOTS.where(_is(attempt_slot.c.question_id))
_TRIES: Final = (
    select(
        practice_response.c.question_id,
        practice_response.c.score,
        false().label("hinted"),
        false().label("counts"),
        null().label("attempt"),
        Epoch(practice_response.c.at).label("at"),
    )
    .where(_mine(practice_response.c.learner_id), practice_response.c.score.is_not(None))
    .order_by(practice_response.c.at, practice_response.c.id)
)
_TRIES_OF: Final = _TRIES.where(_among(practice_response.c.question_id))
_TRIES_OF_ONE: Final = _TRIES.where(_is(practice_response.c.question_id))
_CLOSED: Final = (
    select(attempt.c.quiz_id, attempt.c.fraction, attempt.c.passed, attempt.c.submitted_at)
    .where(_mine(attempt.c.learner_id), _OVER)
    .order_by(attempt.c.submitted_at, attempt.c.id)
)
_CLOSED_OF: Final = _CLOSED.where(attempt.c.quiz_id == bindparam("quiz"))
_FORGET_RESULTS: Final = delete(rollup_result).where(_mine(rollup_result.c.learner_id))
_FORGET_RESULT: Final = _FORGET_RESULTS.where(rollup_result.c.quiz_id == bindparam("quiz"))
_KEEP_RESULTS: Final = insert(rollup_result)
_FORGET_ANSWERS: Final = delete(rollup_answer).where(_mine(rollup_answer.c.learner_id))
_FORGET_SOME: Final = _FORGET_ANSWERS.where(_among(rollup_answer.c.question_id))
_FORGET_ONE: Final = _FORGET_ANSWERS.where(_is(rollup_answer.c.question_id))
_KEEP_ANSWERS: Final = insert(rollup_answer)
