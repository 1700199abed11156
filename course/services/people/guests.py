"""Who a browser is, a name, another browser, leaving, taking data away, erasing it: what needs no account."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from course.access.roles import CohortRole
from course.access.session_cookie import digest
from course.errors import Refused, StorageUnavailable
from course.services.people.desk import Desk, known, locked, tidy, zones
from course.storage.stores.people import Learner
from course.storage.stores.sessions import BrowserSession
from course.storage.unit_of_work import Transaction

RESUME_HOURS: Final = 24
SEEN_EVERY: Final = timedelta(hours=1)
SIGNED_IN_FOR: Final = timedelta(days=60)
"""A signed-in browser that was not used for this long is nobody's."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever holds this cookie. `token` None: the browser sent no valid cookie. `learner` None: nothing is stored yet.

    `signed_in`: the person of an account; else a guest.
    """

    token: str | None
    learner: Learner | None
    signed_in: bool = False


def visitor(desk: Desk, token: str | None) -> Visitor:
    """Who holds this token. A revoked session is nobody: its token is not returned, so nothing is saved under it."""
    if token is None:
        return Visitor(None, None)
    now = desk.clock()
    with desk.uow.read() as tx:
        known_as = tx.sessions.who(digest(token))
    if known_as is None:
        return Visitor(token, None)
    session, person = known_as
    if session.revoked_at is not None or _is_stale(session, now):
        return Visitor(None, None)
    found = Visitor(token, person, session.signed_in_at is not None)
    if found.signed_in and now - session.last_seen_at > SEEN_EVERY:
        with suppress(StorageUnavailable), desk.uow.write() as tx:  # nobody's reading waits for this
            tx.sessions.seen(session.token_hash, now)
    return found


def begin(desk: Desk, token: str, *, zone: str) -> Learner:
    """The learner behind a cookie; makes the profile at the first thing worth saving. Two tabs get the same one.

    Raises:
        Refused: the session was left or erased in another tab.
    """
    now, hashed = desk.clock(), digest(token)
    with desk.uow.write() as tx:
        session = tx.sessions.get(hashed)
        if session is not None and (session.revoked_at is not None or _is_stale(session, now)):
            raise Refused("You have left the course in this browser. Reload the page to start again.")
        found = tx.people.get(session.learner) if session and session.learner else None
        if found is not None:
            if session is not None and now - session.last_seen_at > SEEN_EVERY:
                tx.sessions.seen(hashed, now)
            return found
        new = Learner(desk.ids(), now, time_zone=zone if zone in zones() else "UTC")
        tx.people.add(new)
        if session is None:
            tx.sessions.add(hashed, now, new.id)
        else:
            tx.sessions.attach(hashed, new.id)
        return new


def rename(desk: Desk, learner_id: str, name: str) -> Learner:
    """Store a name (white space trimmed, at most 80 characters); an empty one removes it."""
    return _change(desk, learner_id, name=tidy(name) or None)


def declare_clinician(desk: Desk, learner_id: str, yes: bool) -> Learner:
    """The learner says to be a health professional or student of a health profession, or takes it back."""
    return _change(desk, learner_id, clinician=yes)


def resume_link(desk: Desk, learner_id: str) -> str:
    """A token that carries a guest's profile into another browser, once, within 24 hours.

    Raises:
        Refused: the person has an account; signing in does the same, and asks for the password.
    """
    token, now = desk.tokens(), desk.clock()
    with desk.uow.write() as tx:
        known(tx, learner_id)
        if tx.accounts.get(learner_id) is not None:
            raise Refused("You have an account: sign in with it in the other browser.")
        tx.resume_links.add(digest(token), learner_id, now, now + timedelta(hours=RESUME_HOURS))
    return token


def redeem(desk: Desk, link: str, new_token: str) -> Learner:
    """Use a resume link up: a new session, known by `new_token`, is this learner's.

    Raises:
        Refused: the link is unknown, used or too old; the sentence does not tell which.
    """
    now = desk.clock()
    with desk.uow.write() as tx:
        learner_id = tx.resume_links.use(digest(link), now)
        if learner_id is None or tx.accounts.get(learner_id) is not None:
            raise Refused("Resume links work once and for 24 hours. Make a new one in the browser that has your progress, on the page You.")
        tx.sessions.add(digest(new_token), now, learner_id)
        return known(tx, learner_id)


def leave(desk: Desk, token: str | None) -> None:
    """Forget this browser. The profile stays."""
    if token is None:
        return
    with desk.uow.write() as tx:
        if tx.sessions.get(digest(token)) is not None:
            tx.sessions.revoke(digest(token), desk.clock())


def export(desk: Desk, learner_id: str) -> Mapping[str, Any]:
    """Everything stored about the learner, table by table, as plain JSON data."""
    with desk.uow.read() as tx:
        known(tx, learner_id)
        return {**_about(desk), "data": tx.personal_data.export(learner_id)}


def export_file(desk: Desk, learner_id: str, write: Callable[[bytes], object]) -> None:
    """The same as a JSON file, a row a line, handed to `write` in pieces. Raises NotFound before anything is written."""
    with desk.uow.read() as tx:
        known(tx, learner_id)
        write(f'{json.dumps(_about(desk), ensure_ascii=False)[:-1]}, "data": {{'.encode())
        before = "\n"
        for name, rows in tx.personal_data.tables(learner_id):
            write(f'{before}"{name}": ['.encode())
            before = "\n"
            for row in rows:
                write(f"{before}{json.dumps(row, ensure_ascii=False)}".encode())
                before = ",\n"
            write(b"]")
            before = ",\n"
        write(b"\n}}\n")


def _about(desk: Desk) -> dict[str, Any]:
    return {
        "course": "Is ketamine addictive?",
        "note": "Education, not a diagnosis. A quiz score is not a screening result. No clinician has signed this course off yet.",
        "exported_at": desk.clock().isoformat(),
    }


def erase(desk: Desk, token: str | None) -> None:
    """Remove everything about the learner behind this cookie, in every browser. Nothing happens for a stranger.

    Raises:
        Refused: the person instructs, leads, teaches or administers; that is handed over first, so that its traces stay whose they were.
    """
    who = visitor(desk, token)
    if who.learner is not None:
        erase_person(desk, who.learner.id)


def erase_person(desk: Desk, learner_id: str) -> int:
    """How many rows were about the person. Raises as `erase` does."""
    with desk.uow.write() as tx:
        locked(tx, learner_id)
        return erased(tx, learner_id)


def erased(tx: Transaction, learner_id: str) -> int:
    """Erase within a transaction that holds the person's row."""
    actor = tx.roles.actor(learner_id)
    if actor.site or any(role is not CohortRole.LEARNER for role in actor.cohorts.values()):
        raise Refused("Whoever teaches or administers hands that over first: an admin, or another instructor, takes the roles away.")
    return tx.personal_data.erase(learner_id)


def _is_stale(session: BrowserSession, now: datetime) -> bool:
    return session.signed_in_at is not None and now - session.last_seen_at > SIGNED_IN_FOR


def _change(desk: Desk, learner_id: str, **values: Any) -> Learner:
    with desk.uow.write() as tx:
        changed = replace(locked(tx, learner_id), **values)
        tx.people.save(changed)
        return changed
