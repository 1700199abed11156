"""What a class is told: its announcements, each to be edited or taken down, and the form of a new one."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

import streamlit as st

from course.services.study.wording import counted
from course.services.teach.following import CohortView
from course.storage.stores.notices import Announcement
from course.ui import state
from course.ui.components import acting, markup, page
from course.ui.pages.instructor import moments
from course.ui.visit import Visit

_EDITED: Final = "announcement_edited"


def draw(visit: Visit, view: CohortView) -> None:
    page.section("Announcements", "Shown on the learners’ start page.")
    announced = visit.process.classes.announced(visit.caller.learner, view.cohort)
    edited = None if view.archived else next((one.id for one in announced if one.id == state.recall(_EDITED)), None)
    for one in announced:
        with st.container(key=f"announcement_{one.id}", gap="xxsmall"):
            if one.id == edited:
                _edit(visit, view, one)
            else:
                _shown(visit, view, one)
    if not view.archived and edited is None:  # Two forms alike, one below the other, are taken for each other.
        _new(visit, view)


def _shown(visit: Visit, view: CohortView, one: Announcement) -> None:
    over = one.until is not None and one.until <= visit.process.clock()
    until = f", until {moments.told(one.until, view.time_zone)}" if one.until is not None else ""
    until += "; over: learners do not see it any more" if over else ""
    st.html(
        f'<div class="k-callout"><p><b>{escape(one.title)}</b></p>{markup.typed(one.body)}'
        f'<p class="k-fine">Since {escape(moments.told(one.at, view.time_zone))}{escape(until)}</p></div>'
    )
    if view.archived:
        return

    def take_down() -> str:
        visit.process.classes.take_down(visit.caller.learner, view.cohort, one.id)
        return "The announcement is taken down."

    with st.container(horizontal=True, key=f"announcement_acts_{one.id}"):
        st.button("Edit it", key=f"edit_announcement_{one.id}", on_click=state.remember, args=(_EDITED, one.id))
        acting.careful(
            "Take it down",
            f"Take “{one.title}” from the learners’ start page? It cannot be put up again.",
            take_down,
            key=f"take_down_{one.id}",
        )


def _edit(visit: Visit, view: CohortView, one: Announcement) -> None:
    name = f"edited_{one.id}"
    with st.form(name, border=False):
        _fields(view, name, one)

        def save() -> str:
            title, body, until = _given(view, name)
            visit.process.classes.change_announcement(visit.caller.learner, view.cohort, one, title, body, until)
            state.forget(_EDITED)
            return f"“{title}” is changed: it {_standing(visit, view, until)}."

        with st.container(horizontal=True, key=f"{name}_acts"):
            acting.submit("Save the changes", save, key=f"{name}_save", primary=True)
            st.form_submit_button("Leave it as it was", key=f"{name}_leave", on_click=state.forget, args=(_EDITED,))


def _new(visit: Visit, view: CohortView) -> None:
    with st.form("announce", border=False):
        _fields(view, "announce")

        def announce(_key: str) -> str:
            title, body, until = _given(view, "announce")
            visit.process.classes.announce(visit.caller.learner, view.cohort, title, body, until)
            st.session_state.update({"announce_title": "", "announce_body": "", "announce_until": None})
            return f"“{title}” {_standing(visit, view, until)}."

        acting.make("Announce it", announce, key=f"announce_now_{view.cohort}")


def _fields(view: CohortView, name: str, one: Announcement | None = None) -> None:
    st.text_input("Title", value=one.title if one else "", key=f"{name}_title", max_chars=120)
    st.text_area("Text", value=one.body if one else "", key=f"{name}_body", max_chars=4000, help="Markdown: *emphasis*, lists, links.")
    moments.ask("Until", view.time_zone, one.until if one else None, key=f"{name}_until", hint="Empty: until you take it down.")


def _given(view: CohortView, name: str) -> tuple[str, str, datetime | None]:
    """Title, text and last moment, as they stand in the fields."""
    return (
        " ".join(acting.field(f"{name}_title").split()),
        acting.field(f"{name}_body"),
        moments.given(f"{name}_until", view.time_zone, "The last moment"),
    )


def _standing(visit: Visit, view: CohortView, until: datetime | None) -> str:
    if until is not None and until <= visit.process.clock():
        return "is over, and learners do not see it"
    end = f"until {moments.told(until, view.time_zone)}" if until else "until you take it down"
    return f"stands on the start page of {counted(view.learners, 'learner')}, {end}"
