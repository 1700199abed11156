"""Everything stored about a learner, to take away or to erase. A table with a learner in it that is not listed fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from course.storage.tables import (
    attempt,
    attempt_slot,
    browser_session,
    event,
    hand_mark,
    learner,
    practice_response,
    practice_ruling,
    response,
    resume_link,
    ruling,
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One table's part. `through`: the table that leads to the learner, by `link`, when it has no learner column of its own."""

    table: Table
    through: Table | None = None
    secret: frozenset[str] = frozenset()
    """Columns never exported: they would let somebody act as the learner."""
    link: str = "attempt_id"

    def of(self, learner_id: str) -> ColumnElement[bool]:
        """The learner's rows."""
        if self.through is not None:
            return self.table.c[self.link].in_(select(self.through.c.id).where(self.through.c.learner_id == learner_id))
        return (self.table.c.id if self.table is learner else self.table.c.learner_id) == learner_id


PROVIDERS: Final = (
    Provider(ruling, through=attempt),
    Provider(hand_mark, through=attempt),
    Provider(response, through=attempt),
    Provider(attempt_slot, through=attempt),
    Provider(attempt, secret=frozenset({"start_key", "submit_key"})),
    Provider(practice_ruling, through=practice_response, link="practice_id"),
    Provider(practice_response),
    Provider(event),
    Provider(resume_link, secret=frozenset({"token_hash"})),
    Provider(browser_session, secret=frozenset({"token_hash"})),
    Provider(learner),
)
"""In the order in which they are erased: what points at a row before the row."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    connection: Connection

    def export(self, learner_id: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
        """Table name -> the learner's rows as plain JSON data, times as ISO text in UTC."""
        return {p.table.name: tuple(self._rows(p, learner_id)) for p in reversed(PROVIDERS)}

    def erase(self, learner_id: str) -> int:
        """Delete every row about the learner; returns how many there were."""
        return sum(self.connection.execute(delete(p.table).where(p.of(learner_id))).rowcount for p in PROVIDERS)

    def _rows(self, provider: Provider, learner_id: str) -> list[dict[str, Any]]:
        columns = [c for c in provider.table.c if c.name not in provider.secret]
        query = select(*columns).where(provider.of(learner_id)).order_by(*provider.table.primary_key.columns)
        return [{key: _plain(value) for key, value in row.items()} for row in self.connection.execute(query).mappings()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
