"""The first admin: a link that is printed where the course was started makes the account, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from course.access.permissions import Action
from course.access.roles import SiteRole
from course.access.session_cookie import digest
from course.errors import Refused
from course.services.people import accounts, signing
from course.services.people.accounts import Credentials
from course.services.people.desk import Caller, Desk, hashed, known, note
from course.services.people.passwords import good
from course.storage.stores.accounts import Purpose
from course.storage.stores.people import Learner

FIRST_ADMIN_HOURS: Final = 24


def link(desk: Desk) -> str | None:
    """A token with which the first admin makes their account, once, within 24 hours. None when there is an admin."""
    token, now = desk.tokens(), desk.clock()
    with desk.uow.write() as tx:
        if tx.accounts.any_admin():
            return None
        tx.one_time_links.add(digest(token), Purpose.FIRST_ADMIN, now, now + timedelta(hours=FIRST_ADMIN_HOURS))
    return token


def become(desk: Desk, link: str, given: Credentials, new_token: str, *, agent: str | None, old_token: str | None = None) -> Learner:
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
        signing.take_over(desk, tx, old_token, made.id, bring=True)
        signing.open_session(tx, made.id, new_token, now, agent)
        note(desk, tx, Caller(made.id), Action.SITE_ROLES, person=made.id, after={"role": SiteRole.ADMIN.value})
        return known(tx, made.id)
