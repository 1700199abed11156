"""You: a name, an account or none, another browser, your classes, the clinician view, your data, leaving and erasing."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from course.access.roles import CohortRole
from course.settings import ClinicianView
from course.ui import failure, state
from course.ui.components import acting, page
from course.ui.pages.learner import account as account_part
from course.ui.pages.learner import calendar as calendar_part
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    page.begin("read")
    learner = visit.who.learner
    account = visit.process.people.account(learner.id, visit.who.token) if learner is not None and visit.who.signed_in else None
    told = "This page is about your account." if account else "No account is needed. This page is about what this browser knows of you."
    page.masthead("", "You", told)
    acting.outcome()
    if learner is None:
        page.empty("Nothing is stored about you yet.", "Your progress begins with the first cell you open or the first answer you give.")
    _name(visit)
    if account is not None:
        account_part.draw(visit, account)
    else:
        account_part.without(visit)
    _classes(visit)
    calendar_part.draw(visit)
    if learner is not None and account is None:
        _elsewhere(visit)
    if visit.process.settings.clinician_view is ClinicianView.ASK:
        _clinician(visit)
    if learner is not None:
        _data(signed_in=account is not None)


def _name(visit: Visit) -> None:
    seen = "Shown to you and to the instructors of your classes" if visit.who.signed_in else "Optional. Shown to you"
    page.section("Your name", f"{seen}, and on nothing public.")
    learner = visit.who.learner
    with st.form("name_form", border=False):
        name = st.text_input("Name", value=(learner.name or "") if learner else "", max_chars=80, placeholder="As you want to be greeted")
        if st.form_submit_button("Save the name"):
            with failure.said_here():
                visit.process.people.rename(visit.begin(), name)
                st.rerun()


def _elsewhere(visit: Visit) -> None:
    page.section("Carry on in another browser", "A link that opens your progress there. It works once, within 24 hours.")
    if st.button("Make a resume link", key="make_link"):
        with failure.said_here():
            state.remember("resume_link", visit.process.people.resume_link(visit.begin()))
    token = state.recall("resume_link")
    if token:
        address = f"{visit.process.settings.base_url}/join/resume?token={token}"
        st.code(address, language=None, wrap_lines=True)
        page.fine("Whoever opens this link sees your progress. Send it only to yourself.")


def _clinician(visit: Visit) -> None:
    page.section("Clinician view")
    learner = visit.who.learner
    on = bool(learner and learner.clinician)
    st.html(
        '<p class="k-desc">Some cells hold clinical doses and routes, for people who treat patients. They are hidden unless you declare that '
        "you are a health professional or a student of one of the health professions.</p>"
    )
    if on:
        st.html(f"<p>{page.mark('done', spoken=False)} You have declared this. Clinician cells are shown to you.</p>")
        if st.button("Turn the clinician view off", key="clinician_off"):
            with failure.said_here():
                visit.process.people.declare_clinician(visit.begin(), False)
                st.rerun()
        return
    declared = st.checkbox("I am a health professional, or a student of a health profession.", key="clinician_declare")
    if st.button("Turn the clinician view on", key="clinician_on"):
        if declared:
            with failure.said_here():
                visit.process.people.declare_clinician(visit.begin(), True)
                st.rerun()
        st.warning("Tick the declaration first.")


def _classes(visit: Visit) -> None:
    page.section("Your classes", "Instructors and leads of a class see what you do in the course.")
    mine = [v for v in visit.process.cohorts.mine(visit.caller) if v.cohort.archived_at is None]
    for view in mine:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f"<p><b>{escape(view.cohort.name)}</b>, as {view.role.value if view.role else 'admin'}</p>")
            if view.role is not None and view.role is not CohortRole.INSTRUCTOR:
                acting.button(
                    f"Leave {view.cohort.name}", partial(_left, visit, view.cohort.id, view.cohort.name), key=f"leave_{view.cohort.id}"
                )
    st.html('<p><a href="/join/code" target="_self">Join a class with a code</a></p>')


def _left(visit: Visit, cohort: str, name: str) -> str:
    visit.process.cohorts.leave(visit.caller, cohort)
    return f"You have left {name}. What you did is kept, and its instructors no longer see it."


def _data(*, signed_in: bool) -> None:
    leaving = (
        '<li><a href="/session/sign-out" target="_self">Sign out</a><small>This browser no longer knows you. Your account keeps everything.</small></li>'
        if signed_in
        else '<li><a href="/session/leave" target="_self">Leave, and forget me here</a><small>For a shared computer: this browser no longer knows you. Make a resume link first if you want to come back.</small></li>'
    )
    page.section("Your data")
    st.html(
        '<ul class="k-list">'
        '<li><a href="/download/my-data.json" download>Download everything stored about you</a><small>One JSON file: profile, events, attempts, every answer.</small></li>'
        '<li><a href="/download/attempts.csv" download>Download your attempts as a table</a><small>CSV, one row an attempt.</small></li>'
        f"{leaving}"
        '<li><a href="/session/erase" target="_self">Erase everything about me</a><small>Removes answers, scores, progress and name for good.</small></li>'
        "</ul>"
    )
