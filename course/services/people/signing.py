"""Signing up, in with a password, and out; the browsers in which somebody is signed in, and what a guest did coming along."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime
from typing import Final

from course.access.permissions import Action
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people.accounts import LOGIN_LENGTH, Credentials, fold, make
from course.services.people.desk import Caller, Desk, hashed, in_turn, known, locked, note
from course.services.people.merging import merge
from course.services.people.passwords import good
from course.storage.stores.accounts import Account
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

A_PAIR, A_NAME, AN_ADDRESS = 10, 50, 300
"""Tries in 15 minutes: of one name from one address, of one name from anywhere, from one address (a school has one); as many
accounts can be made from there."""
_WRONG: Final = "The name and the password do not fit together. Check both, or ask for a new password."


def sign_up(desk: Desk, token: str | None, given: Credentials, new_token: str, *, address: str, agent: str | None) -> Learner:
    """An account for the guest in this browser, with all they did so far; without a profile, a new one. They are signed in.

    Raises:
        Refused: the name is taken, the password is weak, somebody is signed in here, or too many accounts were made from there.
    """
    fold(given.login)
    good(given.password, given.login)
    in_turn(desk, {f"sign-up from {address}": AN_ADDRESS})
    password_hash = desk.passwords.hash(given.password)
    now = desk.clock()
    with desk.uow.write() as tx:
        session = tx.sessions.get(digest(token)) if token else None
        guest = session.learner if session is not None and session.revoked_at is None else None
        if guest is None:
            guest = desk.ids()
            tx.people.add(Learner(guest, now))
        make(desk, tx, guest, given, password_hash)
        open_session(tx, guest, new_token, now, agent)
        note(desk, tx, Caller(guest), Action.OWN_ACCOUNT, person=guest, after={"account": "made"})
        return known(tx, guest)


def sign_in(
    desk: Desk, login: str, password: str, new_token: str, *, address: str, agent: str | None, old_token: str | None, bring: bool
) -> Learner:
    """Sign in: a new session known by `new_token`; the browser's old one ends. With `bring`, what the guest in this browser did
    comes into the account.

    Raises:
        Refused: wrong, disabled, too many tries (one sentence for every wrong case), or nothing could be brought along.
    """
    found = proved(desk, login, password, address=address)
    better = desk.passwords.hash(password) if found.password_hash and desk.passwords.is_outdated(found.password_hash) else None
    now = desk.clock()
    with desk.uow.write() as tx:
        present = still_right(tx, found)
        if better:
            tx.accounts.save(replace(present, password_hash=better))
        take_over(desk, tx, old_token, found.learner, bring=bring)
        open_session(tx, found.learner, new_token, now, agent)
        tx.rates.forget(hashed(_pair(_name(login), address)))
        return known(tx, found.learner)


def proved(desk: Desk, login: str, password: str, *, address: str) -> Account:
    """The account of this name, when the password is right; every try counts.

    Raises:
        Refused: wrong, disabled or too many tries: one sentence for every wrong case, after the same time.
    """
    name = _name(login)
    in_turn(desk, {_pair(name, address): A_PAIR, f"sign-in {name}": A_NAME, f"sign-in from {address}": AN_ADDRESS})
    with desk.uow.read() as tx:
        found = tx.accounts.by_login(name)
    right = desk.passwords.is_right(None if found is None else found.password_hash, password)
    if found is None or not right or found.disabled_at is not None:
        raise Refused(_WRONG)
    return found


def still_right(tx: Transaction, found: Account) -> Account:
    """The account that was proved, its person held until the transaction ends. Raises Refused when it was changed since."""
    locked(tx, found.learner)
    present = tx.accounts.get(found.learner)
    if present is None or present.password_hash != found.password_hash or present.disabled_at is not None:
        raise Refused(_WRONG)
    return present


def _name(login: str) -> str:
    return unicodedata.normalize("NFKC", login).casefold().strip()[:LOGIN_LENGTH]


def _pair(name: str, address: str) -> str:
    return f"sign-in {name} from {address}"


def take_over(desk: Desk, tx: Transaction, old_token: str | None, learner_id: str, *, bring: bool) -> None:
    """End the browser's old session; with `bring`, its guest becomes part of the learner."""
    session = tx.sessions.get(digest(old_token)) if old_token else None
    if session is None or session.revoked_at is not None:
        return
    guest = session.learner
    if bring and guest is not None and guest != learner_id and tx.accounts.get(guest) is None:
        merge(desk, tx, guest, learner_id)
        note(desk, tx, Caller(learner_id), Action.OWN_ACCOUNT, person=learner_id, after={"guest": "brought along"})
    tx.sessions.revoke(session.token_hash, desk.clock())


def guest_here(desk: Desk, token: str | None) -> tuple[Learner, int] | None:
    """The guest in this browser and how much they did; None when there is nothing to bring along, not even a name."""
    if token is None:
        return None
    with desk.uow.read() as tx:
        session = tx.sessions.get(digest(token))
        if session is None or session.revoked_at is not None or session.learner is None or tx.accounts.get(session.learner) is not None:
            return None
        amount = tx.merging.amount(session.learner)
        person = tx.people.get(session.learner)
        return None if person is None or not (amount or person.name) else (person, amount)


def open_session(tx: Transaction, learner_id: str, new_token: str, now: datetime, agent: str | None) -> None:
    tx.sessions.add(digest(new_token), now, learner_id, signed_in=True, agent=agent)


def end_session(desk: Desk, learner_id: str, session_id: str) -> None:
    """Sign out one of the person's own browsers. Raises NotFound for any other."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        mine = [s for s in tx.sessions.of_learner(learner_id) if s.token_hash[:16] == session_id]
        if not mine:
            raise NotFound("That browser is not signed in any more.")
        tx.sessions.revoke(mine[0].token_hash, desk.clock())


def end_other_sessions(desk: Desk, learner_id: str, token: str | None) -> None:
    """Sign out every browser of the person but this one."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        tx.sessions.revoke_all(learner_id, desk.clock(), but=digest(token) if token else None)
