"""What every use case about people works with, and the look-ups they share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from course.access.permissions import NOT_THERE, Action, require
from course.access.roles import Actor, SiteRole
from course.errors import NotFound, Refused
from course.services.people.mail import Post
from course.services.people.passwords import Passwords
from course.storage.stores.audit import Entry, Via
from course.storage.stores.cohorts import Cohort
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction, UnitOfWork

NAME_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. On the command line it is whoever runs the machine: an admin without a profile."""

    learner: str | None
    via: Via = Via.WEB


OPERATOR: Final = Caller(None, Via.COMMAND)


@dataclass(frozen=True, slots=True)
class Desk:
    """Collaborators of the use cases. `tokens` makes unguessable URL-safe strings, `codes` short ones that can be read out,
    `ids` new ids. `post` None: no mail can be sent."""

    uow: UnitOfWork
    clock: Callable[[], datetime]
    tokens: Callable[[], str]
    codes: Callable[[], str]
    ids: Callable[[], str]
    passwords: Passwords
    post: Post | None
    base_url: str

    def link(self, path: str, token: str) -> str:
        return f"{self.base_url}/join/{path}?token={token}"

    def send(self, to: str, subject: str, text: str) -> bool:
        """Whether it was sent."""
        return self.post is not None and self.post(to, subject, text)


def acting(tx: Transaction, who: Caller) -> Actor:
    """The actor with their present roles."""
    return Actor(None, frozenset({SiteRole.ADMIN})) if who.via is Via.COMMAND else tx.roles.actor(who.learner)


def allowed(tx: Transaction, who: Caller, action: Action, cohort: str | None = None, person: str | None = None) -> Actor:
    """The actor, when they may. Raises NotFound or NotAllowed as `permissions.require` does."""
    actor = acting(tx, who)
    require(actor, action, cohort=cohort, person=person)
    return actor


def the_cohort(tx: Transaction, cohort_id: str) -> Cohort:
    """Raises NotFound with the same words as for one that is not open to the actor."""
    found = tx.cohorts.get(cohort_id)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def open_cohort(tx: Transaction, cohort_id: str) -> Cohort:
    """The cohort, held until the transaction ends. Raises Refused when it is archived."""
    found = tx.cohorts.lock(cohort_id)
    if found is None:
        raise NotFound(NOT_THERE)
    if found.archived_at is not None:
        raise Refused(f"{found.name} is archived. Take it back before you change anything in it.")
    return found


def known(tx: Transaction, learner_id: str) -> Learner:
    found = tx.people.get(learner_id)
    if found is None:
        raise NotFound("There is no such learner.")
    return found


def locked(tx: Transaction, learner_id: str) -> Learner:
    """The learner, held until the transaction ends."""
    found = tx.people.lock(learner_id)
    if found is None:
        raise NotFound("There is no such learner.")
    return found


def note(
    desk: Desk,
    tx: Transaction,
    who: Caller,
    action: Action,
    *,
    cohort: str | None = None,
    person: str | None = None,
    subject: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one line of the audit. `before` and `after` hold no name, address or token."""
    tx.audit.append(Entry(desk.clock(), action.value, who.learner, cohort, person, subject, before, after, who.via))


def in_turn(desk: Desk, keys: Mapping[str, int], window: timedelta = timedelta(minutes=15)) -> None:
    """Count a try under each key (what is limited -> how many a window).

    Raises:
        Refused: there were more; the count is stored all the same.
    """
    now = desk.clock()
    with desk.uow.write() as tx:
        tx.rates.sweep(now - timedelta(days=1))
        over = [key for key in sorted(keys) if tx.rates.hit(hashed(key), now, window) > keys[key]]
    if over:
        raise Refused(f"There were too many tries. Wait {int(window.total_seconds() // 60)} minutes, then try again.")


def hashed(key: str) -> str:
    """What a counter is stored under."""
    return hashlib.sha256(key.encode()).hexdigest()


def tidy(text: str, most: int = NAME_LENGTH) -> str:
    """White space trimmed and joined, cut after `most` characters."""
    return " ".join(text.split())[:most]


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Every time zone that is known here. Kept: finding them reads hundreds of files."""
    return frozenset(available_timezones())


def a_zone(name: str) -> str:
    """Raises Refused when the name is no IANA time zone."""
    if name not in zones():
        raise Refused(f"`{name[:60]}` is no time zone. Write one like Europe/London.")
    return name
