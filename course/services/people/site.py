"""The site's admin: who has an account, roles for the site, new passwords, disabling, erasing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.access.permissions import NOT_THERE, Action
from course.access.roles import SiteRole
from course.errors import NotFound, Refused
from course.services.people import accounts, guests, resetting
from course.services.people.accounts import Credentials
from course.services.people.desk import Caller, Desk, allowed, locked, note
from course.storage.stores.accounts import Account, Known
from course.storage.stores.audit import Via
from course.storage.stores.invitations import Invitation
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class SiteView:
    """Everybody with an account, and invitations to a role for the site that still work."""

    people: tuple[Known, ...]
    invitations: tuple[Invitation, ...]


def people(desk: Desk, who: Caller) -> SiteView:
    with desk.uow.read() as tx:
        allowed(tx, who, Action.SITE_PEOPLE)
        return SiteView(tx.accounts.everybody(), tx.invitations.of_site(desk.clock()))


def add(desk: Desk, who: Caller, login: str, *, name: str = "", email: str = "", role: SiteRole | None = None) -> tuple[str, str]:
    """An account without a password, for somebody who has none: the person's id, and the token of a link to set one."""
    now = desk.clock()
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_ROLES)
        made = Learner(desk.ids(), now)
        tx.people.add(made)
        accounts.make(desk, tx, made.id, Credentials(login, "", name, email), None)
        if role is not None:
            tx.roles.grant(made.id, role, now)
        note(desk, tx, who, Action.SITE_PEOPLE, person=made.id, after={"account": "made", "role": role.value if role else None})
        return made.id, resetting.reset_link(desk, tx, made.id)


def set_role(desk: Desk, who: Caller, learner_id: str, role: SiteRole, *, has: bool) -> None:
    """Give somebody with an account a role for the site, or take it back.

    Raises:
        Refused: there would be no admin left.
    """
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_ROLES)
        locked(tx, learner_id)
        _account(tx, learner_id)
        before = role in tx.roles.actor(learner_id).site
        if before == has:
            return
        if has:
            tx.roles.grant(learner_id, role, desk.clock())
        else:
            tx.roles.withdraw(learner_id, role)
            _keeps_an_admin(tx)
        note(desk, tx, who, Action.SITE_ROLES, person=learner_id, before={role.value: before}, after={role.value: has})


def reset_link(desk: Desk, who: Caller, learner_id: str) -> str:
    """A token with which somebody sets a new password, once, within 24 hours."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_RESET)
        found = _account(tx, learner_id)
        if found.disabled_at is not None:
            raise Refused("This account is disabled. Enable it first.")
        note(desk, tx, who, Action.SITE_RESET, person=learner_id)
        return resetting.reset_link(desk, tx, learner_id)


def disable(desk: Desk, who: Caller, learner_id: str, *, undo: bool = False) -> None:
    """Let somebody sign in no more, and end their sessions; or (`undo`) let them again.

    Raises:
        Refused: there would be no admin left.
    """
    now = desk.clock()
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_DISABLE)
        locked(tx, learner_id)
        before = _account(tx, learner_id)
        if (before.disabled_at is None) == undo:
            return
        tx.accounts.save(replace(before, disabled_at=None if undo else now))
        if not undo:
            tx.sessions.revoke_all(learner_id, now)
            _keeps_an_admin(tx)
        note(desk, tx, who, Action.SITE_DISABLE, person=learner_id, before={"disabled": undo}, after={"disabled": not undo})


def erase(desk: Desk, who: Caller, learner_id: str) -> int:
    """Remove everything that is stored about somebody; how many rows there were. Raises Refused while they hold a role over others."""
    with desk.uow.write() as tx:
        allowed(tx, who, Action.SITE_ERASE)
        locked(tx, learner_id)
        note(desk, tx, who, Action.SITE_ERASE)
        return guests.erased(tx, learner_id)


def export(desk: Desk, who: Caller, learner_id: str) -> Mapping[str, Any]:
    """Everything stored about somebody, for them: on the command line alone, since an admin reads nobody's answers.

    Raises:
        NotFound: anywhere else.
    """
    if who.via is not Via.COMMAND:
        raise NotFound(NOT_THERE)
    with desk.uow.write() as tx:
        note(desk, tx, who, Action.OWN_EXPORT, person=learner_id)
    return guests.export(desk, learner_id)


def find(desk: Desk, who: Caller, typed: str) -> str:
    """The id of the one person with this sign-in name, address or id.

    Raises:
        NotFound: nobody, or more than one.
    """
    with desk.uow.read() as tx:
        allowed(tx, who, Action.SITE_PEOPLE)
        if tx.people.get(typed) is not None:
            return typed
        by_login = tx.accounts.by_login(accounts.fold(typed))
        ids = {by_login.learner} if by_login else {a.learner for a in tx.accounts.by_email(typed.strip().casefold())}
    if len(ids) != 1:
        raise NotFound(f"There is {'nobody' if not ids else 'more than one person'} with the name or address {typed}. Use the person's id.")
    return ids.pop()


def _account(tx: Transaction, learner_id: str) -> Account:
    found = tx.accounts.get(learner_id)
    if found is None:
        raise NotFound("There is no such account.")
    return found


def _keeps_an_admin(tx: Transaction) -> None:
    if not tx.accounts.any_admin():
        raise Refused("The site needs an admin who can sign in. Make another person one first.")
