"""Many rows at once, for a synthetic cohort: a hundred thousand answers in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from course.storage.copies import advance_sequences
from course.storage.tables import attempt, learner, metadata

_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class BulkStore:
    connection: Connection

    def people(self) -> int:
        """How many people the database holds."""
        return int(self.connection.execute(select(func.count()).select_from(learner)).scalar_one())

    def next_attempt(self) -> int:
        """An id above every attempt's; the caller numbers its own from here, then calls `finish`."""
        return int(self.connection.execute(select(func.coalesce(func.max(attempt.c.id), 0))).scalar_one()) + 1

    def add(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows, which all have the same columns; returns how many."""
        waiting, total = iter(rows), 0
        statement = insert(metadata.tables[table])
        while some := [dict(row) for row in islice(waiting, _BATCH)]:
            self.connection.execute(statement, some)
            total += len(some)
        return total

    def finish(self) -> None:
        """Let the database's own numbers go on after those that were given."""
        if self.connection.dialect.name == "postgresql":
            advance_sequences(self.connection)
