"""Invitations to a person, links and codes that many use: making and withdrawing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from course.access.permissions import Action
from course.access.roles import CohortRole, SiteRole
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people.desk import Caller, Desk, allowed, note, open_cohort
from course.storage.stores.cohorts import Cohort, Member
from course.storage.stores.invitations import Invitation, InvitationKind
from course.storage.unit_of_work import Transaction

INVITED_DAYS: Final = 30
CODE_DAYS: Final = 14
MOST_DAYS: Final = 365
MOST_USES: Final = 5000


@dataclass(frozen=True, slots=True)
class Sent:
    """A new invitation. `token` stands in its link, or is the code; it is shown now and never again."""

    id: int
    token: str
    mailed: bool = False


def invite_to_site(desk: Desk, who: Caller, role: SiteRole) -> Sent:
    """A link that gives one person a role for the site."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_ROLES)
        sent = _add(desk, tx, Invitation(0, InvitationKind.LINK, None, role.value, None, desk.clock(), _in(desk, INVITED_DAYS), 1))
        note(desk, tx, who, Action.SITE_ROLES, subject=f"invitation:{sent.id}", after={"role": role.value})
        return sent


def invite_link(desk: Desk, who: Caller, cohort_id: str, role: CohortRole, *, days: int = INVITED_DAYS, uses: int | None = 1) -> Sent:
    """A link into a cohort that anybody who has it can use. Instructors and leads get one for one person alone."""
    if not 1 <= days <= MOST_DAYS or (uses is not None and not 1 <= uses <= MOST_USES):
        raise Refused(f"A link lasts from 1 to {MOST_DAYS} days, for 1 to {MOST_USES} people.")
    if role is not CohortRole.LEARNER and uses != 1:
        raise Refused("A link for an instructor or a lead is for one person.")
    with desk.uow.write() as tx:
        _may_invite(tx, who, cohort_id)
        sent = _add(desk, tx, Invitation(0, InvitationKind.LINK, cohort_id, role.value, None, desk.clock(), _in(desk, days), uses))
        _noted(desk, tx, who, cohort_id, sent, role, None)
        return sent


def join_code(desk: Desk, who: Caller, cohort_id: str, *, days: int = CODE_DAYS) -> Sent:
    """A new code to read out in a room: whoever types it becomes a learner. The cohort's earlier code stops working."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"A code lasts from 1 to {MOST_DAYS} days.")
    code = desk.codes()
    now = desk.clock()
    with desk.uow.write() as tx:
        _may_invite(tx, who, cohort_id)
        for earlier in tx.invitations.of_cohort(cohort_id, now):
            if earlier.kind is InvitationKind.CODE:
                tx.invitations.revoke(earlier.id, now)
        made = Invitation(0, InvitationKind.CODE, cohort_id, CohortRole.LEARNER.value, None, now, _in(desk, days), MOST_USES)
        sent = Sent(tx.invitations.add(digest(plain_code(code)), made), code)
        _noted(desk, tx, who, cohort_id, sent, CohortRole.LEARNER, None)
        return sent


def invite_members(desk: Desk, who: Caller, cohort_id: str, learner_ids: Sequence[str], *, mail: bool = False) -> dict[str, Sent]:
    """A fresh link for each of these people of the roster who has not come yet; what they were sent before stops working.

    With `mail`, it is sent to those with an address, when the site can.
    """
    with desk.uow.write() as tx:
        cohort = _may_invite(tx, who, cohort_id)
        waiting = {m.learner: m for m in tx.memberships.of_cohort(cohort_id) if not m.joined}
        wanted = [waiting[i] for i in learner_ids if i in waiting]
        tx.invitations.revoke_for(cohort_id, [m.learner for m in wanted], desk.clock())
        sent = {m.learner: _invite(desk, tx, who, m) for m in wanted}
    if not mail or desk.post is None:
        return sent
    return {m.learner: replace(sent[m.learner], mailed=_mail(desk, cohort.name, m, sent[m.learner])) for m in wanted}


def invitations(desk: Desk, who: Caller, cohort_id: str) -> tuple[Invitation, ...]:
    """Links and codes into the cohort that still work, newest first."""
    with desk.uow.read() as tx:
        allowed(tx, who, Action.MEMBER_INVITE, cohort_id)
        return tx.invitations.of_cohort(cohort_id, desk.clock())


def withdraw(desk: Desk, who: Caller, cohort_id: str, number: int) -> None:
    """Let an invitation or code of the cohort work no more. Raises NotFound for any other."""
    with desk.uow.write() as tx:
        _may_invite(tx, who, cohort_id)
        if number not in {i.id for i in tx.invitations.of_cohort(cohort_id, desk.clock())}:
            raise NotFound("There is no such invitation.")
        tx.invitations.revoke(number, desk.clock())
        note(desk, tx, who, Action.MEMBER_INVITE, cohort=cohort_id, subject=f"invitation:{number}", after={"withdrawn": True})


def withdraw_from_site(desk: Desk, who: Caller, number: int) -> None:
    """Let an invitation to a role for the site work no more. Raises NotFound for any other."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_ROLES)
        if number not in {i.id for i in tx.invitations.of_site(desk.clock())}:
            raise NotFound("There is no such invitation.")
        tx.invitations.revoke(number, desk.clock())
        note(desk, tx, who, Action.SITE_ROLES, subject=f"invitation:{number}", after={"withdrawn": True})


def plain_code(code: str) -> str:
    """A code as it is compared: capitals, without what people put between letters; 0 and O, 1 and I are one."""
    bare = "".join(c for c in code.upper() if c.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))


def _may_invite(tx: Transaction, who: Caller, cohort_id: str) -> Cohort:
    allowed(tx, who, Action.MEMBER_INVITE, cohort_id)
    return open_cohort(tx, cohort_id)


def _invite(desk: Desk, tx: Transaction, who: Caller, one: Member) -> Sent:
    made = Invitation(0, InvitationKind.LINK, one.cohort, one.role.value, one.learner, desk.clock(), _in(desk, INVITED_DAYS), 1)
    sent = _add(desk, tx, made)
    _noted(desk, tx, who, one.cohort, sent, one.role, one.learner)
    return sent


def _add(desk: Desk, tx: Transaction, one: Invitation) -> Sent:
    token = desk.tokens()
    return Sent(tx.invitations.add(digest(token), one), token)


def _mail(desk: Desk, cohort: str, one: Member, sent: Sent) -> bool:
    if not one.email:
        return False
    text = f"You are invited to {cohort}. With this link you come in, once, within {INVITED_DAYS} days:\n\n{desk.link('invitation', sent.token)}\n"
    return desk.send(one.email, "An invitation", text)


def _noted(desk: Desk, tx: Transaction, who: Caller, cohort: str, sent: Sent, role: CohortRole, person: str | None) -> None:
    note(desk, tx, who, Action.MEMBER_INVITE, cohort=cohort, person=person, subject=f"invitation:{sent.id}", after={"role": role.value})


def _in(desk: Desk, days: int) -> datetime:
    return desk.clock() + timedelta(days=days)
