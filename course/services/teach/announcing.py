"""Announcements on the learners' home, and the text of a reminder to copy or mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from course.access.permissions import NOT_THERE, Action
from course.access.windows import Phase, effective, moment, phase
from course.errors import NotFound, Refused
from course.services.people.desk import the_cohort
from course.services.study.desk import Desk, LearnerId
from course.services.teach.handing_out import as_person, the_assignment
from course.services.teach.noting import allowed, changing
from course.storage.stores.notices import Announcement
from course.storage.unit_of_work import Transaction

TITLE_LENGTH = 120
BODY_LENGTH = 4_000
MAIL_LENGTH = 1_900
"""Characters of one mailto: address; some systems cut longer ones off."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder. `mails` are mailto: addresses with everybody in copy unseen, as many as it takes so that none is longer than
    mail programs accept. `unopened`: to how many it is not open yet; `shut`: for how many it is closed."""

    subject: str
    body: str
    addresses: tuple[str, ...]
    without_address: int
    mails: tuple[str, ...]
    unopened: int
    shut: int


def announce(desk: Desk, who: LearnerId | None, cohort_id: str, title: str, body: str, until: datetime | None = None) -> int:
    """Tell the cohort; returns the announcement's id. What stands there word for word is not put there twice. Raises Refused with
    what to mend."""
    with changing(desk, who, Action.ANNOUNCEMENT_EDIT, cohort_id) as change:
        title, body = _words(title, body)
        if until is not None and until <= change.now:
            raise Refused("The last moment lies in the past.")
        same = (a.id for a in change.tx.announcements.of_cohorts([cohort_id]) if (a.title, a.body, a.until) == (title, body, until))
        if (there := next(same, None)) is not None:
            return there
        one = change.tx.announcements.add(Announcement(0, cohort_id, title, body, change.now, until))
        change.note(f"announcement:{one.id}", after={"until": until.isoformat() if until is not None else None})
    return one.id


def edit(
    desk: Desk, who: LearnerId | None, cohort_id: str, seen: Announcement, title: str, body: str, until: datetime | None = None
) -> None:
    """Other words or another last moment for one that stands; since when it stands is kept. `seen`: what the change was made from.

    The audit has titles and last moments; of the text it has the length alone, since a text may name somebody.

    Raises NotFound unless it is one of the cohort, Refused with what to mend, and when it was changed meanwhile.
    """
    with changing(desk, who, Action.ANNOUNCEMENT_EDIT, cohort_id) as change:
        before = _one(change.tx, cohort_id, seen.id)
        title, body = _words(title, body)
        after = replace(before, title=title, body=body, until=until)
        if after == before:
            return
        if before != seen:
            raise Refused(
                "This announcement was changed meanwhile, in another tab or by somebody else. Reload the page and change it there."
            )
        if until is not None and until != before.until and until <= change.now:
            raise Refused("The last moment lies in the past. To end it now, take it down.")
        change.tx.announcements.save(after)
        was, now = _told(before), _told(after)
        if body != before.body:
            now["text"] = f"another text, {now['text']}"
        changed = [key for key in was if was[key] != now[key]]
        change.note(f"announcement:{before.id}", before={k: was[k] for k in changed}, after={k: now[k] for k in changed})


def take_down(desk: Desk, who: LearnerId | None, cohort_id: str, announcement_id: int) -> None:
    """Raises NotFound unless it is one of the cohort."""
    with changing(desk, who, Action.ANNOUNCEMENT_EDIT, cohort_id) as change:
        one = _one(change.tx, cohort_id, announcement_id)
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
        extensions = {e.person: e for e in tx.assignments.extensions([one.id])}
    now = desk.clock()
    found = [effective(one, as_person(p), extensions.get(p.id)) for p in chosen]
    phases = [phase(f, now) for f in found]
    due = _due({f.due for f in found} or {one.due}, one.due, now, cohort.time_zone)
    subject = f"{desk.catalogue().course.neutral_title}: a reminder"
    body = f"Hello,\n\na piece of coursework still waits for you.{due}\nYou find it on your start page: {address}\n\nIf something hinders you, write to me; there is a way.\n"
    addresses = tuple(p.email for p in chosen if p.email)
    return Nudge(
        subject=subject,
        body=body,
        addresses=addresses,
        without_address=len(chosen) - len(addresses),
        mails=_mails(addresses, f"&subject={quote(subject)}&body={quote(body)}"),
        unopened=phases.count(Phase.NOT_OPEN),
        shut=phases.count(Phase.CLOSED),
    )


def _one(tx: Transaction, cohort_id: str, announcement_id: int) -> Announcement:
    """Raises NotFound unless it stands in this cohort."""
    one = tx.announcements.get(announcement_id)
    if one is None or one.cohort != cohort_id:
        raise NotFound(NOT_THERE)
    return one


def _words(title: str, body: str) -> tuple[str, str]:
    """Title and text, tidied. Raises Refused with what to mend."""
    title, body = " ".join(title.split()), body.strip()
    if not title or not body:
        raise Refused("An announcement needs a title and a text.")
    if len(title) > TITLE_LENGTH or len(body) > BODY_LENGTH:
        raise Refused(f"The title holds at most {TITLE_LENGTH} characters, the text {BODY_LENGTH}.")
    return title, body


def _told(one: Announcement) -> dict[str, str | None]:
    """What the audit says of it."""
    until = None if one.until is None else one.until.isoformat()
    return {"title": one.title, "text": f"{len(one.body)} characters", "until": until}


def _due(dates: Collection[datetime | None], common: datetime | None, now: datetime, zone: str) -> str:
    """When it is due, with a space before it. One text for all: whose date was moved reads that their own counts."""
    due = next(iter(dates)) if len(dates) == 1 else common
    if due is None:
        return ""
    own = " If you were given another date, yours counts." if len(dates) > 1 else ""
    return f" It {'is' if due > now else 'was'} due on {moment(due, ZoneInfo(zone))} ({zone}).{own}"


def _mails(addresses: Iterable[str], rest: str) -> tuple[str, ...]:
    found: list[str] = []
    for address in addresses:
        one = quote(address, safe="@")
        if found and len(found[-1]) + len(one) + len(rest) < MAIL_LENGTH:
            found[-1] += f",{one}"
        else:
            found.append(f"mailto:?bcc={one}")
    return tuple(f"{to}{rest}" for to in found)
