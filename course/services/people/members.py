"""Who is in a cohort: adding, removing, moving, changing roles and extra time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from course.access.permissions import Action
from course.access.roles import CohortRole
from course.errors import NotFound, Refused
from course.services.people.accounts import an_address
from course.services.people.desk import Caller, Desk, allowed, locked, note, open_cohort, tidy
from course.services.people.more_time import reach_running
from course.services.people.pressing import made_id
from course.storage.stores.cohorts import Member
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

LEAST_TIME: Final = 1.0
MOST_TIME: Final = 5.0


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """The factor that holds for people now. `running`: attempts of theirs under way that end later because of it."""

    extra_time: float
    running: int


def members(desk: Desk, who: Caller, cohort_id: str, *, past: bool = False) -> tuple[Member, ...]:
    """Everybody in the cohort, by name; with `past` those who were removed too."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.MEMBER_LIST, cohort_id)
        return tx.memberships.of_cohort(cohort_id, past=past)


def add(
    desk: Desk, who: Caller, cohort_id: str, *, name: str, email: str = "", role: CohortRole = CohortRole.LEARNER, key: str = ""
) -> Member:
    """Name somebody who is to come: they are in the cohort now and come in with an invitation. The same `key` again gives the
    person whom it made; without one, people of the same name are several.

    Raises:
        Refused: no name, an odd address, or one that somebody in the cohort has.
    """
    clean, address = tidy(name), an_address(email)
    if not clean:
        raise Refused("Write the person's name.")
    new_id = made_id(who.learner, key, "member", cohort_id, clean, address, role.value) if key else desk.ids()
    with desk.uow.write() as tx:
        allowed(tx, who, Action.MEMBER_ADD, cohort_id)
        open_cohort(tx, cohort_id)
        if key and (there := tx.memberships.get(cohort_id, new_id, past=True)) is not None:
            return there
        if address and any(m.email == address for m in tx.memberships.of_cohort(cohort_id)):
            raise Refused(f"Somebody with the address {address} is in the cohort already.")
        return put_new(desk, tx, who, Member(cohort_id, new_id, role, desk.clock(), listed=clean, email=address, name=clean))


def put_new(desk: Desk, tx: Transaction, who: Caller, one: Member, extra_time: float = 1.0) -> Member:
    """A profile for somebody a roster names, and their membership."""
    tx.people.add(Learner(one.learner, one.since, one.listed, extra_time=extra_time))
    tx.memberships.put(one)
    note(desk, tx, who, Action.MEMBER_ADD, cohort=one.cohort, person=one.learner, after={"role": one.role.value})
    return one


def remove(desk: Desk, who: Caller, cohort_id: str, learner_ids: Sequence[str]) -> int:
    """Take people out of the cohort; what they did is kept, and they see nothing of it any more. How many there were.

    Raises:
        Refused: nobody would be left to instruct it.
    """
    with desk.uow.write() as tx:
        allowed(tx, who, Action.MEMBER_REMOVE, cohort_id)
        open_cohort(tx, cohort_id)
        found = [m for i in dict.fromkeys(learner_ids) if (m := tx.memberships.get(cohort_id, i)) is not None]
        _keeps_an_instructor(tx, cohort_id, without=[m.learner for m in found])
        for one in found:
            _out(desk, tx, who, one, Action.MEMBER_REMOVE)
        return len(found)


def leave(desk: Desk, who: Caller, cohort_id: str) -> None:
    """Leave the cohort oneself."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.COHORT_LEAVE, cohort_id, who.learner)
        open_cohort(tx, cohort_id)
        _out(desk, tx, who, _there(tx, cohort_id, who.learner or ""), Action.COHORT_LEAVE)


def set_role(desk: Desk, who: Caller, cohort_id: str, learner_ids: Sequence[str], role: CohortRole) -> int:
    """Make people of the cohort learners, instructors or leads: all of them, or nobody. How many changed."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.MEMBER_ROLE, cohort_id)
        open_cohort(tx, cohort_id)
        found = [m for i in dict.fromkeys(learner_ids) if (m := _there(tx, cohort_id, i)).role is not role]
        for before in found:
            if role is not CohortRole.LEARNER and not before.joined:
                raise Refused("Somebody becomes an instructor or a lead after they have come in. Invite them with that role instead.")
            if before.role is CohortRole.INSTRUCTOR:
                _keeps_an_instructor(tx, cohort_id, without=[before.learner])
            tx.memberships.put(replace(before, role=role))
            old, new = {"role": before.role.value}, {"role": role.value}
            note(desk, tx, who, Action.MEMBER_ROLE, cohort=cohort_id, person=before.learner, before=old, after=new)
        return len(found)


def transfer(desk: Desk, who: Caller, cohort_id: str, to: str, learner_ids: Sequence[str]) -> int:
    """Move learners into another cohort, with what its roster said of them. How many moved. The audit of neither names the other.

    Raises:
        NotFound, NotAllowed: the actor may not, in one of the two.
        Refused: one of them is archived, or both are the same.
    """
    if cohort_id == to:
        raise Refused("They are in that cohort already.")
    with desk.uow.write() as tx:
        for place in sorted((cohort_id, to)):
            allowed(tx, who, Action.MEMBER_TRANSFER, place)
        for place in sorted((cohort_id, to)):
            open_cohort(tx, place)
        found = [m for i in dict.fromkeys(learner_ids) if (m := tx.memberships.get(cohort_id, i)) and m.role is CohortRole.LEARNER]
        for one in found:
            _out(desk, tx, who, one, Action.MEMBER_TRANSFER, {"moved": "to another cohort"})
            there = tx.memberships.get(to, one.learner)
            if there is None:
                tx.memberships.put(replace(one, cohort=to, since=desk.clock(), removed_at=None))
            moved = {"role": one.role.value, "moved": "from another cohort"}
            note(desk, tx, who, Action.MEMBER_TRANSFER, cohort=to, person=one.learner, after=moved)
        return len(found)


def set_extra_time(desk: Desk, who: Caller, cohort_id: str, learner_ids: Sequence[str], factor: float) -> ExtraTime:
    """Multiply every time limit of these people, in all cohorts. An attempt that runs gets a later end, never an earlier one.

    Raises:
        Refused: the factor lies outside of 1 to 5.
    """
    if not math.isfinite(factor) or not LEAST_TIME <= factor <= MOST_TIME:
        raise Refused(f"Extra time is a factor from {LEAST_TIME:g} (none) to {MOST_TIME:g}; 1.25 is a quarter more.")
    with desk.uow.write() as tx:
        allowed(tx, who, Action.MEMBER_EXTRA_TIME, cohort_id)
        open_cohort(tx, cohort_id)
        running = 0
        for learner_id in sorted(set(learner_ids)):
            _there(tx, cohort_id, learner_id)
            before = locked(tx, learner_id)
            if before.extra_time != factor:
                tx.people.save(replace(before, extra_time=factor))
                old, new = {"factor": before.extra_time}, {"factor": factor}
                note(desk, tx, who, Action.MEMBER_EXTRA_TIME, cohort=cohort_id, person=learner_id, before=old, after=new)
            running += reach_running(desk, tx, who, learner_id, factor, cohort_id)
        return ExtraTime(factor, running)


def person(desk: Desk, who: Caller, cohort_id: str, learner_id: str) -> Member:
    """One person of the cohort. Raises NotFound when they are not in it."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.MEMBER_LIST, cohort_id)
        return _there(tx, cohort_id, learner_id)


def _there(tx: Transaction, cohort_id: str, learner_id: str) -> Member:
    found = tx.memberships.get(cohort_id, learner_id)
    if found is None:
        raise NotFound("There is nobody like that in the cohort.")
    return found


def _out(desk: Desk, tx: Transaction, who: Caller, one: Member, action: Action, after: Mapping[str, str] | None = None) -> None:
    now = desk.clock()
    tx.memberships.put(replace(one, removed_at=now))
    tx.memberships.leave_groups(one.cohort, one.learner)
    tx.invitations.revoke_for(one.cohort, [one.learner], now)
    note(desk, tx, who, action, cohort=one.cohort, person=one.learner, before={"role": one.role.value}, after=after)


def _keeps_an_instructor(tx: Transaction, cohort_id: str, *, without: Sequence[str]) -> None:
    staff = {m.learner for m in tx.memberships.of_cohort(cohort_id) if m.role is CohortRole.INSTRUCTOR}
    if staff and not staff - set(without):
        raise Refused("Somebody has to instruct the cohort. Make another person its instructor first.")
