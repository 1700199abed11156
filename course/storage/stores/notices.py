"""Announcements to cohorts, and the addresses under which people read their dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from course.access.roles import CohortRole
from course.storage.tables import announcement, calendar_address, cohort, membership


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an instructor tells a cohort. `until`: shown until then (None: until it is taken down). `id` 0: not stored yet."""

    id: int
    cohort: str
    title: str
    body: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementStore:
    connection: Connection

    def add(self, one: Announcement) -> Announcement:
        values = {"cohort_id": one.cohort, "title": one.title, "body": one.body, "at": one.at, "until": one.until}
        row_id = self.connection.execute(insert(announcement).values(values).returning(announcement.c.id)).scalar_one()
        return replace(one, id=row_id)

    def save(self, one: Announcement) -> None:
        """Store the title, text and last moment over those of the same id."""
        values = {"title": one.title, "body": one.body, "until": one.until}
        self.connection.execute(update(announcement).where(announcement.c.id == one.id).values(values))

    def get(self, announcement_id: int) -> Announcement | None:
        """The announcement, unless it was taken down."""
        query = select(announcement).where(announcement.c.id == announcement_id, announcement.c.withdrawn_at.is_(None))
        row = self.connection.execute(query).one_or_none()
        return None if row is None else _announcement(row)

    def withdraw(self, announcement_id: int, now: datetime) -> None:
        self.connection.execute(update(announcement).where(announcement.c.id == announcement_id).values(withdrawn_at=now))

    def of_cohorts(self, cohorts: Iterable[str]) -> tuple[Announcement, ...]:
        """Those that were not taken down, newest first."""
        query = select(announcement).where(announcement.c.cohort_id.in_(list(cohorts)), announcement.c.withdrawn_at.is_(None))
        return tuple(map(_announcement, self.connection.execute(query.order_by(announcement.c.id.desc()))))

    def for_learner(self, learner: str, now: datetime) -> tuple[Announcement, ...]:
        """What the person's cohorts are told now, newest first."""
        return tuple(map(_announcement, self.connection.execute(_FOR_LEARNER, {"learner": learner, "now": now})))


_FOR_LEARNER: Final = (
    select(announcement)
    .join(membership, membership.c.cohort_id == announcement.c.cohort_id)
    .join(cohort, cohort.c.id == announcement.c.cohort_id)
    .where(
        membership.c.learner_id == bindparam("learner"),
        membership.c.role == CohortRole.LEARNER.value,
        membership.c.removed_at.is_(None),
        cohort.c.archived_at.is_(None),
        announcement.c.withdrawn_at.is_(None),
        or_(announcement.c.until.is_(None), announcement.c.until > bindparam("now", type_=announcement.c.until.type)),
    )
    .order_by(announcement.c.id.desc())
    .limit(5)
)


@dataclass(frozen=True, slots=True)
class CalendarStore:
    connection: Connection

    def add(self, token_hash: str, learner: str, now: datetime) -> None:
        """One address a person: earlier ones stop working."""
        self.revoke(learner, now)
        self.connection.execute(insert(calendar_address).values(token_hash=token_hash, learner_id=learner, created_at=now))

    def revoke(self, learner: str, now: datetime) -> None:
        live = (calendar_address.c.learner_id == learner) & calendar_address.c.revoked_at.is_(None)
        self.connection.execute(update(calendar_address).where(live).values(revoked_at=now))

    def has(self, learner: str) -> bool:
        """Whether the person has an address that works."""
        live = (calendar_address.c.learner_id == learner) & calendar_address.c.revoked_at.is_(None)
        return self.connection.execute(select(calendar_address.c.token_hash).where(live)).first() is not None

    def learner_of(self, token_hash: str) -> str | None:
        live = (calendar_address.c.token_hash == token_hash) & calendar_address.c.revoked_at.is_(None)
        return self.connection.execute(select(calendar_address.c.learner_id).where(live)).scalar_one_or_none()


def _announcement(row: Row[Any]) -> Announcement:
    return Announcement(row.id, row.cohort_id, row.title, row.body, row.at, row.until)
