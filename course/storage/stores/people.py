"""Learners: who they are to the course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from course.storage.tables import learner

_GET: Final = select(learner).where(learner.c.id == bindparam("id"))
_LOCK: Final = _GET.with_for_update(key_share=True)


@dataclass(frozen=True, slots=True)
class Learner:
    """A person's profile. `extra_time` multiplies every time limit; `time_zone` is an IANA name."""

    id: str
    created_at: datetime
    name: str | None = None
    clinician: bool = False
    extra_time: float = 1.0
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class PeopleStore:
    connection: Connection

    def add(self, one: Learner) -> None:
        self.connection.execute(insert(learner).values(_row(one)))

    def get(self, learner_id: str) -> Learner | None:
        found = self.connection.execute(_GET, {"id": learner_id}).one_or_none()
        return None if found is None else _learner(found)

    def lock(self, learner_id: str) -> Learner | None:
        """The learner, held until the transaction ends: whoever writes for a learner holds their row first."""
        found = self.connection.execute(_LOCK, {"id": learner_id}).one_or_none()
        return None if found is None else _learner(found)

    def save(self, one: Learner) -> None:
        """Store the profile's present values over those of the same id."""
        self.connection.execute(update(learner).where(learner.c.id == one.id).values(_row(one)))


def _row(one: Learner) -> dict[str, Any]:
    return {
        "id": one.id,
        "created_at": one.created_at,
        "name": one.name,
        "clinician": one.clinician,
        "extra_time": one.extra_time,
        "time_zone": one.time_zone,
    }


def _learner(row: Row[Any]) -> Learner:
    return Learner(row.id, row.created_at, row.name, row.clinician, row.extra_time, row.time_zone)
