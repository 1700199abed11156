"""Dated calibrations: kept for good, so that an estimate of mastery can be computed again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from course.storage.tables import calibration, rollup_answer


@dataclass(frozen=True, slots=True)
class StoredCalibration:
    """`difficulties`: question -> estimate; `firsts`: question -> first attempts it is from. `answers`: first attempts in all.

    The one without an id stands for the authors' labels.
    """

    id: str = ""
    made_at: datetime | None = None
    answers: int = 0
    difficulties: Mapping[str, float] = field(default_factory=dict)
    firsts: Mapping[str, int] = field(default_factory=dict)

    @property
    def on(self) -> date | None:
        """The day in UTC."""
        return None if self.made_at is None else self.made_at.astimezone(UTC).date()


LABELS: Final = StoredCalibration()


@dataclass(frozen=True, slots=True)
class CalibrationStore:
    connection: Connection

    def add(self, one: StoredCalibration) -> bool:
        """Whether it was stored: one of the same id stays as it is."""
        make = sqlite.insert if self.connection.dialect.name == "sqlite" else postgresql.insert
        found = {question: [b, one.firsts[question]] for question, b in one.difficulties.items()}
        row = {"id": one.id, "made_at": one.made_at, "answers": one.answers, "difficulties": found}
        added = make(calibration).values(row).on_conflict_do_nothing().returning(calibration.c.id)
        return self.connection.execute(added).one_or_none() is not None

    def latest(self) -> StoredCalibration:
        """The one in force; `LABELS` before the first."""
        row = self.connection.execute(_LATEST).one_or_none()
        return LABELS if row is None else _stored(row)

    def every(self) -> tuple[StoredCalibration, ...]:
        """All of them, the latest first."""
        return tuple(_stored(row) for row in self.connection.execute(_NEWEST))

    def firsts(self) -> tuple[int, int]:
        """How many first attempts there are: at all questions together, and at the question that has most."""
        many = select(func.count().label("many")).select_from(rollup_answer).group_by(rollup_answer.c.question_id).subquery()
        found = self.connection.execute(select(func.coalesce(func.sum(many.c.many), 0), func.coalesce(func.max(many.c.many), 0))).one()
        return int(found[0]), int(found[1])


def _stored(row: Row[Any]) -> StoredCalibration:
    found = row.difficulties
    return StoredCalibration(
        row.id, row.made_at, row.answers, {q: float(b) for q, (b, _) in found.items()}, {q: int(n) for q, (_, n) in found.items()}
    )


_NEWEST: Final = select(calibration).order_by(calibration.c.made_at.desc(), calibration.c.id.desc())
_LATEST: Final = _NEWEST.limit(1)
