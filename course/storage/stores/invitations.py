"""Invitations: links and codes with which people come into a cohort, or to a role for the site. Only hashes are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from course.storage.tables import invitation


class InvitationKind(StrEnum):
    """The words are stored."""

    LINK = "link"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link or a code. `cohort` None: `role` is one for the site. `learner`: the person a roster named. `max_uses` None: any."""

    id: int
    kind: InvitationKind
    cohort: str | None
    role: str
    learner: str | None
    created_at: datetime
    expires_at: datetime
    max_uses: int | None = None
    uses: int = 0
    revoked_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at and (self.max_uses is None or self.uses < self.max_uses)


@dataclass(frozen=True, slots=True)
class InvitationStore:
    connection: Connection

    def add(self, token_hash: str, one: Invitation) -> int:
        """Returns its number; the one in `one` is not looked at."""
        values = {
            "token_hash": token_hash,
            "kind": one.kind.value,
            "cohort_id": one.cohort,
            "role": one.role,
            "learner_id": one.learner,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
            "max_uses": one.max_uses,
            "uses": one.uses,
        }
        return int(self.connection.execute(insert(invitation).values(values).returning(invitation.c.id)).scalar_one())

    def find(self, token_hash: str) -> Invitation | None:
        """The invitation, open or not, held until the transaction ends."""
        row = self.connection.execute(select(invitation).where(invitation.c.token_hash == token_hash).with_for_update()).one_or_none()
        return None if row is None else _invitation(row)

    def peek(self, token_hash: str) -> Invitation | None:
        row = self.connection.execute(select(invitation).where(invitation.c.token_hash == token_hash)).one_or_none()
        return None if row is None else _invitation(row)

    def used(self, number: int) -> None:
        """One more use."""
        self.connection.execute(update(invitation).where(invitation.c.id == number).values(uses=invitation.c.uses + 1))

    def revoke(self, number: int, now: datetime) -> None:
        self.connection.execute(update(invitation).where(invitation.c.id == number).values(revoked_at=now))

    def of_cohort(self, cohort_id: str, now: datetime) -> tuple[Invitation, ...]:
        """Those that still work, newest first."""
        query = select(invitation).where(invitation.c.cohort_id == cohort_id).order_by(invitation.c.id.desc())
        found = map(_invitation, self.connection.execute(query))
        return tuple(one for one in found if one.is_open(now))

    def of_site(self, now: datetime) -> tuple[Invitation, ...]:
        """Those to a role for the site that still work, newest first."""
        query = select(invitation).where(invitation.c.cohort_id.is_(None)).order_by(invitation.c.id.desc())
        return tuple(one for one in map(_invitation, self.connection.execute(query)) if one.is_open(now))

    def revoke_for(self, cohort_id: str, learner_ids: Sequence[str], now: datetime) -> None:
        """Withdraw what was sent to these people for this cohort."""
        theirs = (invitation.c.cohort_id == cohort_id) & invitation.c.learner_id.in_(list(learner_ids)) & invitation.c.revoked_at.is_(None)
        self.connection.execute(update(invitation).where(theirs).values(revoked_at=now))


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        kind=InvitationKind(row.kind),
        cohort=row.cohort_id,
        role=row.role,
        learner=row.learner_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        max_uses=row.max_uses,
        uses=row.uses,
        revoked_at=row.revoked_at,
    )
