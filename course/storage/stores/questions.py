"""Versions of questions that were served: what past answers are graded against, whatever the content says today."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from course.questions.base import Question
from course.storage.tables import question_version


@dataclass(frozen=True, slots=True)
class ServedVersion:
    """A version of a question and when it was first asked."""

    version: str
    first_served_at: datetime
    canonical: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionStore:
    connection: Connection

    def remember(self, questions: Iterable[Question], now: datetime) -> None:
        """Keep each version that is not kept yet."""
        rows = [
            {"version": q.version, "question_id": q.id, "canonical": _canonical(q.canonical), "first_served_at": now}
            for q in {q.version: q for q in questions}.values()
        ]
        known = set(
            self.connection.scalars(select(question_version.c.version).where(question_version.c.version.in_([r["version"] for r in rows])))
        )
        fresh = [row for row in rows if row["version"] not in known]
        if fresh:
            dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
            self.connection.execute(dialect.insert(question_version).on_conflict_do_nothing(), fresh)

    def canonical(self, versions: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Version -> the plain data it is restored from; unknown versions are absent."""
        query = select(question_version.c.version, question_version.c.canonical).where(question_version.c.version.in_(set(versions)))
        return {row.version: json.loads(row.canonical) for row in self.connection.execute(query)}

    def history(self, question: str) -> tuple[ServedVersion, ...]:
        """Every version of the question that was ever asked, oldest first."""
        query = select(question_version).where(question_version.c.question_id == question)
        rows = self.connection.execute(query.order_by(question_version.c.first_served_at, question_version.c.version))
        return tuple(ServedVersion(row.version, row.first_served_at, json.loads(row.canonical)) for row in rows)


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=False, separators=(",", ":"), allow_nan=False)
