"""Another password: by the person who knows the old one, or with a link that works once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from course.access.permissions import Action
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people.accounts import LOGIN_LENGTH
from course.services.people.desk import Caller, Desk, in_turn, locked, note
from course.services.people.passwords import good
from course.services.people.signing import A_PAIR, AN_ADDRESS, open_session
from course.storage.stores.accounts import Purpose
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

RESET_HOURS: Final = 24
_OLD_LINK: Final = "This link does not work any more: it works once and for a limited time. Ask for a new one."


def change_password(desk: Desk, token: str | None, old: str, new: str, new_token: str, *, agent: str | None) -> None:
    """Set another password. Every browser is signed out; this one goes on under `new_token`.

    Raises:
        Refused: nobody is signed in, the old password is wrong, the new one weak, or there were too many tries.
    """
    with desk.uow.read() as tx:
        session = tx.sessions.get(digest(token)) if token else None
        signed_in = session is not None and session.revoked_at is None and session.signed_in_at is not None
        found = tx.accounts.get(session.learner) if session is not None and session.learner and signed_in else None
    if found is None:
        raise Refused("Sign in first.")
    in_turn(desk, {f"password of {found.learner}": A_PAIR})
    if found.password_hash is not None and not desk.passwords.is_right(found.password_hash, old):
        raise Refused("The present password is not right. Nothing was changed.")
    password_hash = desk.passwords.hash(good(new, found.login))
    with desk.uow.write() as tx:
        _set_password(desk, tx, found.learner, password_hash, new_token, agent)


def reset_link(desk: Desk, tx: Transaction, learner_id: str) -> str:
    """A token with which the person sets a new password, once, within 24 hours."""
    token, now = desk.tokens(), desk.clock()
    tx.one_time_links.add(digest(token), Purpose.RESET, now, now + timedelta(hours=RESET_HOURS), learner_id)
    return token


def ask_reset(desk: Desk, typed: str, *, address: str) -> Callable[[], None]:
    """A link for whoever signs in with this name or address, when there is such an account with an address; calling what is
    returned mails it.

    Whether there is one is not told, not even by how long it takes: the mail is for after the answer. Raises Refused after too many
    tries, or when no mail can be sent from here.
    """
    if desk.post is None:
        raise Refused("This site sends no mail. Ask your instructor or the site's admin for a link.")
    name = unicodedata.normalize("NFKC", typed).casefold().strip()[:LOGIN_LENGTH]
    in_turn(desk, {f"reset {name}": 3, f"reset from {address}": AN_ADDRESS}, timedelta(hours=1))
    with desk.uow.write() as tx:
        by_name = tx.accounts.by_login(name)
        found = [by_name] if by_name is not None else list(tx.accounts.by_email(name))
        sent = [(a.email, desk.link("reset", reset_link(desk, tx, a.learner))) for a in found[:3] if a.email and a.disabled_at is None]

    def mailed() -> None:
        for email, link in sent:
            desk.send(email or "", "A new password", f"With this link you set a new password, once and within 24 hours:\n\n{link}\n")

    return mailed


def reset(desk: Desk, link: str, new: str, new_token: str, *, agent: str | None) -> Learner:
    """Use a reset link up: a new password, every browser signed out, this one signed in.

    Raises:
        Refused: the link is unknown, used or too old, or the password is weak (the link can be used again then).
    """
    now = desk.clock()
    with desk.uow.read() as tx:
        if not tx.one_time_links.is_fresh(digest(link), Purpose.RESET, now):
            raise Refused(_OLD_LINK)
    password_hash = desk.passwords.hash(good(new, ""))
    with desk.uow.write() as tx:
        _, learner_id = tx.one_time_links.use(digest(link), Purpose.RESET, now)
        found = tx.accounts.get(learner_id) if learner_id else None
        if found is None or found.disabled_at is not None:
            raise Refused(_OLD_LINK)
        return _set_password(desk, tx, found.learner, password_hash, new_token, agent)


def _set_password(desk: Desk, tx: Transaction, learner_id: str, password_hash: str, new_token: str, agent: str | None) -> Learner:
    now, person = desk.clock(), locked(tx, learner_id)
    present = tx.accounts.get(learner_id)
    if present is None:
        raise NotFound("There is no such account.")
    tx.accounts.save(replace(present, password_hash=password_hash, password_changed_at=now))
    tx.sessions.revoke_all(learner_id, now)
    open_session(tx, learner_id, new_token, now, agent)
    note(desk, tx, Caller(learner_id), Action.OWN_ACCOUNT, person=learner_id, after={"password": "changed"})
    return person
