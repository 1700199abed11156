"""How people come in: the first admin's link, invitations to a person, links and codes that many use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from course.access.permissions import Action
from course.access.roles import CohortRole, SiteRole
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people import accounts
from course.services.people.accounts import Credentials
from course.services.people.desk import Caller, Desk, allowed, hashed, in_turn, known, locked, note, open_cohort, the_cohort
from course.services.people.merging import merge
from course.services.people.passwords import good
from course.storage.stores.accounts import Purpose
from course.storage.stores.cohorts import Cohort, Member
from course.storage.stores.invitations import Invitation, InvitationKind
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

FIRST_ADMIN_HOURS: Final = 24
INVITED_DAYS: Final = 30
CODE_DAYS: Final = 14
MOST_DAYS: Final = 365
MOST_USES: Final = 5000
CODES: Final = 300
"""Codes that may be typed from one address in 15 minutes: a school has one address, and a code 50 bits."""
_NO_MORE: Final = "This invitation does not work any more: it was used, withdrawn, or is too old. Ask whoever sent it for another one."
_NO_CODE: Final = "There is no such code, or it is too old. Check it, or ask your instructor for another one."


@dataclass(frozen=True, slots=True)
class Welcome:
    """What somebody reads before they accept. `to`: the cohort's name or the role's; `email`: the roster's, to sign in with."""

    to: str
    role: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A new invitation. `token` stands in its link, or is the code; it is shown now and never again."""

    id: int
    token: str
    mailed: bool = False


def first_admin_link(desk: Desk) -> str | None:
    """A token with which the first admin makes their account, once, within 24 hours. None when there is an admin."""
    token, now = desk.tokens(), desk.clock()
    with desk.uow.write() as tx:
        if tx.accounts.any_admin():
            return None
        tx.one_time_links.add(digest(token), Purpose.FIRST_ADMIN, now, now + timedelta(hours=FIRST_ADMIN_HOURS))
    return token


def become_first_admin(
    desk: Desk, link: str, given: Credentials, new_token: str, *, agent: str | None, old_token: str | None = None
) -> Learner:
    """Use the first link up: an account with the role admin, signed in.

    Raises:
        Refused: the link is unknown, used or too old, there is an admin by now, or what was typed cannot be an account.
    """
    accounts.fold(given.login)
    password_hash = desk.passwords.hash(good(given.password, given.login))
    now = desk.clock()
    with desk.uow.write() as tx:
        tx.rates.hit(hashed("first admin"), now, timedelta(days=1))  # held until the end: two links at once make one admin
        fresh, _ = tx.one_time_links.use(digest(link), Purpose.FIRST_ADMIN, now)
        if not fresh or tx.accounts.any_admin():
            raise Refused("This link does not work any more. Start the course again: it prints a new one while there is no admin.")
        made = Learner(desk.ids(), now)
        tx.people.add(made)
        accounts.make(desk, tx, made.id, given, password_hash)
        tx.roles.grant(made.id, SiteRole.ADMIN, now)
        accounts.take_over(desk, tx, old_token, made.id, bring=True)
        accounts.open_session(tx, made.id, new_token, now, agent)
        note(desk, tx, Caller(made.id), Action.SITE_ROLES, person=made.id, after={"role": SiteRole.ADMIN.value})
        return known(tx, made.id)


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


def welcome(desk: Desk, token: str) -> Welcome:
    """What a link or code leads to, before it is used. Raises Refused when it leads nowhere."""
    with desk.uow.read() as tx:
        found = tx.invitations.peek(digest(token))
        if found is None or not found.is_open(desk.clock()):
            raise Refused(_NO_MORE)
        if found.cohort is None:
            return Welcome("the site", found.role)
        cohort = the_cohort(tx, found.cohort)
        if cohort.archived_at is not None:
            raise Refused(_NO_MORE)
        named = tx.memberships.get(cohort.id, found.learner) if found.learner else None
        if found.learner and named is None:
            raise Refused(_NO_MORE)
        return Welcome(cohort.name, found.role, (named.name or "") if named else "", (named.email or "") if named else "")


def look_up_code(desk: Desk, code: str, *, address: str) -> str:
    """The token of a typed code. Raises Refused when there is none such, or after too many tries."""
    in_turn(desk, {f"code from {address}": CODES})
    token = plain_code(code)
    with desk.uow.read() as tx:
        found = tx.invitations.peek(digest(token))
        if found is None or found.kind is not InvitationKind.CODE or not found.is_open(desk.clock()):
            raise Refused(_NO_CODE)
    return token


def accept(desk: Desk, token: str, learner_id: str) -> Learner:
    """Somebody who is signed in accepts. The person the roster named becomes part of them.

    Raises:
        Refused: the invitation does not work any more, or its person has an account of their own.
    """
    with desk.uow.write() as tx:
        found = _use(desk, tx, token)
        locked(tx, learner_id)
        if tx.accounts.get(learner_id) is None:
            raise Refused("Sign in first, or make an account.")
        return _admit(desk, tx, found, learner_id)


def accept_as_new(
    desk: Desk, token: str, given: Credentials, new_token: str, *, agent: str | None, old_token: str | None, bring: bool
) -> Learner:
    """Somebody without an account accepts: they get one, and are signed in. With `bring`, the guest in this browser is them.

    Raises:
        Refused: the invitation does not work any more, or what was typed cannot be an account.
    """
    accounts.fold(given.login)
    password_hash = desk.passwords.hash(good(given.password, given.login))
    now = desk.clock()
    with desk.uow.write() as tx:
        found = _use(desk, tx, token)
        person = found.learner
        if person is None:
            person = desk.ids()
            tx.people.add(Learner(person, now))
        accounts.make(desk, tx, person, given, password_hash)
        accounts.take_over(desk, tx, old_token, person, bring=bring)
        _admit(desk, tx, found, person)
        accounts.open_session(tx, person, new_token, now, agent)
        return known(tx, person)


def plain_code(code: str) -> str:
    """A code as it is compared: capitals, without what people put between letters; 0 and O, 1 and I are one."""
    bare = "".join(c for c in code.upper() if c.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))


def _use(desk: Desk, tx: Transaction, token: str) -> Invitation:
    found = tx.invitations.find(digest(token))
    if found is None or not found.is_open(desk.clock()):
        raise Refused(_NO_MORE)
    tx.invitations.used(found.id)
    return found


def _admit(desk: Desk, tx: Transaction, found: Invitation, person: str) -> Learner:
    """Give the person what the invitation promises."""
    now, who = desk.clock(), Caller(person)
    if found.cohort is None:
        tx.roles.grant(person, SiteRole(found.role), now)
        note(desk, tx, who, Action.SITE_ROLES, person=person, subject=f"invitation:{found.id}", after={"role": found.role})
        return known(tx, person)
    open_cohort(tx, found.cohort)
    named = tx.memberships.get(found.cohort, found.learner) if found.learner else None
    if found.learner and named is None:
        raise Refused(_NO_MORE)
    if found.learner and found.learner != person:
        merge(desk, tx, found.learner, person)
    present = tx.memberships.get(found.cohort, person, past=True)
    role = CohortRole(found.role)
    if named is not None:
        role = named.role if present is None or present.removed_at else present.role
        tx.memberships.put(replace(named, learner=person, role=role, removed_at=None))
    elif present is None or present.removed_at is not None:
        tx.memberships.put(Member(found.cohort, person, role, now))
    elif present.role is CohortRole.LEARNER:
        tx.memberships.put(replace(present, role=role))
    note(desk, tx, who, Action.MEMBER_ADD, cohort=found.cohort, person=person, subject=f"invitation:{found.id}", after={"role": role.value})
    return known(tx, person)


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
