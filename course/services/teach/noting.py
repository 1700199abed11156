"""What every change of a cohort shares: permission first, the cohort's row held, the change noted in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from course.access.permissions import NOT_THERE, Action, require
from course.access.roles import Actor, CohortRole
from course.errors import NotFound, Refused
from course.learning.attempts import Attempt
from course.services.study.desk import Desk, LearnerId
from course.storage.stores.audit import Entry
from course.storage.stores.cohorts import Cohort, Member
from course.storage.unit_of_work import Transaction

ARCHIVED: Final = "This cohort is archived. Take it back from the archive to change it."


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way. What `note` is given holds no name, address or token."""

    tx: Transaction
    who: LearnerId | None
    action: Action
    cohort: Cohort
    now: datetime

    def note(
        self,
        subject: str,
        *,
        person: str | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write it into the audit."""
        entry = Entry(self.now, self.action.value, self.who, self.cohort.id, person, subject, before, after)
        self.tx.audit.append(entry)


@contextmanager
def changing(desk: Desk, who: LearnerId | None, action: Action, cohort_id: str) -> Iterator[Change]:
    """Hold the cohort while it is changed.

    Raises NotFound or NotAllowed as the table of permissions says, Refused when the cohort is archived.
    """
    with desk.uow.write() as tx:
        allowed(tx, who, action, cohort=cohort_id)
        cohort = tx.cohorts.lock(cohort_id)
        if cohort is None:
            raise NotFound(NOT_THERE)
        if cohort.archived_at is not None:
            raise Refused(ARCHIVED)
        yield Change(tx, who, action, cohort, desk.clock())


def of_learner(tx: Transaction, cohort_id: str, attempt_id: int) -> tuple[Attempt, Member]:
    """An attempt of somebody who learns in the cohort. Raises NotFound for any other."""
    attempt = tx.attempts.get(attempt_id)
    member = tx.memberships.get(cohort_id, attempt.learner) if attempt is not None else None
    if attempt is None or member is None or member.role is not CohortRole.LEARNER:
        raise NotFound(NOT_THERE)
    return attempt, member


def allowed(tx: Transaction, who: LearnerId | None, action: Action, *, cohort: str, person: str | None = None) -> Actor:
    """The actor with the roles they hold now, when they may. Raises NotFound or NotAllowed as `permissions.require` does."""
    actor = tx.roles.actor(who)
    require(actor, action, cohort=cohort, person=person)
    return actor
