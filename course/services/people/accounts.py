"""Accounts: making one from a profile, what its person sees of it, its address."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from course.access.roles import Actor
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people.desk import Desk, locked, tidy
from course.storage.stores.accounts import Account
from course.storage.unit_of_work import Transaction

LOGIN_LENGTH: Final = 254
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+\Z")


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
    elsewhere: str | None
    """The other site whose sign-in opens it too (or alone)."""
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
    return AccountView(found.login, found.email, found.password_hash is not None, found.issuer, sessions)


def set_email(desk: Desk, learner_id: str, email: str) -> None:
    """Store another address, or none; it counts as verified no more."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        found = tx.accounts.get(learner_id)
        if found is None:
            raise NotFound("There is no such account.")
        tx.accounts.save(replace(found, email=an_address(email), email_verified_at=None))


def actor(desk: Desk, learner_id: str | None) -> Actor:
    """The person's present roles."""
    with desk.uow.read() as tx:
        return tx.roles.actor(learner_id)
