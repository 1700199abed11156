"""Everything stored about a learner, to take away or to erase. A table with a learner in it that is not listed fails a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from course.storage.stores.rollup_days import RollupDayStore
from course.storage.tables import (
    account,
    assignment_exemption,
    assignment_extension,
    assignment_target,
    attempt,
    attempt_slot,
    audit,
    browser_session,
    calendar_address,
    event,
    grade_change,
    group_member,
    hand_mark,
    invitation,
    learner,
    mark_draft,
    membership,
    one_time_link,
    practice_response,
    practice_ruling,
    question_report,
    question_void,
    response,
    resume_link,
    rollup_answer,
    rollup_result,
    ruling,
    site_role,
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One table's part. `through`: the table that leads to the learner, by `link`, when it has no learner column of its own."""

    table: Table
    through: Table | None = None
    secret: frozenset[str] = frozenset()
    """Columns never exported: they would let somebody act as the learner."""
    link: str = "attempt_id"
    columns: tuple[str, ...] = ("learner_id",)
    """Where the learner stands."""
    stays: bool = False
    """Erasing a person empties the columns and leaves the row, which is then about nobody."""
    forgets: tuple[str, ...] = ()
    """Where somebody stands in rows about others: erasing them empties these columns."""

    def of(self, learner_id: str) -> ColumnElement[bool]:
        """The learner's rows."""
        if self.through is not None:
            return self.table.c[self.link].in_(select(self.through.c.id).where(self.through.c.learner_id == learner_id))
        return or_(*(self.table.c[name] == learner_id for name in self.columns))

    def erase(self, connection: Connection, learner_id: str) -> int:
        """How many rows are about the learner no more."""
        for name in self.forgets:
            connection.execute(update(self.table).where(self.table.c[name] == learner_id).values({name: None}))
        if not self.stays:
            return connection.execute(delete(self.table).where(self.of(learner_id))).rowcount
        rows = connection.execute(select(self.table.primary_key.columns[0]).where(self.of(learner_id))).all()
        for name in self.columns:
            connection.execute(update(self.table).where(self.table.c[name] == learner_id).values({name: None}))
        return len(rows)


PROVIDERS: Final = (
    Provider(rollup_answer),
    Provider(rollup_result),
    Provider(ruling, through=attempt, forgets=("made_by",)),
    Provider(hand_mark, through=attempt, forgets=("made_by",)),
    Provider(mark_draft, columns=("made_by",)),
    Provider(question_void, columns=("made_by",), stays=True),
    Provider(response, through=attempt),
    Provider(attempt_slot, through=attempt),
    Provider(attempt, secret=frozenset({"start_key", "submit_key"})),
    Provider(practice_ruling, through=practice_response, link="practice_id", forgets=("made_by",)),
    Provider(practice_response),
    Provider(question_report),
    Provider(event),
    Provider(resume_link, secret=frozenset({"token_hash"})),
    Provider(browser_session, secret=frozenset({"token_hash"})),
    Provider(calendar_address, secret=frozenset({"token_hash"})),
    Provider(grade_change, forgets=("made_by",)),
    Provider(assignment_exemption),
    Provider(assignment_extension),
    Provider(assignment_target),
    Provider(audit, columns=("actor_id", "person_id"), stays=True),
    Provider(invitation, secret=frozenset({"token_hash"})),
    Provider(one_time_link, secret=frozenset({"token_hash"})),
    Provider(group_member),
    Provider(membership),
    Provider(site_role),
    Provider(account, secret=frozenset({"password_hash"})),
    Provider(learner, columns=("id",)),
)
"""In the order in which they are erased: what points at a row before the row."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    connection: Connection

    def export(self, learner_id: str) -> Mapping[str, list[dict[str, Any]]]:
        """Table name -> the learner's rows as plain JSON data, times as ISO text in UTC."""
        return {name: list(rows) for name, rows in self.tables(learner_id)}

    def tables(self, learner_id: str) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """The same row by row: each table's name and rows, to be read before the next table is asked for."""
        for provider in reversed(PROVIDERS):
            yield provider.table.name, self._rows(provider, learner_id)

    def erase(self, learner_id: str) -> int:
        """Leave no row about the learner, and none of their attempts in a cohort's counts; returns how many rows there were."""
        RollupDayStore(self.connection).shift_everywhere(learner_id, -1)
        return sum(p.erase(self.connection, learner_id) for p in PROVIDERS)

    def _rows(self, provider: Provider, learner_id: str) -> Iterator[dict[str, Any]]:
        columns = [c for c in provider.table.c if c.name not in provider.secret]
        query = select(*columns).where(provider.of(learner_id)).order_by(*provider.table.primary_key.columns)
        found = self.connection.execute(query, execution_options={"yield_per": 1000})
        for row in found.mappings():
            yield {key: _plain(value) for key, value in row.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
