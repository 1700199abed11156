"""Coming in through another site's sign-in (OpenID Connect): the account is known by the provider and its subject alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from course.access.passport import GOOD_FOR, Identity
from course.access.permissions import Action
from course.errors import Refused
from course.services.people import signing
from course.services.people.desk import Caller, Desk, hashed, known, locked, note, tidy
from course.storage.stores.accounts import Account
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


def enter(desk: Desk, one: Identity, seal: str, new_token: str, *, agent: str | None, old_token: str | None, bring: bool) -> Learner:
    """Sign in whom the provider named; the first time, with an account of their own. Each seal works once.

    An account with the same address and a password is another one: an address proves nothing about whose it is. `linking` joins them.

    Raises:
        Refused: the seal was used, the account is disabled, or nothing could be brought along.
    """
    now = desk.clock()
    with desk.uow.write() as tx:
        use_up(tx, seal, now)
        found = tx.accounts.by_subject(one.issuer, one.subject) or _made(desk, tx, one, now)
        if found.disabled_at is not None:
            raise Refused("This account is disabled. Ask whoever runs the site.")
        locked(tx, found.learner)
        if one.email and found.email != one.email and found.password_hash is None:
            tx.accounts.save(replace(found, email=one.email, email_verified_at=now))
        signing.take_over(desk, tx, old_token, found.learner, bring=bring)
        signing.open_session(tx, found.learner, new_token, now, agent)
        return known(tx, found.learner)


def use_up(tx: Transaction, seal: str, now: datetime) -> None:
    """A seal works once. Raises Refused the second time."""
    if tx.rates.hit(hashed(f"seal {seal}"), now, 2 * GOOD_FOR) > 1:
        raise Refused("This was used already. Go to the page You to sign in again.")


def _made(desk: Desk, tx: Transaction, one: Identity, now: datetime) -> Account:
    person = Learner(desk.ids(), now, tidy(one.name) or None)
    tx.people.add(person)
    made = Account(person.id, _free(tx, one), now, email=one.email or None, issuer=one.issuer, subject=one.subject)
    made = replace(made, email_verified_at=now if one.email else None)
    tx.accounts.add(made)
    note(desk, tx, Caller(person.id), Action.OWN_ACCOUNT, person=person.id, after={"account": "made", "signs in": "elsewhere"})
    return made


def _free(tx: Transaction, one: Identity) -> str:
    """A name to show, which nobody has: the address, else one made of provider and subject."""
    host = urlsplit(one.issuer).hostname or "elsewhere"
    for name in filter(None, (one.email, f"{one.subject}@{host}"[:200])):
        if tx.accounts.by_login(name.casefold()) is None:
            return name.casefold()
    return hashed(f"{one.issuer} {one.subject}")[:32]
