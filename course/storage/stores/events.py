"""The log of what learners did in notebooks and quizzes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, cast, insert, null, select, union_all

from course.learning.events import EventKind, Moment, Spot
from course.storage.tables import attempt, event, response


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `data` holds what its kind needs beside the place."""

    learner: str
    at: datetime
    kind: EventKind
    module: str | None = None
    cell: str | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class EventStore:
    connection: Connection

    def append(self, events: Iterable[Event]) -> None:
        rows = [
            {"learner_id": e.learner, "at": e.at, "kind": e.kind.value, "module": e.module, "cell": e.cell, "data": e.data} for e in events
        ]
        if rows:
            self.connection.execute(insert(event), rows)

    def opened(self, learner: str) -> frozenset[Spot]:
        """Every cell the learner has opened."""
        query = select(event.c.module, event.c.cell).distinct()
        rows = self.connection.execute(query.where(event.c.learner_id == learner, event.c.kind == EventKind.CELL_OPENED))
        return frozenset(Spot(row.module, row.cell) for row in rows)

    def completions(self, learner: str) -> tuple[Event, ...]:
        """Modules completed, in order."""
        query = select(event).where(event.c.learner_id == learner, event.c.kind == EventKind.MODULE_COMPLETED).order_by(event.c.id)
        return tuple(_event(row) for row in self.connection.execute(query))

    def last_in_a_cell(self, learner: str) -> Event | None:
        """The learner's latest event that has a place."""
        query = select(event).where(event.c.learner_id == learner, event.c.cell.is_not(None))
        row = self.connection.execute(query.order_by(event.c.at.desc(), event.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _event(row)

    def moments(self, learner: str, since: datetime | None = None) -> tuple[Moment, ...]:
        """When the learner did something, from events and from answers in quizzes, in order of time."""
        events = select(event.c.at.label("at"), event.c.module.label("module")).where(event.c.learner_id == learner)
        answers = select(response.c.at, cast(null(), event.c.module.type)).join(attempt, attempt.c.id == response.c.attempt_id)
        answers = answers.where(attempt.c.learner_id == learner)
        if since is not None:
            events, answers = events.where(event.c.at >= since), answers.where(response.c.at >= since)
        both = union_all(events, answers).subquery()
        return tuple(Moment(row.at, row.module) for row in self.connection.execute(select(both).order_by(both.c.at)))


def _event(row: Any) -> Event:
    return Event(row.learner_id, row.at, EventKind(row.kind), row.module, row.cell, row.data)
