"""Accounts, the site's roles, links that work once, and counters against guessing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from course.access.roles import Actor, CohortRole, SiteRole
from course.storage.tables import account, learner, membership, one_time_link, rate_limit, site_role

_GET: Final = select(account).where(account.c.learner_id == bindparam("learner_id"))
_SITE_ROLES: Final = select(site_role.c.role).where(site_role.c.learner_id == bindparam("learner_id"))
_MEMBERSHIPS: Final = select(membership.c.cohort_id, membership.c.role).where(
    membership.c.learner_id == bindparam("learner_id"), membership.c.removed_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Account:
    """How a person signs in. `login` is folded. Without `password_hash` they sign in at `issuer` as `subject`."""

    learner: str
    login: str
    created_at: datetime
    password_hash: str | None = None
    email: str | None = None
    email_verified_at: datetime | None = None
    issuer: str | None = None
    subject: str | None = None
    password_changed_at: datetime | None = None
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An account as a list of people shows it."""

    account: Account
    name: str | None
    site: frozenset[SiteRole]


class Purpose(StrEnum):
    """What a link that works once is for. The words are stored."""

    FIRST_ADMIN = "first_admin"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class AccountStore:
    connection: Connection

    def add(self, one: Account) -> None:
        self.connection.execute(insert(account).values(_row(one)))

    def save(self, one: Account) -> None:
        """Store the account's present values over those of the same person."""
        self.connection.execute(update(account).where(account.c.learner_id == one.learner).values(_row(one)))

    def remove(self, learner_id: str) -> None:
        """The person has no account any more."""
        self.connection.execute(delete(account).where(account.c.learner_id == learner_id))

    def get(self, learner_id: str) -> Account | None:
        return _account(self.connection.execute(_GET, {"learner_id": learner_id}).one_or_none())

    def by_login(self, login: str) -> Account | None:
        """`login` folded."""
        return _account(self.connection.execute(select(account).where(account.c.login == login)).one_or_none())

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        query = select(account).where(account.c.issuer == issuer, account.c.subject == subject)
        return _account(self.connection.execute(query).one_or_none())

    def by_email(self, email: str) -> tuple[Account, ...]:
        """Those who gave this address, oldest first; an address that was not verified proves nothing."""
        rows = self.connection.execute(select(account).where(account.c.email == email).order_by(account.c.created_at))
        return tuple(one for one in map(_account, rows) if one is not None)

    def everybody(self) -> tuple[Known, ...]:
        """Every account with name and site roles, by login."""
        roles: dict[str, set[SiteRole]] = {}
        for row in self.connection.execute(select(site_role.c.learner_id, site_role.c.role)):
            roles.setdefault(row.learner_id, set()).add(SiteRole(row.role))
        query = select(account, learner.c.name).join(learner, learner.c.id == account.c.learner_id).order_by(account.c.login)
        found = ((_account(row), row) for row in self.connection.execute(query))
        return tuple(Known(one, row.name, frozenset(roles.get(one.learner, ()))) for one, row in found if one is not None)

    def any_admin(self) -> bool:
        """Whether somebody who can sign in is an admin."""
        join = site_role.join(account, account.c.learner_id == site_role.c.learner_id)
        query = select(func.count()).select_from(join).where(site_role.c.role == SiteRole.ADMIN.value, account.c.disabled_at.is_(None))
        return bool(self.connection.execute(query).scalar_one())


@dataclass(frozen=True, slots=True)
class RoleStore:
    connection: Connection

    def actor(self, learner_id: str | None) -> Actor:
        """Everything that permissions depend on, in two queries."""
        if learner_id is None:
            return Actor()
        site = self.connection.scalars(_SITE_ROLES, {"learner_id": learner_id})
        held = self.connection.execute(_MEMBERSHIPS, {"learner_id": learner_id})
        return Actor(learner_id, frozenset(map(SiteRole, site)), {row.cohort_id: CohortRole(row.role) for row in held})

    def grant(self, learner_id: str, role: SiteRole, now: datetime) -> None:
        """Nothing happens when the person has it."""
        mine = (site_role.c.learner_id == learner_id) & (site_role.c.role == role.value)
        if self.connection.execute(select(site_role.c.role).where(mine)).first() is None:
            self.connection.execute(insert(site_role).values(learner_id=learner_id, role=role.value, since=now))

    def withdraw(self, learner_id: str, role: SiteRole) -> None:
        self.connection.execute(delete(site_role).where(site_role.c.learner_id == learner_id, site_role.c.role == role.value))


@dataclass(frozen=True, slots=True)
class OneTimeLinkStore:
    connection: Connection

    def add(self, token_hash: str, purpose: Purpose, now: datetime, expires_at: datetime, learner: str | None = None) -> None:
        """An earlier unused link of the same person for the same purpose stops working."""
        same = (one_time_link.c.purpose == purpose.value) & (one_time_link.c.learner_id == learner) & one_time_link.c.used_at.is_(None)
        if learner is not None:
            self.connection.execute(update(one_time_link).where(same).values(used_at=now))
        values = {"token_hash": token_hash, "purpose": purpose.value, "learner_id": learner, "created_at": now, "expires_at": expires_at}
        self.connection.execute(insert(one_time_link).values(values))

    def is_fresh(self, token_hash: str, purpose: Purpose, now: datetime) -> bool:
        """Whether `use` would succeed."""
        return self.connection.execute(select(one_time_link.c.token_hash).where(_fresh(token_hash, purpose, now))).first() is not None

    def use(self, token_hash: str, purpose: Purpose, now: datetime) -> tuple[bool, str | None]:
        """Use an unused link up: whether there was one, and its learner."""
        used = update(one_time_link).where(_fresh(token_hash, purpose, now)).values(used_at=now).returning(one_time_link.c.learner_id)
        row = self.connection.execute(used).one_or_none()
        return row is not None, None if row is None else row.learner_id


@dataclass(frozen=True, slots=True)
class RateStore:
    connection: Connection

    def hit(self, key: str, now: datetime, window: timedelta) -> int:
        """Count one more try under the key; how many there were in its window, this one included.

        Processes count together: the row is locked until the transaction ends.
        """
        row = self.connection.execute(select(rate_limit).where(rate_limit.c.key == key).with_for_update()).one_or_none()
        if row is None:
            self.connection.execute(_begun(self.connection, key, now))
            row = self.connection.execute(select(rate_limit).where(rate_limit.c.key == key).with_for_update()).one()
        fresh = now - row.began_at < window
        hits = row.hits + 1 if fresh else 1
        values: Mapping[str, Any] = {"hits": hits} if fresh else {"hits": hits, "began_at": now}
        self.connection.execute(update(rate_limit).where(rate_limit.c.key == key).values(values))
        return hits

    def forget(self, key: str) -> None:
        self.connection.execute(delete(rate_limit).where(rate_limit.c.key == key))

    def sweep(self, before: datetime) -> None:
        """Drop counters that began before this moment."""
        self.connection.execute(delete(rate_limit).where(rate_limit.c.began_at < before))


def _begun(connection: Connection, key: str, now: datetime) -> Any:
    """An insert that yields to another process that came first."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_yield
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_or_yield  # type: ignore[assignment]
    return insert_or_yield(rate_limit).values(key=key, began_at=now, hits=0).on_conflict_do_nothing()


def _fresh(token_hash: str, purpose: Purpose, now: datetime) -> Any:
    link = one_time_link.c
    return (link.token_hash == token_hash) & (link.purpose == purpose.value) & link.used_at.is_(None) & (link.expires_at > now)


def _row(one: Account) -> dict[str, Any]:
    values = asdict(one)
    values["learner_id"] = values.pop("learner")
    return values


def _account(row: Row[Any] | None) -> Account | None:
    if row is None:
        return None
    return Account(
        learner=row.learner_id,
        login=row.login,
        created_at=row.created_at,
        password_hash=row.password_hash,
        email=row.email,
        email_verified_at=row.email_verified_at,
        issuer=row.issuer,
        subject=row.subject,
        password_changed_at=row.password_changed_at,
        disabled_at=row.disabled_at,
    )
