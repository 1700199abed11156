"""The address of one's own dates, for a calendar program."""

from __future__ import annotations

import secrets

import streamlit as st

from course.access.permissions import Action, may_somewhere
from course.ui import state
from course.ui.components import acting, page
from course.ui.visit import Visit


def draw(visit: Visit) -> None:
    """For somebody who learns in a class."""
    learner = visit.learner
    if learner is None or not may_somewhere(visit.actor, Action.CALENDAR_VIEW):
        return
    page.section("Your dates in a calendar", "An address for your calendar program. It names neither the course nor what is due.")
    address = state.recall("calendar_address")
    if address:
        st.code(str(address), language=None, wrap_lines=True)
        page.fine("It is shown once. Whoever has it sees when something is due to you.")

    def make() -> str:
        token = secrets.token_urlsafe(32)
        visit.study.make_calendar(learner, token)
        state.remember("calendar_address", f"{visit.process.settings.base_url}/calendar/{token}.ics")
        return "The address is made. Earlier ones stopped working."

    def drop() -> str:
        visit.study.drop_calendar(learner)
        state.forget("calendar_address")
        return "No calendar can read your dates any more."

    with st.container(horizontal=True, key="calendar_actions"):
        has = visit.study.has_calendar(learner)
        acting.button("Make a new address" if has else "Make the address", make, key="make_calendar")
        if has:
            acting.button("Switch it off", drop, key="drop_calendar")
