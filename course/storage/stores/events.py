"""The log of what learners did in notebooks and quizzes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, cast, insert, null, or_, select, union_all

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
class Visits:
    """Cells opened, and cells in which something was answered."""

    opened: frozenset[Spot]
    answered: frozenset[Spot]


@dataclass(frozen=True, slots=True)
class EventStore:
    connection: Connection

    def append(self, events: Iterable[Event]) -> None:
        rows = [
            {"learner_id": e.learner, "at": e.at, "kind": e.kind.value, "module": e.module, "cell": e.cell, "data": e.data} for e in events
        ]
        if rows:
            self.connection.execute(_ADD, rows)

    def opened(self, learner: str) -> frozenset[Spot]:
        """Every cell the learner has opened."""
        return frozenset(Spot(module, cell) for module, cell in self.connection.execute(_OPENED, {"learner": learner}))

    def visits(self, learner: str) -> Visits:
        """Every cell the learner has opened, and every one they have answered in."""
        rows = self.connection.execute(_VISITS, {"learner": learner}).all()
        opened = frozenset(Spot(module, cell) for kind, module, cell in rows if kind == EventKind.CELL_OPENED.value)
        answered = frozenset(Spot(module, cell) for kind, module, cell in rows if kind == EventKind.CELL_ANSWERED.value)
        return Visits(opened, answered)

    def completions(self, learner: str) -> tuple[Event, ...]:
        """Modules completed, in order."""
        return tuple(_event(row) for row in self.connection.execute(_COMPLETIONS, {"learner": learner}))

    def case_steps(self, learner: str, module: str) -> tuple[Event, ...]:
        """The parts of cases that the learner answered in a module, in order."""
        return tuple(_event(row) for row in self.connection.execute(_CASE_STEPS, {"learner": learner, "module": module}))

    def last_in_a_cell(self, learner: str) -> Event | None:
        """The learner's latest event that has a place."""
        row = self.connection.execute(_LAST_IN_A_CELL, {"learner": learner}).one_or_none()
        return None if row is None else _event(row)

    def moments(self, learner: str, since: datetime | None = None) -> tuple[Moment, ...]:
        """When the learner did something, from events and from answers in quizzes, in order of time."""
        rows = self.connection.execute(_MOMENTS, {"learner": learner, "since": since or _EVER})
        return tuple(Moment(at, module) for at, module in rows)


# Statements that clicks run are built once: building one costs five times as much as running it.
_ADD: Final = insert(event)
_MINE: Final = event.c.learner_id == bindparam("learner")
_OPENED: Final = select(event.c.module, event.c.cell).distinct().where(_MINE, event.c.kind == EventKind.CELL_OPENED.value)
_VISITS: Final = (
    select(event.c.kind, event.c.module, event.c.cell)
    .distinct()
    .where(_MINE, or_(event.c.kind == EventKind.CELL_OPENED.value, event.c.kind == EventKind.CELL_ANSWERED.value))
)
_COMPLETIONS: Final = select(event).where(_MINE, event.c.kind == EventKind.MODULE_COMPLETED.value).order_by(event.c.id)
_CASE_STEPS: Final = (
    select(event).where(_MINE, event.c.kind == EventKind.CASE_STEP.value, event.c.module == bindparam("module")).order_by(event.c.id)
)
_LAST_IN_A_CELL: Final = select(event).where(_MINE, event.c.cell.is_not(None)).order_by(event.c.at.desc(), event.c.id.desc()).limit(1)


def _moments() -> Select[Any]:
    events = select(event.c.at.label("at"), event.c.module.label("module")).where(_MINE, event.c.at >= bindparam("since"))
    answers = select(response.c.at, cast(null(), event.c.module.type)).join(attempt, attempt.c.id == response.c.attempt_id)
    answers = answers.where(attempt.c.learner_id == bindparam("learner"), response.c.at >= bindparam("since"))
    both = union_all(events, answers).subquery()
    return select(both).order_by(both.c.at)


_MOMENTS: Final = _moments()
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _event(row: Any) -> Event:
    return Event(row.learner_id, row.at, EventKind(row.kind), row.module, row.cell, row.data)
