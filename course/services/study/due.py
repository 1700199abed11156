"""What is due for a learner and what their cohorts are told, as their home shows it; their dates for a calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

from course.access.assignments import Item, ItemKind
from course.access.session_cookie import digest
from course.access.windows import Phase, in_words, locked_behind, moment, phase
from course.content.model import Catalogue
from course.errors import NotFound
from course.interop.calendar import Date, write
from course.services.study.assigned import Due, assigned, item_title
from course.services.study.desk import Desk, LearnerId, known
from course.services.study.standing import Standing
from course.services.study.views import AnnouncementView, DueItem, DueView
from course.storage.unit_of_work import Transaction

KEPT: Final = timedelta(days=14)
"""What closed undone, or is done, stays in the list so long."""


def due_list(catalogue: Catalogue, found: Standing, zone: tzinfo) -> tuple[DueView, ...]:
    """What the learner's instructors assigned and is open to them, soonest due first; what is not open yet stays hidden."""
    views = ((d, due_view(catalogue, d, found.done, found.now, zone)) for d in found.assigned.dues)
    return tuple(view for due, view in views if view.phase is not Phase.NOT_OPEN and not _is_past(due, found.now))


def due_view(catalogue: Catalogue, due: Due, done: Collection[Item], now: datetime, zone: tzinfo) -> DueView:
    """One assignment as this learner sees it now."""
    one, rules = due.assignment, due.rules
    when = phase(rules, now)
    finished = when in (Phase.LATE, Phase.CLOSED) and all(item in done for item in one.items)
    return DueView(
        id=one.id,
        title=one.title,
        cohort=due.cohort_name,
        phase=when,
        due=rules.due,
        words=(f"It was due on {moment(rules.due or rules.last_moment, zone)}.",) if finished else in_words(rules, now, zone),
        items=tuple(DueItem(i.kind, i.id, item_title(catalogue, i), i in done, _locked(catalogue, due, i, done)) for i in one.items),
        extended=rules.extended,
    )


def announcements(tx: Transaction, learner: LearnerId | None, now: datetime) -> tuple[AnnouncementView, ...]:
    """What the learner's cohorts are told now, newest first."""
    told = tx.announcements.for_learner(learner, now) if learner is not None else ()
    names = {c.id: c.name for c in tx.cohorts.some({a.cohort for a in told})} if told else {}
    return tuple(AnnouncementView(names.get(a.cohort, ""), a.title, a.body, a.at) for a in told)


def make_calendar(desk: Desk, learner: LearnerId, token: str) -> None:
    """From now on this token alone shows the learner's dates; earlier addresses stop working."""
    with desk.uow.write() as tx:
        known(tx, learner)
        tx.calendars.add(digest(token), learner, desk.clock())


def drop_calendar(desk: Desk, learner: LearnerId) -> None:
    """No address shows the learner's dates any more."""
    with desk.uow.write() as tx:
        known(tx, learner)
        tx.calendars.revoke(learner, desk.clock())


def has_calendar(desk: Desk, learner: LearnerId | None) -> bool:
    """Whether an address shows the learner's dates."""
    with desk.uow.read() as tx:
        return learner is not None and tx.calendars.has(learner)


def calendar(desk: Desk, token: str, host: str) -> bytes:
    """The dates of whoever this token belongs to, without a word of what the course is about. Raises NotFound for any other token."""
    catalogue, now = desk.catalogue(), desk.clock()
    with desk.uow.read() as tx:
        learner = tx.calendars.learner_of(digest(token))
        if learner is None:
            raise NotFound("There is no such calendar.")
        dues = assigned(tx, catalogue, learner).dues
        changed = tx.assignments.changed_at(d.assignment.id for d in dues)
    dates = (date for due in dues for date in _dates(due, now, changed[due.assignment.id]))
    return write(dates, title=catalogue.course.neutral_title, host=host)


def _dates(due: Due, now: datetime, changed: datetime) -> Iterator[Date]:
    """Titles that instructors write may name the topic: a calendar shows on other people's screens, so it says "work" alone."""
    if phase(due.rules, now) in (Phase.NOT_YOURS, Phase.EXEMPT):
        return
    one = due.assignment
    if due.rules.opens is not None and due.rules.opens > now:
        yield Date(f"{one.id}-opens", due.rules.opens, "Coursework opens", "", changed)
    if due.rules.due is not None:
        yield Date(f"{one.id}-due", due.rules.due, "Coursework due", "", changed)
    if due.rules.last_moment is not None and due.rules.last_moment != due.rules.due:
        yield Date(f"{one.id}-closes", due.rules.last_moment, "Coursework closes", "", changed)


def _is_past(due: Due, now: datetime) -> bool:
    last = due.rules.last_moment or due.rules.due
    return last is not None and now - last > KEPT


def _locked(catalogue: Catalogue, due: Due, item: Item, done: Collection[Item]) -> str:
    before = locked_behind(due.assignment, item, done)
    if before is None:
        return ""
    what = "Finish" if before.kind is ItemKind.MODULE else "Hand in"
    return f"{what} “{item_title(catalogue, before)}” first."
