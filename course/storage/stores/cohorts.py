"""Cohorts, their groups, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from course.access.roles import CohortRole
from course.storage.stores.rollup_days import RollupDayStore
from course.storage.tables import account, browser_session, cohort, cohort_group, group_member, learner, membership


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class of people. `time_zone` is an IANA name; `settings` are plain JSON values by name."""

    id: str
    name: str
    created_at: datetime
    time_zone: str = "UTC"
    settings: Mapping[str, Any] = field(default_factory=dict)
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    cohort: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a cohort. `listed`: their name on the roster; `name`: that one, else their own. `joined`: they have come in.

    `name`, `extra_time`, `time_zone` and `joined` are read, not stored here.
    """

    cohort: str
    learner: str
    role: CohortRole
    since: datetime
    removed_at: datetime | None = None
    listed: str | None = None
    email: str | None = None
    roster: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    extra_time: float = 1.0
    time_zone: str = "UTC"
    joined: bool = False


@dataclass(frozen=True, slots=True)
class CohortStore:
    connection: Connection

    def add(self, one: Cohort) -> None:
        self.connection.execute(insert(cohort).values(_cohort_row(one)))

    def save(self, one: Cohort) -> None:
        """Store the cohort's present values over those of the same id."""
        self.connection.execute(update(cohort).where(cohort.c.id == one.id).values(_cohort_row(one)))

    def get(self, cohort_id: str) -> Cohort | None:
        found = self.connection.execute(select(cohort).where(cohort.c.id == cohort_id)).one_or_none()
        return None if found is None else _cohort(found)

    def lock(self, cohort_id: str) -> Cohort | None:
        """The cohort, held until the transaction ends: whoever changes what is in it holds its row first."""
        found = self.connection.execute(select(cohort).where(cohort.c.id == cohort_id).with_for_update(key_share=True)).one_or_none()
        return None if found is None else _cohort(found)

    def some(self, ids: Iterable[str]) -> tuple[Cohort, ...]:
        """Those that exist, by name."""
        query = select(cohort).where(cohort.c.id.in_(set(ids))).order_by(cohort.c.name, cohort.c.id)
        return tuple(map(_cohort, self.connection.execute(query)))

    def every(self) -> tuple[Cohort, ...]:
        return tuple(map(_cohort, self.connection.execute(select(cohort).order_by(cohort.c.name, cohort.c.id))))

    def sizes(self, ids: Iterable[str]) -> Mapping[str, Mapping[CohortRole, int]]:
        """Cohort id -> how many people hold each role now."""
        query = select(membership.c.cohort_id, membership.c.role, func.count().label("n")).where(
            membership.c.cohort_id.in_(set(ids)), membership.c.removed_at.is_(None)
        )
        found: dict[str, dict[CohortRole, int]] = {}
        for row in self.connection.execute(query.group_by(membership.c.cohort_id, membership.c.role)):
            found.setdefault(row.cohort_id, {})[CohortRole(row.role)] = row.n
        return found

    def add_group(self, one: Group) -> None:
        self.connection.execute(insert(cohort_group).values(id=one.id, cohort_id=one.cohort, name=one.name))
        self.set_group(one)

    def set_group(self, one: Group) -> None:
        """Store the group's name and members over those of the same id."""
        self.connection.execute(update(cohort_group).where(cohort_group.c.id == one.id).values(name=one.name))
        self.connection.execute(delete(group_member).where(group_member.c.group_id == one.id))
        rows = [{"group_id": one.id, "learner_id": learner_id} for learner_id in sorted(set(one.members))]
        if rows:
            self.connection.execute(insert(group_member), rows)

    def drop_group(self, group_id: str) -> None:
        self.connection.execute(delete(group_member).where(group_member.c.group_id == group_id))
        self.connection.execute(delete(cohort_group).where(cohort_group.c.id == group_id))

    def groups(self, cohort_id: str) -> tuple[Group, ...]:
        """The cohort's groups with their members, by name."""
        query = select(cohort_group).where(cohort_group.c.cohort_id == cohort_id).order_by(cohort_group.c.name)
        rows = self.connection.execute(query).all()
        inside: dict[str, list[str]] = {row.id: [] for row in rows}
        members = select(group_member).where(group_member.c.group_id.in_(list(inside))).order_by(group_member.c.learner_id)
        for member in self.connection.execute(members):
            inside[member.group_id].append(member.learner_id)
        return tuple(Group(row.id, row.cohort_id, row.name, tuple(inside[row.id])) for row in rows)


@dataclass(frozen=True, slots=True)
class MembershipStore:
    connection: Connection

    def put(self, one: Member) -> None:
        """Add the membership, or store it over the one of the same cohort and person (a past one too).

        The cohort's counts by day follow: those who begin to learn in it bring their attempts, those who cease take them away.
        """
        values = {
            "role": one.role.value,
            "since": one.since,
            "removed_at": one.removed_at,
            "name": one.listed,
            "email": one.email,
            "roster": dict(one.roster) or None,
        }
        mine = (membership.c.cohort_id == one.cohort) & (membership.c.learner_id == one.learner)
        before = self.connection.execute(select(membership.c.role, membership.c.removed_at).where(mine)).one_or_none()
        if self.connection.execute(update(membership).where(mine).values(values)).rowcount == 0:
            self.connection.execute(insert(membership).values(cohort_id=one.cohort, learner_id=one.learner, **values))
        learnt = before is not None and before.role == CohortRole.LEARNER.value and before.removed_at is None
        learns = one.role is CohortRole.LEARNER and one.removed_at is None
        if learnt is not learns:
            RollupDayStore(self.connection).shift(one.learner, one.cohort, +1 if learns else -1)

    def get(self, cohort_id: str, learner_id: str, *, past: bool = False) -> Member | None:
        """The person's membership; a past one only when asked for."""
        mine = (membership.c.cohort_id == cohort_id) & (membership.c.learner_id == learner_id)
        row = self.connection.execute(_members().where(mine)).one_or_none()
        found = None if row is None else _member(row)
        return found if found is not None and (past or found.removed_at is None) else None

    def of_cohort(self, cohort_id: str, *, past: bool = False) -> tuple[Member, ...]:
        """Everybody in the cohort, by name; with `past`, those who were removed too."""
        query = _members().where(membership.c.cohort_id == cohort_id)
        if not past:
            query = query.where(membership.c.removed_at.is_(None))
        members = map(_member, self.connection.execute(query))
        return tuple(sorted(members, key=lambda m: ((m.name or "").casefold(), m.learner)))

    def of_learner(self, learner_id: str, *, past: bool = False) -> tuple[Member, ...]:
        """Every cohort the person is in, latest first."""
        query = _members().where(membership.c.learner_id == learner_id).order_by(membership.c.since.desc())
        members = map(_member, self.connection.execute(query))
        return tuple(m for m in members if past or m.removed_at is None)

    def leave_groups(self, cohort_id: str, learner_id: str) -> None:
        groups = select(cohort_group.c.id).where(cohort_group.c.cohort_id == cohort_id)
        self.connection.execute(delete(group_member).where(group_member.c.learner_id == learner_id, group_member.c.group_id.in_(groups)))


def _members() -> Any:
    own = select(browser_session.c.learner_id).where(browser_session.c.learner_id == membership.c.learner_id).exists()
    joined = (account.c.learner_id.is_not(None) | own).label("joined")
    columns = (membership, learner.c.name.label("own_name"), learner.c.extra_time, learner.c.time_zone, joined)
    return (
        select(*columns)
        .join(learner, learner.c.id == membership.c.learner_id)
        .outerjoin(account, account.c.learner_id == membership.c.learner_id)
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        cohort=row.cohort_id,
        learner=row.learner_id,
        role=CohortRole(row.role),
        since=row.since,
        removed_at=row.removed_at,
        listed=row.name,
        email=row.email,
        roster=row.roster or {},
        name=row.name or row.own_name,
        extra_time=row.extra_time,
        time_zone=row.time_zone,
        joined=bool(row.joined),
    )


def _cohort_row(one: Cohort) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "time_zone": one.time_zone,
        "settings": dict(one.settings),
        "created_at": one.created_at,
        "archived_at": one.archived_at,
    }


def _cohort(row: Row[Any]) -> Cohort:
    return Cohort(row.id, row.name, row.created_at, row.time_zone, row.settings, row.archived_at)
