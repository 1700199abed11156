"""Announcements on the learners' home, and the text of a reminder to copy or mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from course.access.permissions import NOT_THERE, Action
from course.access.windows import moment
from course.errors import NotFound, Refused
from course.services.people.desk import the_cohort
from course.services.study.desk import Desk, LearnerId
from course.services.teach.handing_out import the_assignment
from course.services.teach.noting import allowed, changing
from course.storage.stores.notices import Announcement

TITLE_LENGTH = 120
BODY_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder. `mail` is a mailto: address with everybody in copy unseen, "" when nobody's address is known."""

    subject: str
    body: str
    addresses: tuple[str, ...]
    without_address: int
    mail: str


def announce(desk: Desk, who: LearnerId | None, cohort_id: str, title: str, body: str, until: datetime | None = None) -> int:
    """Tell the cohort; returns the announcement's id. Raises Refused with what to mend."""
    title, body = " ".join(title.split()), body.strip()
    with changing(desk, who, Action.ANNOUNCEMENT_EDIT, cohort_id) as change:
        if not title or not body:
            raise Refused("An announcement needs a title and a text.")
        if len(title) > TITLE_LENGTH or len(body) > BODY_LENGTH:
            raise Refused(f"The title holds at most {TITLE_LENGTH} characters, the text {BODY_LENGTH}.")
        if until is not None and until <= change.now:
            raise Refused("The last day lies in the past.")
        one = change.tx.announcements.add(Announcement(0, cohort_id, title, body, change.now, until))
        change.note(f"announcement:{one.id}", after={"until": until.isoformat() if until is not None else None})
    return one.id


def take_down(desk: Desk, who: LearnerId | None, cohort_id: str, announcement_id: int) -> None:
    """Raises NotFound unless it is one of the cohort."""
    with changing(desk, who, Action.ANNOUNCEMENT_EDIT, cohort_id) as change:
        one = change.tx.announcements.get(announcement_id)
        if one is None or one.cohort != cohort_id:
            raise NotFound(NOT_THERE)
        change.tx.announcements.withdraw(one.id, change.now)
        change.note(f"announcement:{one.id}", before={"shown": True}, after={"shown": False})


def announced(desk: Desk, who: LearnerId | None, cohort_id: str) -> tuple[Announcement, ...]:
    """What the cohort was told and is still up, newest first."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.ANNOUNCEMENT_EDIT, cohort=cohort_id)
        the_cohort(tx, cohort_id)
        return tx.announcements.of_cohorts([cohort_id])


def nudge(desk: Desk, who: LearnerId | None, cohort_id: str, assignment_id: str, learners: Collection[str], address: str) -> Nudge:
    """A reminder for these learners, with the course's neutral title. `address`: where the course is. Nothing is sent or stored."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.NUDGE_SEND, cohort=cohort_id)
        one, cohort = the_assignment(tx, cohort_id, assignment_id), the_cohort(tx, cohort_id)
        wanted = set(learners)
        chosen = [p for p in tx.gradebook.learners(cohort_id) if p.id in wanted]
    title = desk.catalogue().course.neutral_title
    due = f" It is due on {moment(one.due, ZoneInfo(cohort.time_zone))} ({cohort.time_zone})." if one.due is not None else ""
    subject = f"{title}: a reminder"
    body = f"Hello,\n\na piece of coursework still waits for you.{due}\nYou find it on your start page: {address}\n\nIf something hinders you, write to me; there is a way.\n"
    addresses = tuple(p.email for p in chosen if p.email)
    mail = f"mailto:?bcc={quote(','.join(addresses), safe=',@')}&subject={quote(subject)}&body={quote(body)}" if addresses else ""
    return Nudge(subject, body, addresses, len(chosen) - len(addresses), mail)
