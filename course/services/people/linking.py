"""Joining another site's sign-in to an account that has a password, and taking them apart.

An address proves nothing about whose an account is, even a checked one: whoever joins them proves both, by having signed in
there in this browser and by typing the account's password.
"""

from __future__ import annotations

from dataclasses import replace

from course.access.passport import Identity
from course.access.permissions import Action
from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.services.people import signing
from course.services.people.desk import Caller, Desk, known, locked, note
from course.services.people.entering import use_up
from course.services.people.merging import merge
from course.storage.stores.accounts import Account
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction


def link(
    desk: Desk,
    one: Identity,
    seal: str,
    login: str,
    password: str,
    new_token: str,
    *,
    address: str,
    agent: str | None,
    old_token: str | None,
) -> Learner:
    """From now on both ways open the account. Whoever is signed in in this browser, to an account with a password, needs no
    `login`. They are signed in anew.

    What was done under an account that the other sign-in had before, which has no password, becomes part of this one.

    Raises:
        Refused: the password is wrong, the seal was used, either is joined with another already, or both have an unfinished
            attempt at one quiz or different roles in one cohort.
    """
    found = signing.proved(desk, _login(desk, old_token) or login, password, address=address)
    now = desk.clock()
    with desk.uow.write() as tx:
        use_up(tx, seal, now)
        mine = signing.still_right(tx, found)
        if mine.issuer is not None:
            already = (mine.issuer, mine.subject) == (one.issuer, one.subject)
            raise Refused(
                "Both are one already."
                if already
                else "Your account is joined with another sign-in, and holds one at a time. Take that apart first, on the page You."
            )
        _absorb(desk, tx, one, mine)
        email = mine.email or one.email or None
        verified = now if one.email and email == one.email else mine.email_verified_at
        tx.accounts.save(replace(mine, issuer=one.issuer, subject=one.subject, email=email, email_verified_at=verified))
        signing.take_over(desk, tx, old_token, mine.learner, bring=False)
        signing.open_session(tx, mine.learner, new_token, now, agent)
        note(desk, tx, Caller(mine.learner), Action.OWN_ACCOUNT, person=mine.learner, after={"signs in": "elsewhere too"})
        return known(tx, mine.learner)


def unlink(desk: Desk, learner_id: str) -> None:
    """From now on only the password opens the account. Raises Refused when it has none: nothing would open it."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        mine = tx.accounts.get(learner_id)
        if mine is None or mine.issuer is None:
            raise NotFound("This account is joined with no other sign-in.")
        if mine.password_hash is None:
            raise Refused("Set a password first: without one, nothing would open your account any more.")
        tx.accounts.save(replace(mine, issuer=None, subject=None))
        note(desk, tx, Caller(learner_id), Action.OWN_ACCOUNT, person=learner_id, after={"signs in": "with the password alone"})


def _login(desk: Desk, token: str | None) -> str:
    """The sign-in name of whoever is signed in in this browser; "" for nobody, and for an account without a password."""
    with desk.uow.read() as tx:
        session = tx.sessions.get(digest(token)) if token else None
        if session is None or session.revoked_at is not None or session.signed_in_at is None or session.learner is None:
            return ""
        found = tx.accounts.get(session.learner)
        return found.login if found is not None and found.password_hash is not None else ""


def _absorb(desk: Desk, tx: Transaction, one: Identity, mine: Account) -> None:
    """The account that the other sign-in opened until now becomes part of `mine`."""
    other = tx.accounts.by_subject(one.issuer, one.subject)
    if other is None:
        return
    if other.password_hash is not None or other.disabled_at is not None:
        raise Refused("The other sign-in opens an account that has a password of its own. Take that apart first, on its page You.")
    theirs, ours = tx.roles.actor(other.learner).cohorts, tx.roles.actor(mine.learner).cohorts
    if any(cohort in ours and ours[cohort] is not role for cohort, role in theirs.items()):
        raise Refused("The two accounts have different roles in one cohort. Leave it with one of them first; nothing was changed.")
    tx.accounts.remove(other.learner)
    merge(desk, tx, other.learner, mine.learner)
    note(desk, tx, Caller(mine.learner), Action.OWN_ACCOUNT, person=mine.learner, after={"account": "joined with another"})
