"""Accounts: making one from a profile, signing in and out, sessions, passwords."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from course.access.permissions import Action
from course.access.roles import Actor
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people.desk import Caller, Desk, hashed, in_turn, known, locked, note, tidy
from course.services.people.merging import merge
from course.services.people.passwords import good
from course.storage.stores.accounts import Account, Purpose
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction

LOGIN_LENGTH: Final = 254
RESET_HOURS: Final = 24
A_PAIR, A_NAME, AN_ADDRESS = 10, 50, 300
"""Tries in 15 minutes: of one name from one address, of one name from anywhere, from one address (a school has one)."""
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+\Z")
_WRONG: Final = "The name and the password do not fit together. Check both, or ask for a new password."
_OLD_LINK: Final = "This link does not work any more: it works once and for a limited time. Ask for a new one."


@dataclass(frozen=True, slots=True)
class SessionView:
    """One browser in which a person is known. `id` names it for ending it; it opens nothing."""

    id: str
    agent: str
    since: datetime
    last_seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """A person's account as they see it themselves."""

    login: str
    email: str | None
    has_password: bool
    sessions: tuple[SessionView, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody types to make an account."""

    login: str
    password: str
    name: str = ""
    email: str = ""


def fold(login: str) -> str:
    """The form in which sign-in names are compared.

    Raises:
        Refused: it is empty, too long, or holds what no name has.
    """
    folded = unicodedata.normalize("NFKC", login).casefold().strip()
    if not folded or len(folded) > LOGIN_LENGTH:
        raise Refused(f"Write a name to sign in with: an e-mail address or a word, at most {LOGIN_LENGTH} characters.")
    if any(c.isspace() or not c.isprintable() for c in folded):
        raise Refused("The name to sign in with has no spaces in it.")
    return folded


def an_address(email: str) -> str | None:
    """The address in lower case, None for none. Raises Refused when it cannot be one."""
    folded = email.strip().casefold()
    if not folded:
        return None
    if not _ADDRESS.match(folded) or len(folded) > LOGIN_LENGTH:
        raise Refused("That is no e-mail address. Leave the field empty, or write one like ann@example.org.")
    return folded


def make(desk: Desk, tx: Transaction, learner_id: str, given: Credentials, password_hash: str | None) -> Account:
    """Give a profile an account. From now on only signing in opens it.

    Raises:
        Refused: the name is taken, or the profile has an account.
    """
    now, login = desk.clock(), fold(given.login)
    person = locked(tx, learner_id)
    if tx.accounts.get(learner_id) is not None:
        raise Refused("This profile has an account already. Sign in with it.")
    if tx.accounts.by_login(login) is not None:
        raise Refused("That name to sign in with is taken. Choose another one.")
    made = Account(learner_id, login, now, password_hash, an_address(given.email), password_changed_at=now if password_hash else None)
    tx.accounts.add(made)
    tx.sessions.revoke_all(learner_id, now)
    tx.resume_links.use_all(learner_id, now)
    if tidy(given.name):
        tx.people.save(replace(person, name=tidy(given.name)))
    return made


def sign_up(desk: Desk, token: str | None, given: Credentials, new_token: str, *, agent: str | None) -> Learner:
    """An account for the guest in this browser, with all they did so far; without a profile, a new one. They are signed in.

    Raises:
        Refused: the name is taken, the password is weak, or somebody is signed in here.
    """
    fold(given.login)
    password_hash = desk.passwords.hash(good(given.password, given.login))
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
    name = unicodedata.normalize("NFKC", login).casefold().strip()[:LOGIN_LENGTH]
    pair = f"sign-in {name} from {address}"
    in_turn(desk, {pair: A_PAIR, f"sign-in {name}": A_NAME, f"sign-in from {address}": AN_ADDRESS})
    with desk.uow.read() as tx:
        found = tx.accounts.by_login(name)
    right = desk.passwords.is_right(None if found is None else found.password_hash, password)
    if found is None or not right or found.disabled_at is not None:
        raise Refused(_WRONG)
    better = desk.passwords.hash(password) if found.password_hash and desk.passwords.is_outdated(found.password_hash) else None
    now = desk.clock()
    with desk.uow.write() as tx:
        locked(tx, found.learner)
        present = tx.accounts.get(found.learner)
        if present is None or present.password_hash != found.password_hash or present.disabled_at is not None:
            raise Refused(_WRONG)
        if better:
            tx.accounts.save(replace(present, password_hash=better))
        take_over(desk, tx, old_token, found.learner, bring=bring)
        open_session(tx, found.learner, new_token, now, agent)
        tx.rates.forget(hashed(pair))
        return known(tx, found.learner)


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


def account(desk: Desk, learner_id: str, token: str | None) -> AccountView | None:
    """The person's account with the browsers that are signed in; None for a guest."""
    with desk.uow.read() as tx:
        found = tx.accounts.get(learner_id)
        if found is None:
            return None
        mine = digest(token) if token else ""
        sessions = tuple(
            SessionView(s.token_hash[:16], s.agent or "A browser", s.signed_in_at or s.created_at, s.last_seen_at, s.token_hash == mine)
            for s in tx.sessions.of_learner(learner_id)
        )
    return AccountView(found.login, found.email, found.password_hash is not None, sessions)


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


def set_email(desk: Desk, learner_id: str, email: str) -> None:
    """Store another address, or none; it counts as verified no more."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        found = tx.accounts.get(learner_id)
        if found is None:
            raise NotFound("There is no such account.")
        tx.accounts.save(replace(found, email=an_address(email), email_verified_at=None))


def reset_link(desk: Desk, tx: Transaction, learner_id: str) -> str:
    """A token with which the person sets a new password, once, within 24 hours."""
    token, now = desk.tokens(), desk.clock()
    tx.one_time_links.add(digest(token), Purpose.RESET, now, now + timedelta(hours=RESET_HOURS), learner_id)
    return token


def ask_reset(desk: Desk, typed: str, *, address: str) -> None:
    """Mail a link to whoever signs in with this name or address, when there is such an account with an address.

    Whether there is one is not told. Raises Refused after too many tries, or when no mail can be sent from here.
    """
    if desk.post is None:
        raise Refused("This site sends no mail. Ask your instructor or the site's admin for a link.")
    name = unicodedata.normalize("NFKC", typed).casefold().strip()[:LOGIN_LENGTH]
    in_turn(desk, {f"reset {name}": 3, f"reset from {address}": AN_ADDRESS}, timedelta(hours=1))
    with desk.uow.write() as tx:
        by_name = tx.accounts.by_login(name)
        found = [by_name] if by_name is not None else list(tx.accounts.by_email(name))
        sent = [(a.email, desk.link("reset", reset_link(desk, tx, a.learner))) for a in found[:3] if a.email and a.disabled_at is None]
    for email, link in sent:
        desk.send(email or "", "A new password", f"With this link you set a new password, once and within 24 hours:\n\n{link}\n")


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


def actor(desk: Desk, learner_id: str | None) -> Actor:
    """The person's present roles."""
    with desk.uow.read() as tx:
        return tx.roles.actor(learner_id)


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
