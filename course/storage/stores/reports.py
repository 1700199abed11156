"""Problems that learners reported with questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union_all

from course.storage.stores.answers import Asked, present
from course.storage.tables import attempt, attempt_slot, practice_response, question_report


@dataclass(frozen=True, slots=True)
class Report:
    """What was written, and of which version. Who wrote it is not handed out."""

    at: datetime
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportStore:
    connection: Connection

    def add(self, learner: str, at: datetime, question: str, version: str, text: str) -> None:
        values = {"learner_id": learner, "at": at, "question_id": question, "version": version, "text": text}
        self.connection.execute(insert(question_report).values(values))

    def since(self, learner: str, moment: datetime) -> int:
        """How many the learner wrote from this moment on."""
        mine = (question_report.c.learner_id == learner) & (question_report.c.at >= moment)
        return int(self.connection.execute(select(func.count()).select_from(question_report).where(mine)).scalar_one())

    def was_asked(self, learner: str, question: str) -> bool:
        """Whether the learner met the question, in a quiz or a notebook."""
        quiz = select(attempt_slot.c.question_id).join(attempt, attempt.c.id == attempt_slot.c.attempt_id)
        quiz = quiz.where(attempt.c.learner_id == learner, attempt_slot.c.question_id == question)
        mine = practice_response.c.learner_id == learner
        practice = select(practice_response.c.question_id).where(mine, practice_response.c.question_id == question)
        return self.connection.execute(union_all(quiz, practice).limit(1)).first() is not None

    def counts(self, asked: Asked) -> Mapping[str, int]:
        """Question -> reports by learners of the cohort or group."""
        query = select(question_report.c.question_id, func.count().label("many")).where(question_report.c.learner_id.in_(present(asked)))
        return {row.question_id: row.many for row in self.connection.execute(query.group_by(question_report.c.question_id))}

    def of_question(self, asked: Asked, question: str) -> tuple[Report, ...]:
        """Those about one question by learners of the cohort or group, latest first."""
        query = select(question_report).where(question_report.c.question_id == question, question_report.c.learner_id.in_(present(asked)))
        rows = self.connection.execute(query.order_by(question_report.c.id.desc()))
        return tuple(Report(row.at, row.version, row.text) for row in rows)
