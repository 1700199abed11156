"""The audit: appended in the transaction of the change, never changed. People stand in it by id alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from course.storage.tables import audit, learner


class Via(StrEnum):
    """Which way somebody came. The words are stored."""

    WEB = "web"
    COMMAND = "command line"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `actor`, `person` (whom it is about): learner ids. `before` and `after` hold no name, address or token.

    `subject` names the thing, as `assignment:12` or `question:nmda-block`.
    """

    at: datetime
    action: str
    actor: str | None
    cohort: str | None = None
    person: str | None = None
    subject: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    via: Via = Via.WEB
    id: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    """Filled in when it is read: learner id -> name, for those who still exist and gave one."""


@dataclass(frozen=True, slots=True)
class AuditStore:
    connection: Connection

    def append(self, one: Entry) -> None:
        values = {
            "at": one.at,
            "via": one.via.value,
            "actor_id": one.actor,
            "action": one.action,
            "cohort_id": one.cohort,
            "person_id": one.person,
            "subject": one.subject,
            "before": None if one.before is None else dict(one.before),
            "after": None if one.after is None else dict(one.after),
        }
        self.connection.execute(insert(audit).values(values))

    def of_cohort(self, cohort_id: str, *, before: int | None = None, limit: int = 100) -> tuple[Entry, ...]:
        """What was changed in the cohort, newest first; `before`: only older ones than this number."""
        return self._read(audit.c.cohort_id == cohort_id, before, limit)

    def of_site(self, *, before: int | None = None, limit: int = 100) -> tuple[Entry, ...]:
        """What was changed outside of any cohort, newest first."""
        return self._read(audit.c.cohort_id.is_(None), before, limit)

    def _read(self, which: ColumnElement[bool], before: int | None, limit: int) -> tuple[Entry, ...]:
        query = select(audit).where(which).order_by(audit.c.id.desc()).limit(limit)
        rows = self.connection.execute(query if before is None else query.where(audit.c.id < before)).all()
        ids = {i for row in rows for i in (row.actor_id, row.person_id) if i is not None}
        people = self.connection.execute(select(learner.c.id, learner.c.name).where(learner.c.id.in_(ids)))
        names = {row.id: row.name for row in people if row.name}
        return tuple(_entry(row, names) for row in rows)


def _entry(row: Row[Any], names: Mapping[str, str]) -> Entry:
    return Entry(
        at=row.at,
        action=row.action,
        actor=row.actor_id,
        cohort=row.cohort_id,
        person=row.person_id,
        subject=row.subject,
        before=row.before,
        after=row.after,
        via=Via(row.via),
        id=row.id,
        names={i: names[i] for i in (row.actor_id, row.person_id) if i in names},
    )
