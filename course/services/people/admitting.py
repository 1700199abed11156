"""How invited people come in: what a link or code leads to, and accepting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from course.access.permissions import Action
from course.access.roles import CohortRole, SiteRole
from course.access.session_cookie import digest
from course.errors import Refused
from course.services.people import accounts, signing
from course.services.people.accounts import Credentials
from course.services.people.desk import Caller, Desk, in_turn, known, locked, note, open_cohort, the_cohort
from course.services.people.inviting import plain_code
from course.services.people.merging import merge
from course.services.people.passwords import good
from course.storage.stores.cohorts import Member
from course.storage.stores.invitations import Invitation, InvitationKind
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

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
        signing.take_over(desk, tx, old_token, person, bring=bring)
        _admit(desk, tx, found, person)
        signing.open_session(tx, person, new_token, now, agent)
        return known(tx, person)


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
