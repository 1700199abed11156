"""The part of the page You about an account: its name and address, the password, the browsers that are signed in."""

from __future__ import annotations

from functools import partial
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from course.services.people.accounts import AccountView, SessionView
from course.ui import identity
from course.ui.components import acting, page
from course.ui.visit import Visit


def without(visit: Visit) -> None:
    """For a guest: what an account is for, and another site's sign-in where there is one."""
    page.section("An account", "Never needed for self-study. It carries your progress from one browser to another, and into a class.")
    st.html(
        '<ul class="k-list"><li><a href="/session/sign-in" target="_self">Sign in</a></li>'
        '<li><a href="/session/sign-up" target="_self">Make an account</a><small>Everything you did in this browser is kept in it.</small></li></ul>'
    )
    one = identity.known_elsewhere(visit.who)
    if one is not None:
        seal = identity.seal_of(visit.process, one)
        known = escape(one.email or one.name or one.subject)
        st.html(f'<p>You are signed in elsewhere as <b>{known}</b>. <a href="/join/enter?seal={seal}" target="_self">Carry on here</a></p>')
        st.button("Sign out there", on_click=st.logout, key="logout_elsewhere")
    elif identity.signs_in_elsewhere():
        st.button("Sign in with your institution", on_click=st.login, key="login_elsewhere")


def draw(visit: Visit, account: AccountView) -> None:
    page.section("Your account")
    word = "Set another password" if account.has_password else "Set a password"
    st.html(
        f'<ul class="k-list"><li>You sign in as <b>{escape(account.login)}</b></li>'
        f'<li><a href="/session/password" target="_self">{word}</a><small>Every other browser is signed out.</small></li></ul>'
    )
    person = visit.learner or ""
    _elsewhere(visit, account, person)
    with st.form("email_form", border=False):
        st.text_input(
            "E-mail address", value=account.email or "", key="account_email", max_chars=254, placeholder="Optional; for a new password"
        )

        def save() -> str:
            visit.process.people.set_email(person, acting.field("account_email"))
            return "The address is saved."

        acting.submit("Save the address", save, key="save_email")
    _sessions(visit, account, person)


def _elsewhere(visit: Visit, account: AccountView, person: str) -> None:
    """Another site's sign-in: joined to the account, taken apart again, or neither where the site has none."""
    if account.elsewhere is not None:
        host = urlsplit(account.elsewhere).hostname or account.elsewhere
        alone = "" if account.has_password else " It is the only way until you set a password."
        st.html(f"<p>The sign-in of <b>{escape(host)}</b> opens this account.{alone}</p>")
        page.fine("One institution at a time: to use the sign-in of another, let this one open it no more first.")
        one = identity.elsewhere()
        if account.has_password:
            acting.button(f"Let {host} open it no more", partial(_apart, visit, person, host), key="unlink")
        elif one is not None:
            seal = identity.seal_of(visit.process, one)
            st.html(f'<p><a href="/join/link?seal={seal}" target="_self">I have an account with a password here: make both one</a></p>')
        return
    one = identity.elsewhere()
    if one is not None:
        known = escape(one.email or one.name or one.subject)
        seal = identity.seal_of(visit.process, one)
        st.html(f'<p>You are signed in elsewhere as <b>{known}</b>. <a href="/join/link?seal={seal}" target="_self">Make both one</a></p>')
        st.button("Sign out there", on_click=st.logout, key="logout_elsewhere")
    elif identity.signs_in_elsewhere():
        st.button("Let your institution open it too", on_click=st.login, key="login_elsewhere")


def _apart(visit: Visit, person: str, host: str) -> str:
    visit.process.people.unlink(person)
    return f"{host} opens this account no more. Your password does."


def _sessions(visit: Visit, account: AccountView, person: str) -> None:
    page.section("Where you are signed in")
    page.table(
        ["Browser", "Since", "Last used"],
        [[escape(s.agent) + (" <small>this one</small>" if s.here else ""), _day(visit, s), _last(visit, s)] for s in account.sessions],
        label="Browsers that are signed in",
    )
    others = [s for s in account.sessions if not s.here]
    for one in others[:10]:
        label = f"Sign out {one.agent}, last used {_last(visit, one)}"
        acting.button(label, partial(_end, visit, person, one), key=f"end_{one.id}")
    if len(others) > 1:
        acting.button("Sign out all others", partial(_end_others, visit, person), key="end_others")


def _end(visit: Visit, person: str, one: SessionView) -> str:
    visit.process.people.end_session(person, one.id)
    return f"{one.agent} is signed out."


def _end_others(visit: Visit, person: str) -> str:
    visit.process.people.end_other_sessions(person, visit.who.token)
    return "Every other browser is signed out."


def _day(visit: Visit, one: SessionView) -> str:
    at = visit.local(one.since)
    return f"{at.day} {at:%B %Y}"


def _last(visit: Visit, one: SessionView) -> str:
    at = visit.local(one.last_seen_at)
    return f"{at.day} {at:%b, %H:%M}"
