"""Cohorts: making, renaming, archiving and copying them, and their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from course.access.assignments import Assignment, TargetKind, as_data, moved
from course.access.permissions import Action, may
from course.access.roles import CohortRole
from course.errors import NotFound, Refused
from course.services.people.desk import Caller, Desk, a_zone, acting, allowed, locked, note, open_cohort, the_cohort, tidy
from course.services.people.pressing import made_id
from course.storage.stores.cohorts import Cohort, Group, Member
from course.storage.unit_of_work import Transaction

NAME_LENGTH = 120
MOST_DAYS: Final = 3_660
"""How far a copy may move dates: ten years."""


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort in a list: with the reader's own role (None: an admin from outside) and how many hold each role."""

    cohort: Cohort
    role: CohortRole | None
    sizes: Mapping[CohortRole, int]


def create(desk: Desk, who: Caller, name: str, *, zone: str = "UTC", key: str = "") -> Cohort:
    """A new cohort; whoever makes it instructs it. The same `key` again gives the one that it made; without one each call makes one."""
    name, zone = _a_name(name), a_zone(zone)
    new_id = made_id(who.learner, key, "cohort", name) if key else desk.ids()
    with desk.uow.write() as tx:
        allowed(tx, who, Action.COHORT_CREATE)
        return _made(tx, who, new_id) or _new(desk, tx, who, new_id, name, zone, {}, Action.COHORT_CREATE)


def mine(desk: Desk, who: Caller, *, everybodys: bool = False) -> tuple[CohortView, ...]:
    """The cohorts the person is in, by name, archived ones last; with `everybodys` all there are, for an admin."""
    with desk.uow.read() as tx:
        actor = acting(tx, who)
        if everybodys:
            allowed(tx, who, Action.SITE_COHORTS)
        found = tx.cohorts.every() if everybodys else tx.cohorts.some(actor.cohorts)
        counting = {c.id for c in found if may(actor, Action.MEMBER_LIST, cohort=c.id)}
        sizes = tx.cohorts.sizes(counting)
        views = [CohortView(c, actor.role_in(c.id), sizes.get(c.id, {})) for c in found]
    return tuple(sorted(views, key=lambda v: v.cohort.archived_at is not None))


def one(desk: Desk, who: Caller, cohort_id: str) -> Cohort:
    """Raises NotFound when it does not exist, or not for this person."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.COHORT_VIEW, cohort_id)
        return the_cohort(tx, cohort_id)


def edit(desk: Desk, who: Caller, cohort_id: str, *, name: str, zone: str) -> Cohort:
    """Another name and time zone."""
    return _change(desk, who, cohort_id, Action.COHORT_EDIT, name=_a_name(name), time_zone=a_zone(zone))


def set_settings(desk: Desk, who: Caller, cohort_id: str, **settings: Any) -> Cohort:
    """Store these settings over those of the same name; None removes one."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.COHORT_EDIT, cohort_id)
        before = open_cohort(tx, cohort_id)
        kept = {k: v for k, v in {**before.settings, **settings}.items() if v is not None}
        after = replace(before, settings=kept)
        tx.cohorts.save(after)
        changed = {k: v for k, v in settings.items() if before.settings.get(k) != v}
        if changed:
            old = {k: before.settings.get(k) for k in changed}
            note(desk, tx, who, Action.COHORT_EDIT, cohort=cohort_id, subject="settings", before=old, after=changed)
        return after


def archive(desk: Desk, who: Caller, cohort_id: str, *, undo: bool = False) -> Cohort:
    """Put the cohort away: it can be read and nothing in it changes. `undo` takes it back."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.COHORT_ARCHIVE, cohort_id)
        before = tx.cohorts.lock(cohort_id) or the_cohort(tx, cohort_id)
        if (before.archived_at is None) == undo:
            return before
        after = replace(before, archived_at=None if undo else desk.clock())
        tx.cohorts.save(after)
        note(desk, tx, who, Action.COHORT_ARCHIVE, cohort=cohort_id, before={"archived": undo}, after={"archived": not undo})
        return after


@dataclass(frozen=True, slots=True)
class Copied:
    """An assignment and what becomes of it in a copy; `after` None: it goes to single people alone, so nothing."""

    before: Assignment
    after: Assignment | None


def copied(desk: Desk, who: Caller, cohort_id: str, days: int) -> tuple[Copied, ...]:
    """What a copy of the cohort would have assigned, everything `days` later."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.COHORT_COPY, cohort_id)
        return _copied(tx, the_cohort(tx, cohort_id), days)


def copy(desk: Desk, who: Caller, cohort_id: str, name: str, *, days: int | None = None, key: str = "") -> Cohort:
    """A new cohort with the settings and the empty groups of this one, and nobody in it but whoever copies: they instruct it.

    `days`: its assignments too, so many days later; None: without them. Extensions, exemptions and grades stay behind.
    The same `key` again gives the copy that it made.
    """
    name = _a_name(name)
    new_id = made_id(who.learner, key, "copy", cohort_id, name, days) if key else desk.ids()
    if days is not None and abs(days) > MOST_DAYS:
        raise Refused(f"Dates move by at most {MOST_DAYS} days.")
    with desk.uow.write() as tx:
        allowed(tx, who, Action.COHORT_COPY, cohort_id)
        old = the_cohort(tx, cohort_id)
        if (there := _made(tx, who, new_id)) is not None:
            return there
        made = _new(desk, tx, who, new_id, name, old.time_zone, old.settings, Action.COHORT_COPY, subject=f"cohort:{old.id}")
        fresh: dict[str, str] = {}
        for group in tx.cohorts.groups(cohort_id):
            fresh[group.id] = desk.ids()
            tx.cohorts.add_group(Group(fresh[group.id], made.id, group.name))
        for one in () if days is None else _copied(tx, old, days):
            if one.after is not None:
                targets = tuple(replace(t, id=fresh.get(t.id, "")) for t in one.after.targets)
                handed = replace(one.after, id=desk.ids(), cohort=made.id, targets=targets)
                tx.assignments.add(handed, desk.clock())
                note(desk, tx, who, Action.COHORT_COPY, cohort=made.id, subject=f"assignment:{handed.id}", after=as_data(handed))
        return made


def groups(desk: Desk, who: Caller, cohort_id: str) -> tuple[Group, ...]:
    """The cohort's groups with their members."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.MEMBER_LIST, cohort_id)
        return tx.cohorts.groups(cohort_id)


def set_group(desk: Desk, who: Caller, cohort_id: str, name: str, members: Sequence[str], *, group_id: str | None = None) -> Group:
    """A new group, or (`group_id`) another name and other members for one.

    Raises:
        Refused: the name is taken, or somebody is not in the cohort.
    """
    name = _a_name(name)
    with desk.uow.write() as tx:
        allowed(tx, who, Action.GROUP_EDIT, cohort_id)
        open_cohort(tx, cohort_id)
        present = tx.cohorts.groups(cohort_id)
        old = next((g for g in present if g.id == group_id), None)
        if group_id is not None and old is None:
            raise NotFound("There is no such group.")
        if any(g.name.casefold() == name.casefold() and g.id != group_id for g in present):
            raise Refused(f"There is a group {name} already.")
        if not set(members) <= {m.learner for m in tx.memberships.of_cohort(cohort_id)}:
            raise Refused("Only people of the cohort can be in its groups.")
        group = Group(group_id or desk.ids(), cohort_id, name, tuple(sorted(set(members))))
        if old is None:
            tx.cohorts.add_group(group)
        else:
            tx.cohorts.set_group(group)
        note(
            desk,
            tx,
            who,
            Action.GROUP_EDIT,
            cohort=cohort_id,
            subject=f"group:{group.id}",
            before=None if old is None else {"name": old.name, "people": len(old.members)},
            after={"name": name, "people": len(group.members)},
        )
        return group


def drop_group(desk: Desk, who: Caller, cohort_id: str, group_id: str) -> None:
    """Remove a group; its people stay in the cohort."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.GROUP_EDIT, cohort_id)
        open_cohort(tx, cohort_id)
        old = next((g for g in tx.cohorts.groups(cohort_id) if g.id == group_id), None)
        if old is None:
            raise NotFound("There is no such group.")
        tx.cohorts.drop_group(group_id)
        note(desk, tx, who, Action.GROUP_EDIT, cohort=cohort_id, subject=f"group:{group_id}", before={"name": old.name})


def _copied(tx: Transaction, cohort: Cohort, days: int) -> tuple[Copied, ...]:
    """People stay behind, so what goes to single people loses them."""
    zone, found = ZoneInfo(cohort.time_zone), []
    for one in tx.assignments.of_cohort(cohort.id):
        kept = tuple(t for t in one.targets if t.kind is not TargetKind.PERSON)
        found.append(Copied(one, replace(moved(one, days, zone), targets=kept) if kept else None))
    return tuple(found)


def _made(tx: Transaction, who: Caller, new_id: str) -> Cohort | None:
    """The cohort that this press has made before. Two at once take turns at the row of whoever presses."""
    if who.learner is not None:
        locked(tx, who.learner)
    return tx.cohorts.get(new_id)


def _new(
    desk: Desk,
    tx: Transaction,
    who: Caller,
    new_id: str,
    name: str,
    zone: str,
    settings: Mapping[str, Any],
    action: Action,
    subject: str | None = None,
) -> Cohort:
    now = desk.clock()
    made = Cohort(new_id, name, now, zone, settings)
    tx.cohorts.add(made)
    if who.learner is not None:
        tx.memberships.put(Member(made.id, who.learner, CohortRole.INSTRUCTOR, now))
    note(desk, tx, who, action, cohort=made.id, subject=subject, after={"name": name, "time_zone": zone})
    return made


def _change(desk: Desk, who: Caller, cohort_id: str, action: Action, **values: Any) -> Cohort:
    with desk.uow.write() as tx:
        allowed(tx, who, action, cohort_id)
        before = open_cohort(tx, cohort_id)
        after = replace(before, **values)
        changed = [k for k in values if getattr(before, k) != getattr(after, k)]
        if changed:
            tx.cohorts.save(after)
            old, new = ({k: getattr(c, k) for k in changed} for c in (before, after))
            note(desk, tx, who, action, cohort=cohort_id, before=old, after=new)
        return after


def _a_name(name: str) -> str:
    clean = tidy(name, NAME_LENGTH)
    if not clean:
        raise Refused("Give it a name.")
    return clean
