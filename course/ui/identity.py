"""Who is reading. The cookie is a snapshot of the handshake, so the session row is looked up on every run."""

from __future__ import annotations

from typing import Final

import streamlit as st

from course.access import session_cookie
from course.access.passport import Identity, sealed
from course.access.roles import NOBODY, Actor
from course.bootstrap import Process
from course.errors import Refused
from course.services.people import Visitor
from course.settings import ClinicianView
from course.ui import state


def visitor(process: Process) -> Visitor:
    """The person behind this run's cookie; a stranger's leftover session state is dropped first."""
    found = process.people.visitor(session_cookie.token_of(st.context.cookies.get(session_cookie.NAME), process.secret))
    state.belongs_to(found)
    return found


def actor(process: Process, who: Visitor) -> Actor:
    """The roles of this run: looked up again each time, so that one that was taken away is gone with the next click."""
    return process.people.actor(who.learner.id) if who.signed_in and who.learner is not None else NOBODY


def signs_in_elsewhere() -> bool:
    """Whether the site is set up for another site's sign-in: an `[auth]` section in Streamlit's secrets."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def known_elsewhere(who: Visitor) -> Identity | None:
    """Whom the other site named, while nobody is signed in here."""
    return None if who.signed_in else elsewhere()


def elsewhere() -> Identity | None:
    """Whom the other site named in this browser, whoever is signed in here."""
    if not signs_in_elsewhere() or not st.user.is_logged_in:
        return None
    found = st.user.to_dict()
    email = str(found.get("email") or "").casefold() if found.get("email_verified") is True else ""
    return Identity(str(found.get("iss", "")), str(found.get("sub", "")), email, str(found.get("name") or ""))


def seal_of(process: Process, one: Identity) -> str:
    """The identity as the routes of this browser read it."""
    browser = session_cookie.token_of(st.context.cookies.get(session_cookie.NAME), process.secret)
    return sealed(one, process.secret, process.clock(), browser or "")


def has_just_come(process: Process, who: Visitor) -> bool:
    """Whether another site has signed somebody in who is still to say what follows from it, on the page You: a stranger here, or
    somebody signed in who went there to join both. The latter is asked once, within two minutes."""
    one = elsewhere()
    if one is None or not who.signed_in or who.learner is None:
        return one is not None
    since = process.clock().timestamp() - float(str(st.user.to_dict().get("iat") or 0))
    if since > _JUST or state.recall(_ASKED):
        return False
    state.remember(_ASKED, True)
    account = process.people.account(who.learner.id)
    return account is not None and account.elsewhere is None


def learner_id(who: Visitor) -> str | None:
    return who.learner.id if who.learner else None


def begin(process: Process) -> str:
    """The learner's id, making the profile now: this is the first thing worth saving.

    The cookie is looked up again: a callback runs with what the page knew when it was drawn, and the person may have left since.

    Raises:
        Refused: the person left in another tab, or the browser sends no cookie, so nothing could be found again.
    """
    who = visitor(process)
    if who.learner is not None:
        return who.learner.id
    if who.token is None:
        raise Refused(_LEFT if st.context.cookies.get(session_cookie.NAME) else _NO_COOKIE)
    return process.people.begin(who.token, zone=st.context.timezone or "UTC").id


_JUST: Final = 120.0
_ASKED: Final = "asked_to_join"
_LEFT: Final = "You have left the course in this browser. Reload the page to start again."
_NO_COOKIE: Final = "This browser sends no cookie, so nothing can be kept. Allow cookies for this site, then reload the page."


def sees_clinician_cells(process: Process, who: Visitor) -> bool:
    """Decided here, on the server: hidden cells never reach the browser."""
    match process.settings.clinician_view:
        case ClinicianView.OFF:
            return False
        case ClinicianView.ON:
            return True
        case ClinicianView.ASK:
            return who.learner is not None and who.learner.clinician


def reread(process: Process) -> str | None:
    """The learner behind this run's cookie as the database has it now: a fragment may have made the profile meanwhile."""
    return learner_id(visitor(process))
