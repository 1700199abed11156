"""A cohort's answers as columns, for statistics: one query, no objects. Present learners of the cohort alone.

What a row holds follows from the log; nothing here decides what counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Text, bindparam, func, select, type_coerce
from sqlalchemy.sql import Select

from course.access.roles import CohortRole
from course.learning.attempts import OVER
from course.learning.events import EventKind
from course.learning.responses import ANSWERS, ResponseKind
from course.storage.columns import Day, Epoch
from course.storage.tables import attempt, attempt_slot, event, group_member, membership, practice_response, response

Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
NONE: Final = -1
"""The code of nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answers to what. `since` and `until`: when the attempt was handed in, the latter not included. `group`: a group's id."""

    cohort: str
    quiz: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AnswerColumns:
    """One row a question of an attempt that was handed in, attempts in the order in which that was done; equal lengths.

    Codes index the tuple of names beside them; -1 is nothing. `score`: share of 1, NaN where there is none yet. `seconds`: from
    the answer before it (or the beginning) to its last answer, NaN without one. `submitted`: seconds since 1970, UTC.
    """

    attempts: tuple[int, ...]
    learners: tuple[str, ...]
    quizzes: tuple[str, ...]
    questions: tuple[str, ...]
    versions: tuple[str, ...]
    variants: tuple[str, ...]
    """JSON of what was drawn."""
    responses: tuple[Any, ...]
    states: tuple[str, ...]
    attempt: Codes
    learner: Codes
    quiz: Codes
    question: Codes
    version: Codes
    variant: Codes
    response: Codes
    state: Codes
    """-1: not presented."""
    position: Codes
    by_clock: npt.NDArray[np.bool_]
    """Whether the clock handed the attempt in."""
    hinted: npt.NDArray[np.bool_]
    certainty: Codes
    """0: none was stated."""
    score: Floats
    max: Floats
    seconds: Floats
    submitted: Floats

    def __len__(self) -> int:
        return len(self.attempt)


@dataclass(frozen=True, slots=True, eq=False)
class AttemptColumns:
    """One row an attempt that was handed in, in that order. `fraction` NaN while a person still has to grade; `passed` -1 for none."""

    learners: tuple[str, ...]
    learner: Codes
    fraction: Floats
    passed: Codes
    submitted: Floats

    def __len__(self) -> int:
        return len(self.learner)


@dataclass(frozen=True, slots=True, eq=False)
class TryColumns:
    """One row a try in a notebook, in order of time. Codes as in `AnswerColumns`."""

    learners: tuple[str, ...]
    questions: tuple[str, ...]
    learner: Codes
    question: Codes
    score: Floats
    at: Floats


@dataclass(frozen=True, slots=True)
class QuizCount:
    """A quiz that somebody in the cohort handed in."""

    quiz: str
    learners: int
    attempts: int


@dataclass(frozen=True, slots=True)
class AnswerStore:
    connection: Connection

    def answers(self, asked: Asked) -> AnswerColumns:
        """Every question of every attempt that was handed in; later rounds of a question are left out."""
        rows = self.connection.execute(self._answers(asked)).all()
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 18
        (
            ids,
            who,
            quiz,
            begun,
            ended,
            clock,
            position,
            question,
            version,
            variant,
            points,
            score,
            state,
            skipped,
            given,
            at,
            sure,
            hints,
        ) = columns
        attempts, attempt_code = coded(ids)
        learners, learner_code = coded(who)
        quizzes, quiz_code = coded(quiz)
        questions, question_code = coded(question)
        versions, version_code = coded(version)
        variants, variant_code = coded(variant)
        texts, given_code = coded(given)
        states, state_code = coded(state)
        state_code[np.array(skipped, dtype=bool)] = NONE
        return AnswerColumns(
            attempts=attempts,
            learners=learners,
            quizzes=quizzes,
            questions=questions,
            versions=versions,
            variants=variants,
            responses=tuple(json.loads(text) for text in texts),
            states=states,
            attempt=attempt_code,
            learner=learner_code,
            quiz=quiz_code,
            question=question_code,
            version=version_code,
            variant=variant_code,
            response=given_code,
            state=state_code,
            position=np.array(position, dtype=np.int32),
            by_clock=np.array(clock, dtype=bool),
            hinted=np.array(hints, dtype=np.int32) > 0,
            certainty=np.array([one or 0 for one in sure], dtype=np.int32),
            score=floats(score),
            max=floats(points),
            seconds=_spent(attempt_code, floats(begun), floats(at)),
            submitted=floats(ended),
        )

    def attempts(self, asked: Asked) -> AttemptColumns:
        """The attempts at one quiz (or all), with their results."""
        query = select(attempt.c.learner_id, attempt.c.fraction, attempt.c.passed, Epoch(attempt.c.submitted_at))
        rows = self.connection.execute(_within(query, asked).order_by(attempt.c.submitted_at, attempt.c.id)).all()
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 4
        learners, code = coded(columns[0])
        passed = np.array([NONE if one is None else int(one) for one in columns[2]], dtype=np.int32)
        return AttemptColumns(learners, code, floats(columns[1]), passed, floats(columns[3]))

    def tries(self, asked: Asked) -> TryColumns:
        """Answers to questions in notebooks; of `asked`, cohort, group and dates count."""
        who = practice_response.c.learner_id
        at = Epoch(practice_response.c.at)
        query = select(who, practice_response.c.question_id, practice_response.c.score, at).where(who.in_(present(asked)))
        if asked.since is not None:
            query = query.where(practice_response.c.at >= asked.since)
        if asked.until is not None:
            query = query.where(practice_response.c.at < asked.until)
        rows = self.connection.execute(query.order_by(practice_response.c.at, practice_response.c.id)).all()
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 4
        learners, learner_code = coded(columns[0])
        questions, question_code = coded(columns[1])
        return TryColumns(learners, questions, learner_code, question_code, floats(columns[2]), floats(columns[3]))

    def present(self, asked: Asked) -> tuple[str, ...]:
        """The learners that are asked about."""
        return tuple(self.connection.scalars(present(asked).order_by(membership.c.learner_id)))

    def size(self, asked: Asked) -> int:
        """How many learners are asked about."""
        return int(self.connection.execute(select(func.count()).select_from(present(asked).subquery())).scalar_one())

    def quizzes(self, asked: Asked) -> tuple[QuizCount, ...]:
        """The quizzes that were handed in, most learners first."""
        people = func.count(attempt.c.learner_id.distinct())
        query = _within(select(attempt.c.quiz_id, people.label("people"), func.count().label("many")), asked)
        rows = self.connection.execute(query.group_by(attempt.c.quiz_id).order_by(people.desc(), attempt.c.quiz_id))
        return tuple(QuizCount(row.quiz_id, row.people, row.many) for row in rows)

    def handed_in(self, asked: Asked, quizzes: Sequence[str]) -> tuple[str, ...]:
        """Those of these quizzes that somebody handed in, whenever: found without counting, since every page asks."""
        mine = (attempt.c.learner_id == membership.c.learner_id) & attempt.c.state.in_(sorted(OVER))
        query = present(asked).join(attempt, mine & (attempt.c.quiz_id == bindparam("quiz"))).limit(1)
        return tuple(quiz for quiz in quizzes if self.connection.execute(query, {"quiz": quiz}).first() is not None)

    def by_day(self, asked: Asked) -> Mapping[str, int]:
        """Day in UTC as ISO text -> attempts handed in."""
        day: ColumnElement[str] = Day(attempt.c.submitted_at)
        query = _within(select(day.label("day"), func.count().label("many")), asked).group_by(day).order_by(day)
        return {row.day: row.many for row in self.connection.execute(query)}

    def begun(self, asked: Asked, modules: Sequence[str]) -> Mapping[str, int]:
        """Module -> learners who opened a cell of it."""
        return {module: self._who_did(asked, EventKind.CELL_OPENED, module) for module in modules}

    def completed(self, asked: Asked, modules: Sequence[str]) -> Mapping[str, int]:
        """Module -> learners who completed it."""
        return {module: self._who_did(asked, EventKind.MODULE_COMPLETED, module) for module in modules}

    def last_seen(self, asked: Asked) -> Mapping[str, datetime]:
        """Learner -> when they last did something in the course; those who never did are absent."""
        query = select(event.c.learner_id, func.max(event.c.at, type_=event.c.at.type)).where(event.c.learner_id.in_(present(asked)))
        return {row[0]: row[1] for row in self.connection.execute(query.group_by(event.c.learner_id))}

    def _answers(self, asked: Asked) -> Select[Any]:
        mine = (response.c.attempt_id == attempt_slot.c.attempt_id) & (response.c.position == attempt_slot.c.position)
        hint = response.c.kind == ResponseKind.HINT.value
        hints = select(func.count()).where(mine, hint).correlate(attempt_slot).scalar_subquery()
        last = response.alias("last")
        newest = select(func.max(response.c.id)).where(mine, response.c.kind.in_(sorted(ANSWERS))).correlate(attempt_slot).scalar_subquery()
        columns = (
            attempt.c.id,
            attempt.c.learner_id,
            attempt.c.quiz_id,
            Epoch(attempt.c.started_at),
            Epoch(attempt.c.submitted_at),
            attempt.c.submit_key.is_(None),
            attempt_slot.c.position,
            attempt_slot.c.question_id,
            attempt_slot.c.version,
            type_coerce(attempt_slot.c.variant, Text),
            attempt_slot.c.points,
            attempt_slot.c.score,
            attempt_slot.c.state,
            attempt_slot.c.notice_skipped,
            type_coerce(last.c.response, Text),
            Epoch(last.c.at),
            last.c.certainty,
            hints,
        )
        query = _within(select(*columns), asked).join(attempt_slot, attempt_slot.c.attempt_id == attempt.c.id)
        query = query.outerjoin(last, last.c.id == newest).where(attempt_slot.c.again_of.is_(None))
        return query.order_by(attempt.c.submitted_at, attempt.c.id, attempt_slot.c.position)

    def _who_did(self, asked: Asked, kind: EventKind, module: str) -> int:
        did = select(event.c.id).where(event.c.learner_id == membership.c.learner_id, event.c.kind == kind.value, event.c.module == module)
        those = present(asked).where(did.correlate(membership).exists()).subquery()
        return int(self.connection.execute(select(func.count()).select_from(those)).scalar_one())


def present(asked: Asked) -> Select[Any]:
    """Ids of the learners that are asked about, as a query."""
    query = select(membership.c.learner_id).where(
        membership.c.cohort_id == asked.cohort, membership.c.role == CohortRole.LEARNER.value, membership.c.removed_at.is_(None)
    )
    if asked.group is not None:
        query = query.where(membership.c.learner_id.in_(select(group_member.c.learner_id).where(group_member.c.group_id == asked.group)))
    return query


def _within(columns: Any, asked: Asked) -> Select[Any]:
    """The attempts that are asked about."""
    query: Select[Any] = columns.select_from(attempt).where(attempt.c.learner_id.in_(present(asked)), attempt.c.state.in_(sorted(OVER)))
    if asked.quiz is not None:
        query = query.where(attempt.c.quiz_id == asked.quiz)
    if asked.since is not None:
        query = query.where(attempt.c.submitted_at >= asked.since)
    if asked.until is not None:
        query = query.where(attempt.c.submitted_at < asked.until)
    return query


def coded(values: Sequence[Any]) -> tuple[tuple[Any, ...], Codes]:
    """The different values in the order of their first row, and which of them each row has; None is -1."""
    names = dict.fromkeys(values)
    names.pop(None, None)
    codes: dict[Any, int] = {value: code for code, value in enumerate(names)}
    codes[None] = NONE
    return tuple(names), np.fromiter(map(codes.__getitem__, values), dtype=np.int32, count=len(values))


def floats(values: Sequence[Any]) -> Floats:
    return np.array(values, dtype=np.float64)


def _spent(attempts: Codes, begun: Floats, at: Floats) -> Floats:
    """Seconds between an answer and the one before it in the same attempt (the beginning for the first); NaN where nothing was answered."""
    seconds = np.full(len(at), np.nan)
    answered = np.flatnonzero(~np.isnan(at))
    order = answered[np.lexsort((at[answered], attempts[answered]))]
    if len(order):
        same = np.r_[False, attempts[order][1:] == attempts[order][:-1]]
        before = np.where(same, np.r_[0.0, at[order][:-1]], begun[order])
        seconds[order] = np.round(at[order] - before, 3)
    return seconds
