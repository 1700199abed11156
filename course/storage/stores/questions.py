"""Versions of questions that were served: what past answers are graded against, whatever the content says today."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select
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
        asked = {q.version: q for q in questions}
        if len(asked) == 1:  # what a click in a notebook asks; a list of one is three times the price
            known = set(self.connection.scalars(_IS_KNOWN, {"version": next(iter(asked))}))
        else:
            known = set(self.connection.scalars(_KNOWN, {"versions": list(asked)}))
        fresh = [
            {"version": version, "question_id": q.id, "canonical": _canonical(q.canonical), "first_served_at": now}
            for version, q in asked.items()
            if version not in known
        ]
        if fresh:
            dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
            self.connection.execute(dialect.insert(question_version).on_conflict_do_nothing(), fresh)

    def canonical(self, versions: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Version -> the plain data it is restored from; unknown versions are absent."""
        rows = self.connection.execute(_CANONICAL, {"versions": list(set(versions))})
        return {row.version: json.loads(row.canonical) for row in rows}

    def history(self, question: str) -> tuple[ServedVersion, ...]:
        """Every version of the question that was ever asked, oldest first."""
        query = select(question_version).where(question_version.c.question_id == question)
        rows = self.connection.execute(query.order_by(question_version.c.first_served_at, question_version.c.version))
        return tuple(ServedVersion(row.version, row.first_served_at, json.loads(row.canonical)) for row in rows)


# Statements that clicks run are built once: building one costs five times as much as running it.
_NAMED: Final = question_version.c.version.in_(bindparam("versions", expanding=True))
_KNOWN: Final = select(question_version.c.version).where(_NAMED)
_IS_KNOWN: Final = select(question_version.c.version).where(question_version.c.version == bindparam("version"))
_CANONICAL: Final = select(question_version.c.version, question_version.c.canonical).where(_NAMED)


def _canonical(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=False, separators=(",", ":"), allow_nan=False)
