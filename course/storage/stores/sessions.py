"""What makes a browser a learner: its session, and links that carry a profile to another browser. Only hashes are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from course.storage.stores.people import Learner
from course.storage.tables import browser_session, learner, resume_link

_GET: Final = select(browser_session).where(browser_session.c.token_hash == bindparam("token_hash"))
_WHO: Final = (
    select(browser_session, *(column.label(f"person_{column.name}") for column in learner.c))
    .outerjoin(learner, learner.c.id == browser_session.c.learner_id)
    .where(browser_session.c.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A browser that has visited. `learner` is None until something was saved for it; `signed_in_at` of a guest is None.

    `agent` is the browser's family, as "Firefox on Linux".
    """

    token_hash: str
    learner: str | None
    created_at: datetime
    last_seen_at: datetime
    revoked_at: datetime | None = None
    signed_in_at: datetime | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class SessionStore:
    connection: Connection

    def add(self, token_hash: str, now: datetime, learner: str | None = None, *, signed_in: bool = False, agent: str | None = None) -> None:
        values = {
            "token_hash": token_hash,
            "learner_id": learner,
            "created_at": now,
            "last_seen_at": now,
            "signed_in_at": now if signed_in else None,
            "agent": agent,
        }
        self.connection.execute(insert(browser_session).values(values))

    def get(self, token_hash: str) -> BrowserSession | None:
        """The session, revoked or not."""
        row = self.connection.execute(_GET, {"token_hash": token_hash}).one_or_none()
        return None if row is None else _session(row)

    def who(self, token_hash: str) -> tuple[BrowserSession, Learner | None] | None:
        """The session, revoked or not, and whose it is: one query, since every click asks this."""
        row = self.connection.execute(_WHO, {"token_hash": token_hash}).one_or_none()
        return None if row is None else (_session(row), _person(row))

    def of_learner(self, learner: str) -> tuple[BrowserSession, ...]:
        """The browsers in which the learner is known now, last used first."""
        mine = (browser_session.c.learner_id == learner) & browser_session.c.revoked_at.is_(None)
        query = select(browser_session).where(mine).order_by(browser_session.c.last_seen_at.desc(), browser_session.c.token_hash)
        return tuple(map(_session, self.connection.execute(query)))

    def seen(self, token_hash: str, now: datetime) -> None:
        self._update(token_hash, last_seen_at=now)

    def attach(self, token_hash: str, learner: str) -> None:
        """From now on this browser is that learner."""
        self._update(token_hash, learner_id=learner)

    def revoke(self, token_hash: str, now: datetime) -> None:
        self._update(token_hash, revoked_at=now)

    def revoke_all(self, learner: str, now: datetime, *, but: str | None = None) -> None:
        """Sign the learner out of every browser, `but` the one with this hash."""
        mine = (browser_session.c.learner_id == learner) & browser_session.c.revoked_at.is_(None)
        if but is not None:
            mine &= browser_session.c.token_hash != but
        self.connection.execute(update(browser_session).where(mine).values(revoked_at=now))

    def _update(self, token_hash: str, **values: object) -> None:
        self.connection.execute(update(browser_session).where(browser_session.c.token_hash == token_hash).values(**values))


@dataclass(frozen=True, slots=True)
class ResumeLinkStore:
    connection: Connection

    def add(self, token_hash: str, learner: str, now: datetime, expires_at: datetime) -> None:
        values = {"token_hash": token_hash, "learner_id": learner, "created_at": now, "expires_at": expires_at}
        self.connection.execute(insert(resume_link).values(values))

    def use(self, token_hash: str, now: datetime) -> str | None:
        """The learner of a link that is unused and not expired, and the link used up; None for any other."""
        fresh = (resume_link.c.token_hash == token_hash) & resume_link.c.used_at.is_(None) & (resume_link.c.expires_at > now)
        used = update(resume_link).where(fresh).values(used_at=now).returning(resume_link.c.learner_id)
        return self.connection.execute(used).scalar_one_or_none()

    def use_all(self, learner: str, now: datetime) -> None:
        """Let none of the learner's links work any more."""
        open_ones = (resume_link.c.learner_id == learner) & resume_link.c.used_at.is_(None)
        self.connection.execute(update(resume_link).where(open_ones).values(used_at=now))


def _session(row: Row[Any]) -> BrowserSession:
    return BrowserSession(
        token_hash=row.token_hash,
        learner=row.learner_id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        revoked_at=row.revoked_at,
        signed_in_at=row.signed_in_at,
        agent=row.agent,
    )


def _person(row: Row[Any]) -> Learner | None:
    if row.person_id is None:
        return None
    return Learner(row.person_id, row.person_created_at, row.person_name, row.person_clinician, row.person_extra_time, row.person_time_zone)
