"""Guests: who a browser is, a name, another browser, leaving, taking data away, erasing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import available_timezones

from course.access.session_cookie import digest
from course.errors import NotFound, Refused
from course.storage.stores.people import Learner
from course.storage.unit_of_work import Transaction, UnitOfWork

RESUME_HOURS: Final = 24
NAME_LENGTH: Final = 80
SEEN_EVERY: Final = timedelta(hours=1)

__all__ = ["Learner", "People", "Visitor"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever holds this cookie. `token` None: the browser sent no valid cookie. `learner` None: nothing is stored yet."""

    token: str | None
    learner: Learner | None


@dataclass(frozen=True, slots=True)
class People:
    """Use cases of guests. `tokens` makes unguessable URL-safe strings, `ids` new profile ids."""

    storage: UnitOfWork
    clock: Callable[[], datetime]
    tokens: Callable[[], str]
    ids: Callable[[], str]

    def visitor(self, token: str | None) -> Visitor:
        """Who holds this token. A revoked session is nobody: its token is not returned, so nothing is saved under it."""
        if token is None:
            return Visitor(None, None)
        with self.storage.read() as tx:
            session = tx.sessions.get(digest(token))
            if session is None:
                return Visitor(token, None)
            if session.revoked_at is not None:
                return Visitor(None, None)
            return Visitor(token, tx.people.get(session.learner) if session.learner else None)

    def begin(self, token: str, *, zone: str = "UTC") -> Learner:
        """The learner behind a cookie; makes the profile at the first thing worth saving. Two tabs get the same one.

        Raises:
            Refused: the session was left or erased in another tab.
        """
        now, hashed = self.clock(), digest(token)
        with self.storage.write() as tx:
            session = tx.sessions.get(hashed)
            if session is not None and session.revoked_at is not None:
                raise Refused("You have left the course in this browser. Reload the page to start again.")
            known = tx.people.get(session.learner) if session and session.learner else None
            if known is not None:
                if session is not None and now - session.last_seen_at > SEEN_EVERY:
                    tx.sessions.seen(hashed, now)
                return known
            new = Learner(self.ids(), now, time_zone=zone if zone in available_timezones() else "UTC")
            tx.people.add(new)
            if session is None:
                tx.sessions.add(hashed, now, new.id)
            else:
                tx.sessions.attach(hashed, new.id)
            return new

    def rename(self, learner_id: str, name: str) -> Learner:
        """Store a name (white space trimmed, at most 80 characters); an empty one removes it."""
        clean = " ".join(name.split())[:NAME_LENGTH]
        return self._change(learner_id, name=clean or None)

    def declare_clinician(self, learner_id: str, yes: bool) -> Learner:
        """The learner says to be a health professional or student of a health profession, or takes it back."""
        return self._change(learner_id, clinician=yes)

    def resume_link(self, learner_id: str) -> str:
        """A token that carries the profile into another browser, once, within 24 hours."""
        token, now = self.tokens(), self.clock()
        with self.storage.write() as tx:
            _known(tx, learner_id)
            tx.resume_links.add(digest(token), learner_id, now, now + timedelta(hours=RESUME_HOURS))
        return token

    def redeem(self, link: str, new_token: str) -> Learner:
        """Use a resume link up: a new session, known by `new_token`, is this learner's.

        Raises:
            Refused: the link is unknown, used or too old; the sentence does not tell which.
        """
        now = self.clock()
        with self.storage.write() as tx:
            learner_id = tx.resume_links.use(digest(link), now)
            if learner_id is None:
                raise Refused(
                    "Resume links work once and for 24 hours. Make a new one in the browser that has your progress, on the page You."
                )
            tx.sessions.add(digest(new_token), now, learner_id)
            return _known(tx, learner_id)

    def leave(self, token: str | None) -> None:
        """Forget this browser. The profile stays."""
        if token is None:
            return
        with self.storage.write() as tx:
            if tx.sessions.get(digest(token)) is not None:
                tx.sessions.revoke(digest(token), self.clock())

    def export(self, learner_id: str) -> Mapping[str, Any]:
        """Everything stored about the learner, table by table, as plain JSON data."""
        with self.storage.read() as tx:
            _known(tx, learner_id)
            return {
                "course": "Is ketamine addictive?",
                "note": "Education, not a diagnosis. A quiz score is not a screening result. No clinician has signed this course off yet.",
                "exported_at": self.clock().isoformat(),
                "data": tx.personal_data.export(learner_id),
            }

    def erase(self, token: str | None) -> None:
        """Remove everything about the learner behind this cookie, in every browser. Nothing happens for a stranger."""
        who = self.visitor(token)
        if who.learner is None:
            return
        with self.storage.write() as tx:
            tx.people.lock(who.learner.id)
            tx.personal_data.erase(who.learner.id)

    def _change(self, learner_id: str, **values: Any) -> Learner:
        with self.storage.write() as tx:
            changed = replace(_locked(tx, learner_id), **values)
            tx.people.save(changed)
            return changed


def _known(tx: Transaction, learner_id: str) -> Learner:
    found = tx.people.get(learner_id)
    if found is None:
        raise NotFound("There is no such learner.")
    return found


def _locked(tx: Transaction, learner_id: str) -> Learner:
    found = tx.people.lock(learner_id)
    if found is None:
        raise NotFound("There is no such learner.")
    return found
